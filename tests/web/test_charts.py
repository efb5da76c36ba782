"""Charts: one bar a day, to one scale, and the same numbers in the table."""

from datetime import date
from operator import attrgetter

from chatbot.records.store import AnswerCount
from chatbot.web.charts import HEIGHT, chart, last_days

DAY = date(2027, 3, 10)
COUNTS = [
    AnswerCount(DAY, "answer", "az", 4, 1, 0),
    AnswerCount(DAY, "answer", "ru", 2, 0, 3),
    AnswerCount(date(2027, 3, 8), "answer", "az", 1, 0, 0),
]
SERIES = [("number", "Answers", attrgetter("number")), ("unhelpful", "No", attrgetter("unhelpful"))]


def test_last_days_end_today() -> None:
    assert last_days(DAY, 3) == (date(2027, 3, 8), date(2027, 3, 9), DAY)


def test_bars_share_one_scale_and_table_says_the_same() -> None:
    drawn = chart("c", "Title", last_days(DAY, 3), COUNTS, SERIES)
    answers, unhelpful = drawn.series
    assert [bar.value for bar in answers.bars] == [1, 0, 6]
    assert [bar.height for bar in answers.bars] == [HEIGHT / 6, 0, HEIGHT]
    assert unhelpful.bars[2].height == HEIGHT / 2
    assert all(bar.y + bar.height == HEIGHT for each in drawn.series for bar in each.bars)
    assert (answers.total, answers.most) == (7, 6)
    assert drawn.rows == [(DAY, [6, 3]), (date(2027, 3, 9), [0, 0]), (date(2027, 3, 8), [1, 0])]


def test_nothing_counted_is_a_flat_chart() -> None:
    drawn = chart("c", "Title", last_days(DAY, 30), [], SERIES)
    assert {bar.height for each in drawn.series for bar in each.bars} == {0.0}
    assert drawn.width == 300
