"""A link to a quote -> what it said, what the same place says now, and when that changed."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path

from chatbot.documents import Document
from chatbot.index.bodies import changed_at, find_body
from chatbot.index.store import Index
from chatbot.language.folding import words
from chatbot.quotes import Quote, is_verbatim
from chatbot.sections import Span

HASH_LETTERS = 16
"""So many hexadecimal digits of a body's hash stand in a link."""
ALIKE = 0.4
"""The least likeness, in [0, 1], of two sentences' words for one to be what became of the other."""


@dataclass(frozen=True)
class Receipt:
    """`then`: the quote as it was linked. `now`: the same place today, or None where nothing like it is left there;
    `changed`: since when, where that was noted; both are of no meaning while the quote is `current`."""

    then: Quote
    current: bool
    now: Quote | None = None
    changed: datetime | None = None


def find_receipt(root: Path, index: Index, lang: str, document_id: str, prefix: str, span: Span) -> Receipt | None:
    """The receipt of the quote that a link names, or None where there never was such a quote: an unknown document or
    hash, or a span that is not of whole sentences."""
    document = index.document(lang, document_id)
    if document is not None and document.sha256.startswith(prefix):
        then = _quote_at(document, span)
        return None if then is None else Receipt(then, current=True)
    old = find_body(root, lang, document_id, prefix)
    then = None if old is None else _quote_at(old, span)
    if old is None or then is None:
        return None
    changed = changed_at(root, lang, document_id, old.sha256)
    now = None if document is None else _same_place(then, document)
    return Receipt(then, False, now, None if changed is None else datetime.fromisoformat(changed))


def _quote_at(document: Document, span: Span) -> Quote | None:
    """The quote at the span, if it is of whole sentences of one section: a link can't cut a "not" away."""
    quotes = (Quote(document, section, span) for section in document.sections)
    return next((quote for quote in quotes if is_verbatim(quote)), None)


def _same_place(then: Quote, document: Document) -> Quote | None:
    """The sentences of the same section today that are most like those of the quote, from the first to the last."""
    section = document.section(then.section.id)
    if section is None:
        return None
    today = [words(_text(document, sentence)) for sentence in section.sentences]
    found = [_most_alike(words(text), today) for text in _sentences(then)]
    places = [place for place in found if place is not None]
    if not places:
        return None
    first, last = section.sentences[min(places)], section.sentences[max(places)]
    return Quote(document, section, Span(first.start, last.end))


def _most_alike(wanted: list[str], offered: list[list[str]]) -> int | None:
    likeness = [SequenceMatcher(None, wanted, each, autojunk=False).ratio() for each in offered]
    best = max(range(len(offered)), key=lambda place: (likeness[place], -place))
    return best if likeness[best] >= ALIKE else None


def _sentences(quote: Quote) -> list[str]:
    return [
        _text(quote.document, sentence)
        for sentence in quote.section.sentences
        if quote.span.start <= sentence.start and sentence.end <= quote.span.end
    ]


def _text(document: Document, span: Span) -> str:
    return document.body[span.start : span.end]
