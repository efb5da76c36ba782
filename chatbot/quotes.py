"""Sections -> quotes: whole sentences, word for word, with their citation, checked against the document.

A quote is never cut inside a sentence and never a bare heading. A list, and a prohibition with what follows it, stay
whole; a sentence that leans on the one before brings it along; a signature stays with the words that it signs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.documents import Document
from chatbot.index.store import Index
from chatbot.language.folding import fold, words
from chatbot.language.sentences import ends_sentence
from chatbot.language.table import LanguageTable, language_table
from chatbot.passages import LONGEST_SECTION
from chatbot.sections import Section, Span

SIGNATURE = "—"
ITEM_MARK = re.compile(r"\s*(?:\d{1,9}[.)]|[-*+])\s+")


@dataclass(frozen=True)
class Quote:
    """A span of a document. `original`: the same sentences in its first language, where it is a translation."""

    document: Document
    section: Section
    span: Span
    original: "Quote | None" = None

    @property
    def text(self) -> str:
        return self.document.body[self.span.start : self.span.end]


def quote_section(
    index: Index, lang: str, document_id: str, section_id: str, asked: str, near: int | None = None
) -> Quote | None:
    """The sentences of the section that answer the folded question `asked`, from the person's language or, where the
    document lacks it, from another. None where no such section is there."""
    document = _document(index, lang, document_id)
    section = document.section(section_id) if document else None
    if document is None or section is None:
        return None
    first, last = choose_sentences(document, section, asked, near)
    quote = _quote(document, section, first, last)
    if quote is None:
        return None
    original = index.document(document.front_matter.translation_of or "", document_id)
    same = original.section(section_id) if original else None
    if original is None or same is None:
        return quote
    return Quote(document, section, quote.span, _quote(original, same, first, last))


def choose_sentences(document: Document, section: Section, asked: str, near: int | None = None) -> tuple[int, int]:
    """The first and last number of the sentences to quote: all of a short section; of a longer one the run at the
    offset `near`, where retrieval found the passage, or else the run that shares most words with the question."""
    count = len(section.sentences)
    if count <= LONGEST_SECTION:
        return 0, count - 1
    units = bind_sentences(document, section)
    for first, last in units:
        if near is not None and section.sentences[first].start <= near < section.sentences[last].end:
            return first, last
    wanted = set(asked.split())
    texts = [document.body[section.sentences[first].start : section.sentences[last].end] for first, last in units]
    shared = [_overlap(wanted, text) for text in texts]
    return units[max(range(len(units)), key=lambda number: (shared[number], -number))]


def bind_sentences(document: Document, section: Section) -> list[tuple[int, int]]:
    """Runs of sentences that may not be parted, as (first, last); runs that hold no full sentence are left out."""
    table = language_table(document.lang)
    starts = tuple(fold(start) for start in table.dependent_starts)
    runs: list[tuple[int, int]] = []
    number = 0
    for block in section.blocks:
        for place, sentence in enumerate(block.sentences):
            text = document.body[sentence.start : sentence.end]
            if (
                runs
                and place
                and (
                    block.kind == "list"
                    or text.startswith(SIGNATURE)
                    or (_leans(text, starts) and ends_sentence(text))
                    or _forbids(_text(document, section.sentences[number - 1]), table)
                )
            ):
                runs[-1] = (runs[-1][0], number)
            else:
                runs.append((number, number))
            number += 1
    return [
        run
        for run in runs
        if any(ends_sentence(_text(document, section.sentences[n])) for n in range(run[0], run[1] + 1))
    ]


def list_mark(quote: Quote) -> str:
    """The mark of a list item, such as `1. `, that stands just before the quote; it is no part of the quoted words."""
    body, start = quote.document.body, quote.span.start
    before = body[body.rfind("\n", 0, start) + 1 : start]
    return before.lstrip() if ITEM_MARK.fullmatch(before) else ""


def is_verbatim(quote: Quote) -> bool:
    """Whether the quote stands word for word in its document, and is of whole sentences."""
    starts = {sentence.start for sentence in quote.section.sentences}
    ends = {sentence.end for sentence in quote.section.sentences}
    body = quote.document.body
    return (
        0 <= quote.span.start < quote.span.end <= len(body)
        and quote.span.start in starts
        and quote.span.end in ends
        and body[quote.span.start : quote.span.end] == quote.text
    )


def unique(quotes: Sequence[Quote | None]) -> tuple[Quote, ...]:
    """The quotes without the missing, the repeated, and those that are not verbatim."""
    seen: dict[tuple[str, str, int, int], Quote] = {}
    for quote in quotes:
        if quote is not None and is_verbatim(quote):
            seen.setdefault((quote.document.lang, quote.document.id, quote.span.start, quote.span.end), quote)
    return tuple(seen.values())


def _document(index: Index, lang: str, document_id: str) -> Document | None:
    own = index.document(lang, document_id)
    if own is not None:
        return own
    return next((document for document in index.documents if document.id == document_id), None)


def _quote(document: Document, section: Section, first: int, last: int) -> Quote | None:
    if last >= len(section.sentences):
        return None
    return Quote(document, section, Span(section.sentences[first].start, section.sentences[last].end))


def _text(document: Document, sentence: Span) -> str:
    return document.body[sentence.start : sentence.end]


def _forbids(sentence: str, table: LanguageTable) -> bool:
    """Whether the sentence forbids or denies: then the one after it may say what to do instead."""
    words_only = "".join(letter if letter.isalnum() or letter in "'’" else " " for letter in sentence.casefold())
    spoken = f" {' '.join(words_only.split())} "
    for phrase in table.no_prohibitions:
        spoken = spoken.replace(f" {phrase} ", " ")
    return any(prohibition.casefold() in spoken for prohibition in table.prohibitions)


def _leans(text: str, starts: tuple[str, ...]) -> bool:
    folded = fold(text[:80])
    return any(folded == start or folded.startswith(f"{start} ") for start in starts)


def _overlap(wanted: set[str], text: str) -> float:
    found = {word[:5] for word in words(text)}
    return sum(1.0 for word in {word[:5] for word in wanted} if word in found and len(word) > 2)
