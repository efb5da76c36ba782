"""Documents -> passages: what is embedded and retrieved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatbot.documents import Document
from chatbot.language.sentences import ends_sentence
from chatbot.sections import Section

LONGEST_SECTION = 6
"""Sentences. A longer section is cut into its sentences, so that each can be found; a shorter one is one answer."""


@dataclass(frozen=True)
class Passage:
    """A section, or one sentence of a long section; `text` is what is embedded, the span what may be quoted."""

    lang: str
    document_id: str
    section_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class StoredQuestion:
    """A question that people ask, and the section that answers it."""

    lang: str
    document_id: str
    section_id: str
    text: str


def cut_passages(documents: Iterable[Document]) -> Iterator[Passage]:
    """The passages of the documents, in their order."""
    for document in documents:
        for section in document.sections:
            yield from _section_passages(document, section)


def stored_questions(documents: Iterable[Document]) -> Iterator[StoredQuestion]:
    """The headings and the questions of the documents, in their order."""
    for document in documents:
        for section in document.sections:
            yield StoredQuestion(document.lang, document.id, section.id, section.heading)
            for text in document.questions.get(section.id, ()):
                yield StoredQuestion(document.lang, document.id, section.id, text)


def _section_passages(document: Document, section: Section) -> Iterator[Passage]:
    sentences = section.sentences
    if len(sentences) <= LONGEST_SECTION:
        start, end = sentences[0].start, sentences[-1].end
        yield Passage(
            document.lang, document.id, section.id, start, end, f"{section.heading}\n{document.body[start:end]}"
        )
        return
    for sentence in sentences:
        text = document.body[sentence.start : sentence.end]
        if ends_sentence(text):
            yield Passage(document.lang, document.id, section.id, sentence.start, sentence.end, text)
