"""What to ask next: questions that the files answer, in clean writing."""

from collections.abc import Iterable, Iterator

from chatbot.documents import Document
from chatbot.index.store import Index
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
    """Questions of sections near the one that was quoted, else of those where people start; never one of `asked`."""
    quoted = {(quote.document.id, quote.section.id) for quote in quotes}
    known = {fold(text) for text in asked}
    near = [hit.key for hit in hits] if quotes else []
    starters = [section_key(name) for name in STARTERS]
    any_section = [(each.id, section.id) for each in index.documents if each.lang == lang for section in each.sections]
    found: list[str] = []
    for document_id, section_id in dict.fromkeys([*near, *starters, *any_section]):
        document = index.document(lang, document_id)
        section = document.section(section_id) if document else None
        if document is None or section is None or (document_id, section_id) in quoted:
            continue
        text = next((text for text in _questions(document, section) if fold(text) not in known), None)
        if text is not None:
            found.append(text)
            known.add(fold(text))
        if len(found) == MOST_SUGGESTIONS:
            break
    return tuple(found)


def _questions(document: Document, section: Section) -> Iterator[str]:
    """What a section can be asked by, the best first. Stored questions are also of those who write in haste or without
    their own letters, so only the clean ones serve; a heading always does."""
    if section.heading.endswith("?"):
        yield section.heading
    for text in document.questions.get(section.id, ()):
        if _is_clean(text, document.lang):
            yield text
    yield section.heading


def _is_clean(text: str, lang: str) -> bool:
    return (
        text.endswith("?")
        and text[0].isupper()
        and not text.isupper()
        and len(text) <= LONGEST_SUGGESTION
        and own_spelling(text, lang)
    )
