"""A link to a quote after an edit: what it said, what the same place says now, when that changed."""

from pathlib import Path

import pytest
from fakes import hashing_embedder
from knowledge_files import MINES, WATER, document_text, write, write_tiny

from chatbot.building import build
from chatbot.documents import Document, load_documents
from chatbot.index.store import load_index
from chatbot.index.versions import current
from chatbot.receipts import HASH_LETTERS, Receipt, find_receipt
from chatbot.sections import Span
from chatbot.settings import Settings

LOOKS = "Mines are green, grey or brown."


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    settings = Settings(knowledge=write_tiny(tmp_path / "files"), index=tmp_path / "index", evals=tmp_path / "none")
    build(settings, hashing_embedder()[0])
    return settings


def edit(settings: Settings, name: str, body: str) -> None:
    write(settings.knowledge, name, document_text(body, title="Mines"))
    build(settings, hashing_embedder()[0])


def document(settings: Settings, document_id: str = "mines") -> Document:
    return next(each for each in load_documents(settings.knowledge) if each.id == document_id)


def span_of(body: str, text: str) -> Span:
    start = body.index(text)
    return Span(start, start + len(text))


def found(settings: Settings, old: Document, text: str) -> Receipt | None:
    index = load_index(current(settings.index_folder))
    prefix = old.sha256[:HASH_LETTERS]
    return find_receipt(settings.index_folder, index, old.lang, old.id, prefix, span_of(old.body, text))


def test_quote_of_today_is_current(small: Settings) -> None:
    receipt = found(small, document(small), LOOKS)
    assert receipt is not None
    assert (receipt.current, receipt.then.text, receipt.then.section.id) == (True, LOOKS, "looks")


def test_edited_sentence_is_shown_old_and_new_with_the_date(small: Settings) -> None:
    old = document(small)
    edit(small, "en/mines.md", MINES.replace(LOOKS, "First. Mines may be green, grey, brown or white."))
    receipt = found(small, old, LOOKS)
    assert receipt is not None
    assert receipt.now is not None
    assert (receipt.current, receipt.then.text) == (False, LOOKS)
    assert receipt.now.text == "Mines may be green, grey, brown or white."
    assert receipt.changed is not None


def test_quote_of_several_sentences_is_matched_from_first_to_last(small: Settings) -> None:
    old = document(small)
    edit(small, "en/mines.md", MINES.replace("Do not touch it.", "Never touch it."))
    receipt = found(small, old, "Stop. Do not touch it.\n2. Move away, then call 112.")
    assert receipt is not None
    assert receipt.now is not None
    assert receipt.now.text == "Stop. Never touch it.\n2. Move away, then call 112."


def test_unlike_text_is_not_given_out_as_what_it_says_now(small: Settings) -> None:
    old = document(small)
    edit(small, "en/mines.md", MINES.replace(LOOKS, "Ask your teacher."))
    receipt = found(small, old, LOOKS)
    assert receipt is not None
    assert receipt.now is None


def test_removed_section_and_removed_document_say_nothing_now(small: Settings) -> None:
    old, water = document(small), document(small, "water")
    write(small.knowledge, "en/mines.questions.yaml", "found:\n- I found a mine\n")
    (small.knowledge / "en/water.md").unlink()
    edit(small, "en/mines.md", MINES[: MINES.index("## What")])
    for receipt in (found(small, old, LOOKS), found(small, water, "Floods carry mines down a river.")):
        assert receipt is not None
        assert (receipt.current, receipt.now) == (False, None)
        assert receipt.changed is not None


@pytest.mark.parametrize("text", ["touch it.", "Mines are green", "ou found a mine {#found}", "Stop. "])
def test_span_that_is_no_quote_has_no_receipt(small: Settings, text: str) -> None:
    old = document(small)
    assert found(small, old, text) is None
    edit(small, "en/mines.md", MINES.replace("green", "black"))
    assert found(small, old, text) is None


def test_unknown_hash_has_no_receipt(small: Settings) -> None:
    index = load_index(current(small.index_folder))
    span = span_of(document(small).body, LOOKS)
    for lang, document_id, prefix in (("en", "mines", "0" * 16), ("ru", "mines", "0" * 16), ("en", "none", "0" * 16)):
        assert find_receipt(small.index_folder, index, lang, document_id, prefix, span) is None


def test_text_that_came_back_is_current_again(small: Settings) -> None:
    old = document(small, "water")
    edit(small, "en/water.md", WATER.replace("Floods", "Rains"))
    write(small.knowledge, "en/water.md", document_text(WATER, title="Water"))
    build(small, hashing_embedder()[0])
    receipt = found(small, old, "Floods carry mines down a river.")
    assert receipt is not None
    assert receipt.current
