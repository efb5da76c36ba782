"""Events -> rows, and rows -> what maintainers see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from chatbot.records.tables import ANSWERS, QUESTIONS, SECTIONS

Counts = dict[tuple[str, ...], list[int]]

NUMBERS = ("number", "helpful", "unhelpful")


@dataclass(frozen=True)
class Event:
    """An answer given (`helpful` None), or a reader's word on one. `text`: the redacted question, where it is kept, and
    `cause` why; `comment`: the redacted comment."""

    day: date
    kind: str
    lang: str
    sections: tuple[str, ...] = ()
    helpful: bool | None = None
    cause: str = ""
    text: str = ""
    comment: str = ""

    @property
    def numbers(self) -> tuple[int, int, int]:
        """What it adds to answers, helpful and unhelpful ones."""
        return int(self.helpful is None), int(self.helpful is True), int(self.helpful is False)


@dataclass(frozen=True)
class AnswerCount:
    """The answers of a day, of one kind and language."""

    day: date
    kind: str
    lang: str
    number: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True)
class SectionCount:
    """How often a section (`document#section`) was quoted, and how that was found."""

    section: str
    number: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True)
class OpenQuestion:
    """A redacted question that wants an answer, or a better one."""

    day: date
    lang: str
    cause: str
    text: str
    comment: str = ""


def write(connection: Connection, events: Sequence[Event]) -> None:
    """Add the events, in the transaction at hand."""
    answers: Counts = {}
    sections: Counts = {}
    for each in events:
        _add(answers, (each.day.isoformat(), each.kind, each.lang), each.numbers)
        for section in each.sections:
            _add(sections, (each.day.isoformat(), section), each.numbers)
    # In one order everywhere: two writers that lock rows in different orders wait for each other for ever.
    _count(connection, ANSWERS, ("day", "kind", "lang"), answers)
    _count(connection, SECTIONS, ("day", "section"), sections)
    asked = [
        {"day": each.day, "lang": each.lang, "cause": each.cause, "text": each.text, "comment": each.comment}
        for each in events
        if each.text
    ]
    if asked:
        connection.execute(insert(QUESTIONS), asked)


def forget(connection: Connection, before: date) -> None:
    """Delete everything of the days before."""
    for table in (ANSWERS, SECTIONS, QUESTIONS):
        connection.execute(delete(table).where(table.c.day < before))


def answer_counts(connection: Connection, since: date) -> list[AnswerCount]:
    """From that day on, the oldest first."""
    rows = connection.execute(select(ANSWERS).where(ANSWERS.c.day >= since).order_by(ANSWERS.c.day))
    return [AnswerCount(**row._mapping) for row in rows]


def section_counts(connection: Connection, since: date, most: int) -> list[SectionCount]:
    """The sections that were quoted most from that day on."""
    sums = [func.sum(SECTIONS.c[name]).label(name) for name in NUMBERS]
    chosen = select(SECTIONS.c.section, *sums).where(SECTIONS.c.day >= since).group_by(SECTIONS.c.section)
    rows = connection.execute(chosen.order_by(sums[0].desc(), SECTIONS.c.section).limit(most))
    return [SectionCount(row.section, int(row.number), int(row.helpful), int(row.unhelpful)) for row in rows]


def open_questions(connection: Connection, since: date, most: int) -> list[OpenQuestion]:
    """The newest from that day on."""
    chosen = select(*(QUESTIONS.c[name] for name in ("day", "lang", "cause", "text", "comment")))
    rows = connection.execute(chosen.where(QUESTIONS.c.day >= since).order_by(QUESTIONS.c.id.desc()).limit(most))
    return [OpenQuestion(**row._mapping) for row in rows]


def _add(counts: Counts, key: tuple[str, ...], numbers: Iterable[int]) -> None:
    sums = counts.setdefault(key, [0, 0, 0])
    for place, number in enumerate(numbers):
        sums[place] += number


def _count(
    connection: Connection, table: Table, keys: tuple[str, ...], counts: Mapping[tuple[str, ...], list[int]]
) -> None:
    if not counts:
        return
    rows: list[dict[str, Any]] = [
        {
            **dict(zip(keys, key, strict=True)),
            "day": date.fromisoformat(key[0]),
            **dict(zip(NUMBERS, each, strict=True)),
        }
        for key, each in sorted(counts.items())
    ]
    connection.execute(_addition(table, keys, connection.dialect.name), rows)


@cache
def _addition(table: Table, keys: tuple[str, ...], dialect: str) -> Executable:
    """The statement that adds numbers to the row with those keys; to put it together costs more than to execute it."""
    row = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    sums = {name: table.c[name] + row.excluded[name] for name in NUMBERS}
    return row.on_conflict_do_update(index_elements=list(keys), set_=sums)
