"""Rules: what the head of a file says about dates, sources and approval."""

from collections.abc import Iterator
from datetime import timedelta

from chatbot.checks.amounts import amounts
from chatbot.checks.findings import Finding
from chatbot.checks.library import KnowledgeFile, Library
from chatbot.checks.tables import Table, table_of

NOTICE = timedelta(days=30)


def reviews(library: Library) -> Iterator[Finding]:
    """Reviews that are due: an error when the day has passed, a warning in the month before."""
    for file in library.files:
        due = file.document.front_matter.review_by
        line = file.line_of_key("review_by")
        if due < library.today:
            mend = "review the document and set a new date"
            yield file.finding("review-due", line, f"`review_by` passed on {due}", mend)
        elif due <= library.today + NOTICE:
            days = (due - library.today).days
            yield file.warning("review-soon", line, f"`review_by` is in {days} days, on {due}", "review the document")


def dates(library: Library) -> Iterator[Finding]:
    """Dates that can't be."""
    for file in library.files:
        head = file.document.front_matter
        if head.as_of and head.as_of > library.today:
            yield file.finding(
                "dates", file.line_of_key("as_of"), f"`as_of` {head.as_of} is still to come", "correct it"
            )
        if head.as_of and head.as_of > head.review_by:
            yield file.finding(
                "dates", file.line_of_key("review_by"), "`review_by` is before `as_of`", "correct one of them"
            )
        for number, source in enumerate(head.sources):
            if source.published and source.published > library.today:
                what = f"source {number + 1}: `published` {source.published} is still to come"
                yield file.finding("dates", file.line_of_key("publisher", number), what, "correct it")


def approval(library: Library) -> Iterator[Finding]:
    """Files that are called approved without by whom and when."""
    for file in library.files:
        head = file.document.front_matter
        signed = head.approved_by and head.approved_on
        line = file.line_of_key("status")
        if head.status == "approved" and not signed:
            yield file.finding(
                "approval", line, "approved, but not by whom and when", "add `approved_by` and `approved_on`"
            )
        elif head.status == "draft" and (head.approved_by or head.approved_on):
            yield file.finding(
                "approval", line, "a draft that names who approved it", "delete that, or set `status: approved`"
            )


def texts(library: Library) -> Iterator[Finding]:
    """Titles, publishers and addresses that say nothing."""
    for file in library.files:
        head = file.document.front_matter
        if not head.title.strip():
            yield file.finding("title", file.line_of_key("title"), "the title is empty", "write it")
        if not head.audience:
            yield file.finding("audience", file.line_of_key("audience"), "no audience", "write `audience: [everyone]`")
        for number, source in enumerate(head.sources):
            if not (source.publisher.strip() and source.title.strip() and source.url.strip()):
                what = f"source {number + 1} lacks a publisher, title or address"
                yield file.finding("sources", file.line_of_key("publisher", number), what, "write all three")


def figures(library: Library) -> Iterator[Finding]:
    """Figures that age: without `as_of`, or in a section that says neither a year nor who counted."""
    for file in library.files:
        head = file.document.front_matter
        if head.kind in ("figures", "article") and head.as_of is None:
            yield file.finding(
                "figures-dated",
                file.line_of_key("kind"),
                "figures without `as_of`",
                "add the date of the newest figure",
            )
        table = table_of(file.lang)
        if head.kind == "figures" and table:
            yield from _unsourced(file, table)


def _unsourced(file: KnowledgeFile, table: Table) -> Iterator[Finding]:
    for section in file.document.sections:
        texts = [file.text_of(span) for span in section.sentences]
        sentences = [text for text in texts if not table.is_call(text)]
        found = [each for text in sentences if (each := amounts(text, file.lang))]
        line = file.line(section.start)
        if not any(each.figures for each in found):
            continue
        if not any(each.years or each.dates for each in found):
            yield file.finding(
                "figures-dated", line, f"section `{section.id}` has figures of no year", "say as of when they are"
            )
        small = table.small(" ".join(sentences))
        if not any(words in small for words in table.sourced):
            yield file.finding(
                "figures-sourced", line, f"section `{section.id}` has figures of nobody", "say who counted"
            )
