import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from chatbot.errors import IndexUnusableError
from chatbot.index.build import Built
from chatbot.index.manifest import MANIFEST, load_manifest, seal
from chatbot.index.store import load_index, load_kept_vectors, text_key
from chatbot.tensors import save_tensors

FILES = [
    "documents.json", "passages.json", "questions.json", "passages.faiss", "questions.faiss", "grams.safetensors",
    "spelling.json", "vectors.safetensors", "words.safetensors",
]  # fmt: skip


def test_loaded_index_is_the_saved_one(built: Built, saved: Path) -> None:
    found = load_index(saved)
    assert (found.documents, found.passages, found.questions) == (
        built.index.documents,
        built.index.passages,
        built.index.questions,
    )
    assert found.languages == ("en",)
    assert found.spelling == built.index.spelling
    for row in range(found.passage_vectors.ntotal):
        assert np.array_equal(found.passage_vectors.reconstruct(row), built.index.passage_vectors.reconstruct(row))
    assert np.array_equal(found.question_grams.scores("mine"), built.index.question_grams.scores("mine"))
    assert np.array_equal(found.passage_words.scores("mines"), built.index.passage_words.scores("mines"))


def test_loading_parses_no_source(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread loads an index while others answer, and some CPython 3.11 can't parse in two threads at once."""
    monkeypatch.setattr("ast.parse", None)
    load_index(saved)
    load_kept_vectors(saved, load_manifest(saved))


def test_document_is_found_by_language_and_id(built: Built) -> None:
    assert built.index.document("en", "mines") is built.index.documents[0]
    assert built.index.document("ru", "mines") is None
    assert built.index.document("en", "none") is None


def test_kept_vectors_are_the_embedded_ones(built: Built, saved: Path) -> None:
    manifest = load_manifest(saved)
    assert np.array_equal(load_kept_vectors(saved, manifest), built.vectors)
    assert sorted(manifest.texts.values()) == list(range(len(built.vectors)))


def test_manifest_names_every_file_and_no_pickle(saved: Path) -> None:
    lying = {path.relative_to(saved).as_posix() for path in saved.rglob("*") if path.is_file()} - {MANIFEST}
    assert lying == set(load_manifest(saved).files)
    assert {name.partition("/")[0] for name in lying} == set(FILES)
    for path in saved.rglob("*"):
        assert path.suffix not in (".pkl", ".pickle", ".joblib", ".pt")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", ["emptied", "one byte changed", "deleted"])
def test_damaged_file_makes_the_index_unusable(saved: Path, name: str, harm: str) -> None:
    path = saved / name
    data = path.read_bytes()
    if harm == "deleted":
        path.unlink()
    else:
        path.write_bytes(b"" if harm == "emptied" else bytes([data[0] ^ 1]) + data[1:])
    with pytest.raises(IndexUnusableError, match="missing or damaged; run `chatbot build`") as caught:
        load_index(saved)
    assert caught.value.where == str(path)


@pytest.mark.parametrize("name", FILES)
def test_rubbish_that_was_sealed_is_unusable_too(built: Built, saved: Path, name: str) -> None:
    (saved / MANIFEST).unlink()
    (saved / name).write_bytes(b"rubbish")
    manifest = seal(built.index.manifest, saved)
    with pytest.raises(IndexUnusableError, match="run `chatbot build`"):
        load_kept_vectors(saved, manifest) if name == "vectors.safetensors" else load_index(saved)


def test_folder_without_a_manifest_is_no_index(saved: Path, tmp_path: Path) -> None:
    (saved / MANIFEST).unlink()
    for folder in (saved, tmp_path / "missing"):
        with pytest.raises(IndexUnusableError, match="there is no index"):
            load_index(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": 1}', '{"other": 1}', "\ud83d"])
def test_broken_manifest_is_unusable(saved: Path, text: str) -> None:
    (saved / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(IndexUnusableError, match="run `chatbot build`"):
        load_index(saved)


def test_other_schema_is_unusable(saved: Path) -> None:
    data = json.loads((saved / MANIFEST).read_text("utf-8"))
    (saved / MANIFEST).write_text(json.dumps({**data, "schema": 99}), "utf-8")
    with pytest.raises(IndexUnusableError, match="schema 99, not"):
        load_index(saved)


def test_kept_vectors_that_do_not_fit_are_unusable(saved: Path) -> None:
    manifest = load_manifest(saved)
    save_tensors(saved / "vectors.safetensors", {"rows": np.zeros((1, 3), np.float32)})
    with pytest.raises(IndexUnusableError, match="do not fit"):
        load_kept_vectors(saved, manifest)


def test_version_names_exactly_this_content(built: Built, saved: Path) -> None:
    one = load_manifest(saved)
    assert one.version == seal(built.index.manifest, _copy(saved)).version
    (saved / "documents.json").write_bytes(b"[]")
    (saved / MANIFEST).unlink()
    assert seal(built.index.manifest, saved).version != one.version


def _copy(folder: Path) -> Path:
    target = folder.with_name("copy")
    shutil.copytree(folder, target)
    (target / MANIFEST).unlink()
    return target


def test_text_key_tells_prompts_apart_and_takes_any_text() -> None:
    assert len({text_key("query: ", "a"), text_key("passage: ", "a"), text_key("query: ", "b")}) == 3
    assert len(text_key("query: ", "\ud800")) == 32
