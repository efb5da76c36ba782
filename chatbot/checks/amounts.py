"""The numbers, dates and years of a sentence, read as its language writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chatbot.checks.tables import AmountWords, table_of

_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
Date = tuple[int | None, int, int | None]
"""Year, month, day."""


@dataclass(frozen=True)
class Amounts:
    """In the order of the sentence; `words` (numbers in words) and `bounds` (`at least`) are sorted, as languages order
    them differently."""

    dates: tuple[Date, ...]
    years: tuple[str, ...]
    figures: tuple[str, ...]
    words: tuple[str, ...]
    bounds: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.dates or self.years or self.figures)

    def named(self) -> str:
        """What a person is shown."""
        dates = ("-".join(str(part) for part in date if part is not None) for date in self.dates)
        return ", ".join([*dates, *self.years, *self.bounds, *self.figures, *self.words]) or "no number"


@cache
def amounts(text: str, lang: str) -> Amounts | None:
    """The numbers in `text`, None in a language without a table. Figures are plain: `1,400` and `1 400` are 1400."""
    table = table_of(lang)
    if table is None:
        return None
    words = table.amounts
    text = _KEYCAP.sub(r"\1", text)
    if not words.months_keep_case:
        text = table.small(text)
    dates, text = _dates(text, lang, words)
    years = tuple(found["year"] for found in re.finditer(words.years, text))
    text = re.sub(words.years, _blank, text)
    if words.part_of_whole:
        text = re.sub(words.part_of_whole, r"\2; \1", text)
    number = _number(words.thousands, words.decimal)
    figures = tuple(_plain(found[0], words) for found in number.finditer(text))
    small = table.small(text)
    in_words = tuple(sorted(_named(small, words.words)))
    bounds = tuple(sorted(_named(small, words.bounds))) if figures or in_words else ()
    return Amounts(dates, years, figures, in_words, bounds)


def _dates(text: str, lang: str, words: AmountWords) -> tuple[tuple[Date, ...], str]:
    found: list[tuple[int, Date]] = []
    for pattern in _date_patterns(lang):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = next(n for n, each in enumerate(words.months, 1) if re.fullmatch(each, parts["month"]))
            found.append((match.start(), (_whole(parts.get("year")), month, _whole(parts.get("day")))))
        text = pattern.sub(_blank, text)
    return tuple(date for _, date in sorted(found)), text


@cache
def _date_patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    table = table_of(lang)
    patterns, months = (table.amounts.dates, "|".join(table.amounts.months)) if table else ((), "")
    return tuple(re.compile(rf"\b{pattern.replace('{months}', months)}\b") for pattern in patterns)


@cache
def _number(thousands: str, decimal: str) -> re.Pattern[str]:
    part = rf"(?:{re.escape(decimal)}\d+)?"
    return re.compile(rf"(?<!\d)\d{{1,3}}(?:[{thousands}]\d{{3}})+(?!\d){part}|\d+{part}")


def _plain(number: str, words: AmountWords) -> str:
    return "".join(each for each in number if each not in words.thousands).replace(words.decimal, ".")


def _named(text: str, patterns: dict[str, str]) -> Iterator[str]:
    for value, pattern in patterns.items():
        yield from [value] * len(re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", text))


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
