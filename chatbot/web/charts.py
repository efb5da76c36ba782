"""Counts a day -> bars, drawn by the server; the same numbers stand in a table beside."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chatbot.records.store import AnswerCount

BAR, STEP, HEIGHT = 8, 10, 60


@dataclass(frozen=True)
class Bar:
    """A day's bar, in the units of the drawing."""

    day: date
    value: int
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Series:
    """One row of bars, a day each. `name` tells its colour, `label` its words."""

    name: str
    label: str
    bars: tuple[Bar, ...]

    @property
    def total(self) -> int:
        return sum(bar.value for bar in self.bars)

    @property
    def most(self) -> int:
        return max((bar.value for bar in self.bars), default=0)


@dataclass(frozen=True)
class Chart:
    """Series over the same days, drawn to the same scale."""

    id: str
    title: str
    days: tuple[date, ...]
    series: tuple[Series, ...]

    @property
    def width(self) -> int:
        return STEP * len(self.days)

    @property
    def rows(self) -> list[tuple[date, list[int]]]:
        """The table: the newest day first."""
        values = [[each.bars[place].value for each in self.series] for place in range(len(self.days))]
        return list(zip(self.days, values, strict=True))[::-1]


def last_days(today: date, number: int) -> tuple[date, ...]:
    """So many days, today the last."""
    return tuple(today - timedelta(days=back) for back in range(number - 1, -1, -1))


def chart(
    chart_id: str,
    title: str,
    days: tuple[date, ...],
    counts: Sequence[AnswerCount],
    series: Iterable[tuple[str, str, Callable[[AnswerCount], int]]],
) -> Chart:
    """A chart of the counts; each series has a name, a label, and what a count adds to it."""
    values = {
        (name, label): [sum(adds(each) for each in counts if each.day == day) for day in days]
        for name, label, adds in series
    }
    most = max((value for row in values.values() for value in row), default=0)
    drawn = tuple(Series(name, label, _bars(days, row, most)) for (name, label), row in values.items())
    return Chart(chart_id, title, days, drawn)


def _bars(days: tuple[date, ...], values: Sequence[int], most: int) -> tuple[Bar, ...]:
    heights = [round(value / most * HEIGHT, 1) if most else 0.0 for value in values]
    return tuple(
        Bar(day, value, place * STEP, HEIGHT - height, height)
        for place, (day, value, height) in enumerate(zip(days, values, heights, strict=True))
    )
