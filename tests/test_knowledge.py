"""The real knowledge files: what holds for every one of them."""

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest

from chatbot.documents import Document, fingerprint
from chatbot.settings import Settings

LANGUAGES = ("az", "en", "ru")
DEATH = re.compile(
    r"\b(deaths?|died|dead|killed|fatal\w*|öl\w*|həlak\w*|ölüm\w*|погиб\w*|умер\w*|смерт\w*|убит\w*|гибел\w*)\b", re.I
)
INJURY = re.compile(r"\b(injur\w*|yaralan\w*|ранен\w*|пострада\w*|zərərçək\w*)\b", re.I)
NOT_DEATHS = re.compile(r"not deaths|headline|deyil|başlığ\w*|а не|не числ\w*|не означ\w*|заголов\w*", re.I)
TELEPHONE = re.compile(r"(?<![\d.,])1\d\d(?![\d]|[.,]\d)")
CALL = re.compile(r"\b(call|dial|number is|zəng|позвон\w*|звон\w*|номер\w*)\b", re.I)


def named(documents: tuple[Document, ...], lang: str, document_id: str) -> Document:
    return next(each for each in documents if (each.lang, each.id) == (lang, document_id))


def sentences(document: Document) -> list[str]:
    return [document.body[span.start : span.end] for section in document.sections for span in section.sentences]


def test_english_article_is_the_seed_word_for_word(documents: tuple[Document, ...]) -> None:
    seed = (Path(__file__).parent / "corpus" / "seed-article.txt").read_text("utf-8")
    article = named(documents, "en", "landmine-victims-article")
    heading, _, text = article.body.strip().partition("\n")
    assert heading == "## The article, word for word {#article}"
    assert text.strip() == seed.strip()
    assert " ".join(sentences(article)).split() == seed.split()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_article_is_credited(documents: tuple[Document, ...], lang: str) -> None:
    head = named(documents, lang, "landmine-victims-article").front_matter
    first = head.sources[0]
    assert (head.kind, first.publisher, first.url) == ("article", "Caliber.Az", "https://caliber.az/")
    assert str(first.published) == str(head.as_of) == "2025-05-31"
    assert re.search("Mammadli|Məmmədli|Мамедли", first.title)


def test_there_are_31_documents_and_110_sections_a_language(documents: tuple[Document, ...]) -> None:
    for lang in LANGUAGES:
        mine = [each for each in documents if each.lang == lang]
        assert len(mine) == 31
        assert sum(len(each.sections) for each in mine) >= 110
    assert {each.lang for each in documents} == set(LANGUAGES)


def test_translations_are_parallel(documents: tuple[Document, ...]) -> None:
    for english in (each for each in documents if each.lang == "en"):
        for lang in ("az", "ru"):
            other = named(documents, lang, english.id)
            assert other.front_matter.translation_of == "en"
            assert [(s.id, len(s.sentences)) for s in other.sections] == [
                (s.id, len(s.sentences)) for s in english.sections
            ]
            assert [[block.kind for block in s.blocks] for s in other.sections] == [
                [block.kind for block in s.blocks] for s in english.sections
            ], f"{lang}/{english.id}"


def test_sections_rebuild_the_body(documents: tuple[Document, ...]) -> None:
    for document in documents:
        first = document.sections[0].start
        assert not document.body[:first].strip()
        assert (
            document.body[:first] + "".join(document.body[s.start : s.end] for s in document.sections) == document.body
        )
        assert all(one.end == other.start for one, other in pairwise(document.sections))


def test_sentence_spans_are_verbatim_and_in_order(documents: tuple[Document, ...]) -> None:
    for document in documents:
        for section in document.sections:
            assert section.sentences
            assert all(section.start < span.start < span.end <= section.end for span in section.sentences)
            assert all(one.end <= other.start for one, other in pairwise(section.sentences))
            for span in section.sentences:
                text = document.body[span.start : span.end]
                assert text == text.strip() != "", f"{document.lang}/{document.id}#{section.id}"


def test_sentences_hold_every_word_of_a_section(documents: tuple[Document, ...]) -> None:
    for document in documents:
        for section in document.sections:
            whole = document.body[section.start : section.end].partition("\n")[2]
            spoken = " ".join(document.body[s.start : s.end] for s in section.sentences)
            plain = re.sub(r"^\s*(?:\d+\.|[-*])\s+", "", whole, flags=re.M)
            assert spoken.split() == plain.split(), f"{document.lang}/{document.id}#{section.id}"


def test_hash_is_that_of_the_body(documents: tuple[Document, ...]) -> None:
    for document in documents:
        assert document.sha256 == hashlib.sha256(document.body.encode()).hexdigest()


def test_no_sentence_counts_397_deaths(documents: tuple[Document, ...]) -> None:
    found = 0
    for document in documents:
        for text in sentences(document):
            number = re.search(r"397|3️⃣9️⃣7️⃣", text)
            if not number or (document.front_matter.kind == "article" and text == sentences(document)[0]):
                continue
            found += 1
            if DEATH.search(text):
                assert INJURY.search(text) or NOT_DEATHS.search(text), f"{document.lang}/{document.id}: {text}"
    assert found >= 12


def test_headings_and_questions_of_397_call_it_no_deaths(documents: tuple[Document, ...]) -> None:
    for document in documents:
        for section in document.sections:
            assert not ("397" in section.heading and DEATH.search(section.heading))


def test_only_four_telephone_numbers_stand_in_the_files(documents: tuple[Document, ...]) -> None:
    found = set()
    for document in documents:
        for text in sentences(document):
            if CALL.search(text) or (re.search(r"\b1\d\d\b", text) and len(text) < 60):
                found |= set(TELEPHONE.findall(text))
            assert not re.search(r"\+\d{6,}|\b\d{3}[ -]\d{2}[ -]\d{2}\b|\*\d{3,}", text), text
    assert found == {"112", "102", "103", "101"}


def test_every_section_has_questions_in_its_language(documents: tuple[Document, ...]) -> None:
    for document in documents:
        assert set(document.questions) == {section.id for section in document.sections}, (
            f"{document.lang}/{document.id}"
        )


def test_nothing_is_called_approved(documents: tuple[Document, ...]) -> None:
    for document in documents:
        if document.front_matter.status == "approved":
            assert document.front_matter.approved_by
            assert document.front_matter.approved_on


def test_figures_say_when_they_are_of(documents: tuple[Document, ...]) -> None:
    for document in documents:
        if document.front_matter.kind in ("figures", "article"):
            assert document.front_matter.as_of is not None


def test_fingerprint_names_every_file(settings: Settings, documents: tuple[Document, ...]) -> None:
    found = fingerprint(settings.knowledge)
    for document in documents:
        assert f"{document.lang}/{document.id}.md" in found
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in found.values())
    assert any(name.endswith(".questions.yaml") for name in found)
