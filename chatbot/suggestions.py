"""What to ask next: questions that the files answer, in clean writing."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, tee

from chatbot.documents import Document
from chatbot.index.store import Index, SectionKey
from chatbot.language.folding import fold
from chatbot.language.table import own_spelling
from chatbot.quotes import Quote
from chatbot.retriever import Hit, section_key
from chatbot.sections import Section

MOST_SUGGESTIONS = 3
LONGEST_SUGGESTION = 90
STARTERS = (
    "emergency-object#found",
    "what-it-looks-like#general",
    "signs-and-clues#clues",
    "cleared-land#is-it-safe",
    "who-to-call#which-number",
    "figures#latest-total",
)


def suggest(
    lang: str,
    index: Index,
    hits: tuple[Hit, ...] = (),
    quotes: tuple[Quote, ...] = (),
    asked: Iterable[str] = (),
) -> tuple[str, ...]:
    """Questions of sections near the one that was quoted, else of those where people start; never one of `asked`. A
    heading that is no question serves only where there are too few."""
    quoted = {(quote.document.id, quote.section.id) for quote in quotes}
    near = (hit.key for hit in hits if quotes)
    starters = (section_key(name) for name in STARTERS)
    any_section = ((each.id, section.id) for each in index.documents if each.lang == lang for section in each.sections)
    keys = _each_once(chain(near, starters, any_section), quoted)
    known = {fold(text) for text in asked}
    found: dict[SectionKey, str] = {}
    for candidates, tried in zip((_questions, _heading), tee(keys), strict=True):
        for document_id, section_id in tried:
            document = index.document(lang, document_id)
            section = document.section(section_id) if document else None
            if document is None or section is None or (document_id, section_id) in found:
                continue
            text = next((text for text in candidates(document, section) if _folded(text) not in known), None)
            if text is not None:
                found[document_id, section_id] = text
                known.add(_folded(text))
            if len(found) == MOST_SUGGESTIONS:
                return tuple(found.values())
    return tuple(found.values())


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Of texts of the files alone: what people ask is never kept."""
    return fold(text)


def _each_once(keys: Iterable[SectionKey], left_out: set[SectionKey]) -> Iterator[SectionKey]:
    """The keys in their order, worked out only as far as they are asked for."""
    seen = set(left_out)
    for key in keys:
        if key not in seen:
            seen.add(key)
            yield key


def _questions(document: Document, section: Section) -> Iterator[str]:
    """Its heading, where that asks, and its stored questions in clean writing; others are in haste or without their own
    letters."""
    if section.heading.endswith("?"):
        yield section.heading
    for text in document.questions.get(section.id, ()):
        if _is_clean(text, document.lang):
            yield text


def _heading(_: Document, section: Section) -> Iterator[str]:
    yield section.heading


def _is_clean(text: str, lang: str) -> bool:
    return (
        text.endswith("?")
        and text[0].isupper()
        and not text.isupper()
        and len(text) <= LONGEST_SUGGESTION
        and own_spelling(text, lang)
    )
