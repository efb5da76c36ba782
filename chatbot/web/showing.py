"""An answer as the page shows it, or an empty one: the mould that the page's script fills with later answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from flask import render_template, url_for
from flask_babel import force_locale, format_date
from markupsafe import Markup

from chatbot.answer import Action, Answer
from chatbot.pictures import Picture
from chatbot.quotes import Quote
from chatbot.web.current import current_engine
from chatbot.web.rendering import quote_html

ANY_KIND = "any"
KINDS = ("answer", "emergency", "refusal", "no_answer")


@dataclass(frozen=True)
class ShownQuote:
    """A quote's parts; `as_of` a date as written in the answer's language."""

    html: Markup = Markup()
    lang: str = ""
    heading: str = ""
    title: str = ""
    publisher: str = ""
    more_sources: bool = True
    as_of: str | None = ""
    href: str = ""
    original: "ShownQuote | None" = None


@dataclass(frozen=True)
class ShownAnswer:
    """An answer's parts, for the template; where `mould` is true each optional part is there, and empty."""

    id: str = ""
    kind: str = ANY_KIND
    lang: str = ""
    notice: str | None = ""
    quotes: tuple[ShownQuote, ...] = (ShownQuote(original=ShownQuote()),)
    actions: tuple[Action, ...] = (Action("{number}", ""),)
    pictures: tuple[Picture, ...] = field(default=(Picture("", "", ""),))
    mould: bool = True


def shown(answer: Answer) -> ShownAnswer:
    """The answer, for the template."""
    with force_locale(answer.lang):
        quotes = tuple(_shown_quote(quote) for quote in answer.quotes)
    return ShownAnswer(
        id=answer.id,
        kind=answer.kind,
        lang=answer.lang,
        notice=answer.notice,
        quotes=quotes,
        actions=answer.actions,
        pictures=answer.pictures,
        mould=False,
    )


def answer_html(answer: Answer | ShownAnswer) -> Markup:
    """The answer, or the mould of one, all its words in its own language."""
    with force_locale(answer.lang):
        made = answer if isinstance(answer, ShownAnswer) else shown(answer)
        return Markup(render_template("answer.html", answer=made, kinds=KINDS))  # noqa: S704  # the template escapes


def for_script(langs: Sequence[str]) -> dict[str, Any]:
    """What a page's template needs to show answers and to hold the moulds of these languages."""
    single = {each.id for each in current_engine().documents if len(each.front_matter.sources) == 1}
    return {
        "answer_html": answer_html,
        "mould_html": mould_html,
        "moulds": langs,
        "written_dates": written_dates,
        "single_sourced": sorted(single),
    }


@cache
def mould_html(lang: str) -> Markup:
    """The mould of an answer in the language: always the same, and half of the work of a page."""
    return answer_html(ShownAnswer(lang=lang))


@cache
def written_dates(lang: str) -> tuple[str, ...]:
    """A date of each month as written in the language, with {d} and {y} for day and year: browsers lack languages."""
    with force_locale(lang):
        return tuple(
            format_date(date(2222, month, 11), "long").replace("2222", "{y}").replace("11", "{d}")
            for month in range(1, 13)
        )


def quote_href(quote: Quote) -> str:
    """The address of the document's page with the quote marked, at its section."""
    return url_for(
        "documents.document",
        lang=quote.document.lang,
        document_id=quote.document.id,
        start=quote.span.start,
        end=quote.span.end,
        _anchor=quote.section.id,
    )


def _shown_quote(quote: Quote) -> ShownQuote:
    head = quote.document.front_matter
    return ShownQuote(
        html=quote_html(quote),
        lang=quote.document.lang,
        heading=quote.section.heading,
        title=head.title,
        publisher=head.sources[0].publisher,
        more_sources=len(head.sources) > 1,
        as_of=_written(head.as_of),
        href=quote_href(quote),
        original=_shown_quote(quote.original) if quote.original else None,
    )


def _written(day: date | None) -> str | None:
    return format_date(day, "long") if day else None
