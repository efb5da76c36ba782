from pathlib import Path

from knowledge_files import document_text, write, write_tiny

from chatbot.documents import Document, load_document, load_documents
from chatbot.language.sentences import ends_sentence
from chatbot.passages import LONGEST_SECTION, cut_passages, stored_questions


def section_of(count: int) -> str:
    return "## A {#a}\n\nA headline\n" + "\n".join(f"Sentence {number}." for number in range(1, count)) + "\n"


def cut(tmp_path: Path, count: int) -> list[str]:
    document = load_document(write(tmp_path, "en/one.md", document_text(section_of(count), kind="article")))
    return [passage.text for passage in cut_passages([document])]


def test_short_section_is_one_passage_with_its_heading(tmp_path: Path) -> None:
    [text] = cut(tmp_path, LONGEST_SECTION)
    assert text.startswith("A\nA headline\nSentence 1.")
    assert text.endswith(f"Sentence {LONGEST_SECTION - 1}.")


def test_longer_section_is_cut_into_its_sentences(tmp_path: Path) -> None:
    found = cut(tmp_path, LONGEST_SECTION + 1)
    assert found == [f"Sentence {number}." for number in range(1, LONGEST_SECTION + 1)]


def test_passages_are_verbatim(documents: tuple[Document, ...]) -> None:
    by_name = {(each.lang, each.id): each for each in documents}
    for passage in cut_passages(documents):
        document = by_name[passage.lang, passage.document_id]
        section = document.section(passage.section_id)
        text = document.body[passage.start : passage.end]
        assert section is not None
        assert section.start < passage.start < passage.end <= section.end
        assert passage.text in (text, f"{section.heading}\n{text}")


def test_every_section_has_a_passage_and_a_question(documents: tuple[Document, ...]) -> None:
    sections = {(each.lang, each.id, section.id) for each in documents for section in each.sections}
    assert {(each.lang, each.document_id, each.section_id) for each in cut_passages(documents)} == sections
    assert {(each.lang, each.document_id, each.section_id) for each in stored_questions(documents)} == sections


def test_headline_byline_and_cut_tweet_are_no_passages(documents: tuple[Document, ...]) -> None:
    found = [each.text for each in cut_passages(documents) if each.document_id == "landmine-victims-article"]
    assert len(found) >= 36
    assert all(ends_sentence(text) for text in found)
    assert not any("pic.twitter.com" in text or text.startswith(("By ", "—", "Landmine death toll")) for text in found)


def test_heading_is_the_first_stored_question(tmp_path: Path) -> None:
    found = list(stored_questions(load_documents(write_tiny(tmp_path))))
    assert [(each.section_id, each.text) for each in found] == [
        ("found", "You found a mine"),
        ("found", "I found a mine"),
        ("found", "There is a mine here"),
        ("looks", "What mines look like"),
        ("looks", "mine colour"),
        ("rivers", "Mines in rivers"),
    ]
