"""A document's Markdown -> safe HTML, with the quoted sentences marked."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import nh3
from flask_babel import format_date
from markdown_it import MarkdownIt
from markupsafe import Markup

from chatbot.documents import Document
from chatbot.front_matter import Source
from chatbot.quotes import Quote, list_mark
from chatbot.sections import Section, Span

OPEN, CLOSE = "\ue000", "\ue001"
BLOCK_TAGS = {"blockquote", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
TAGS = BLOCK_TAGS | {"a", "br", "code", "em", "mark", "strong"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


def section_html(section: Section, document: Document, marked: Span | None = None) -> Markup:
    """The section without its heading; the sentences that `marked` touches stand in <mark>."""
    return _html(_with_marks(document, section, marked), document, skip_heading=True)


def quote_html(quote: Quote) -> Markup:
    """The quote's words, a list as a list."""
    return _html(list_mark(quote) + _clean(quote.text), quote.document, skip_heading=False)


def link_to(source: Source) -> str | None:
    """The source's address, or None where it is no web page."""
    return source.url if source.url.startswith(("https://", "http://")) else None


FILTERS: Mapping[str, Callable[..., Any]] = {
    "section_html": section_html,
    "link_to": link_to,
    "long_date": lambda date: format_date(date, "long"),
}


def _html(text: str, document: Document, skip_heading: bool) -> Markup:
    # An article keeps its lines, as the reading of documents does.
    markdown = _markdown(document.front_matter.kind == "article")
    environment: dict[str, Any] = {}
    tokens = markdown.parse(text, environment)
    html = markdown.renderer.render(tokens[3:] if skip_heading else tokens, markdown.options, environment)
    marked = html.replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
    clean = nh3.clean(marked, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "tel"})
    return Markup(clean)  # noqa: S704  # nh3 has just cleaned it


@cache
def _markdown(breaks: bool) -> MarkdownIt:
    """A parser that has parsed once: it puts its rules in order then, which two threads at once must not see."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": breaks})
    markdown.render("*once*")
    return markdown


def _with_marks(document: Document, section: Section, marked: Span | None) -> str:
    """The section's Markdown with the marks' placeholders: each lies inside one paragraph or list item."""
    text, position = "", section.start
    for span in _touched_runs(document, section, marked):
        before, inside = document.body[position : span.start], document.body[span.start : span.end]
        text += f"{_clean(before)}{OPEN}{_clean(inside)}{CLOSE}"
        position = span.end
    return text + _clean(document.body[position : section.end])


def _touched_runs(document: Document, section: Section, marked: Span | None) -> Iterator[Span]:
    if marked is None:
        return
    for block in section.blocks:
        touched = [each for each in block.sentences if each.start < marked.end and marked.start < each.end]
        if block.kind == "paragraph" and touched:
            yield Span(touched[0].start, touched[-1].end)
        else:
            yield from _joined(document, touched)


def _joined(document: Document, touched: list[Span]) -> list[Span]:
    """A list's sentences, those of one line joined; others lie in different items."""
    runs: list[Span] = []
    for each in touched:
        if runs and "\n" not in document.body[runs[-1].end : each.start]:
            runs[-1] = Span(runs[-1].start, each.end)
        else:
            runs.append(each)
    return runs


def _clean(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")
