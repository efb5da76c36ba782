"""Events into rows and back, on both databases."""

from datetime import date, timedelta

from sqlalchemy import Engine

from chatbot.records.database import reading, writing
from chatbot.records.store import (
    AnswerCount,
    Event,
    OpenQuestion,
    SectionCount,
    answer_counts,
    forget,
    open_questions,
    section_counts,
    write,
)

DAY = date(2027, 3, 10)
FOUND, LOOKS = "emergency-object#found", "what-it-looks-like#general"


def keep(database: Engine, *events: Event) -> None:
    with writing(database) as connection:
        write(connection, events)


def test_counts_grow_by_day_kind_and_language(database: Engine) -> None:
    given = Event(DAY, "answer", "az", (LOOKS,))
    keep(database, given, given, Event(DAY, "emergency", "az", (FOUND,)))
    keep(database, given, Event(DAY, "answer", "az", (LOOKS,), helpful=True), Event(DAY, "answer", "ru", helpful=False))
    keep(database, Event(DAY - timedelta(days=1), "answer", "az"))
    with reading(database) as connection:
        counts = answer_counts(connection, DAY)
        assert sorted(counts, key=lambda each: (each.kind, each.lang)) == [
            AnswerCount(DAY, "answer", "az", 3, 1, 0),
            AnswerCount(DAY, "answer", "ru", 0, 0, 1),
            AnswerCount(DAY, "emergency", "az", 1, 0, 0),
        ]
        assert len(answer_counts(connection, DAY - timedelta(days=1))) == 4
        assert section_counts(connection, DAY, 9) == [SectionCount(LOOKS, 3, 1, 0), SectionCount(FOUND, 1, 0, 0)]
        assert section_counts(connection, DAY, 1) == [SectionCount(LOOKS, 3, 1, 0)]


def test_only_events_with_a_text_become_questions(database: Engine) -> None:
    asked = Event(DAY, "no_answer", "ru", cause="not_in_files", text="Можно ли запускать дрон?")
    keep(database, asked, Event(DAY, "no_answer", "ru", cause="off_topic", text=""), Event(DAY, "emergency", "az"))
    with reading(database) as connection:
        assert open_questions(connection, DAY, 9) == [
            OpenQuestion(DAY, "ru", "not_in_files", "Можно ли запускать дрон?")
        ]
        assert open_questions(connection, DAY + timedelta(days=1), 9) == []


def test_old_days_are_deleted_from_all_tables(database: Engine) -> None:
    for back in (0, 89, 90, 91, 400):
        day = DAY - timedelta(days=back)
        keep(database, Event(day, "no_answer", "az", (LOOKS,), cause="off_topic", text=f"sual {'x' * (back % 7)}"))
    with writing(database) as connection:
        forget(connection, DAY - timedelta(days=90))
    with reading(database) as connection:
        assert len(open_questions(connection, date.min, 9)) == 3
        assert len(answer_counts(connection, date.min)) == 3
        assert section_counts(connection, date.min, 9)[0].number == 3


def test_failed_transaction_leaves_nothing(database: Engine) -> None:
    try:
        with writing(database) as connection:
            write(connection, [Event(DAY, "answer", "az")])
            raise RuntimeError
    except RuntimeError:
        pass
    with reading(database) as connection:
        assert answer_counts(connection, date.min) == []
