"""What the rules need to know of a language, from `tables/<lang>.json`; rules of words pass over one without a table.

The texts in it are pieces of regular expressions, matched against whole words unless their key says otherwise.
"""

import re
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AmountWords(_Part):
    """How numbers and dates are written. `dates`: patterns with the groups day, month, year; `{months}` stands for any
    month. `part_of_whole`: two numbers of which the part comes before the whole. `bounds`: "at least" and such."""

    thousands: str
    decimal: str
    months: tuple[str, ...]
    months_keep_case: bool = False
    dates: tuple[str, ...]
    years: str
    part_of_whole: str | None = None
    words: dict[str, str]
    bounds: dict[str, str] = {}


class NegationWords(_Part):
    """What says "not". `optional`: says so where another language may have no word for it, so it may be counted or not.
    `ignored`: looks like it and is not. `joins`: carries one "not" over several verbs; `clause`: a beginning of the
    sentence whose comma does not. `bare`: a "not" was lost."""

    words: tuple[str, ...]
    optional: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    joins: str | None = None
    clause: str | None = None
    bare: str | None = None


class ReadingLimits(_Part):
    """`sentence`: words in a sentence; `mean`: words a sentence over a section; `long`: letters that make a word long;
    `share`: long words among all of a section; `child_sentence`: words in a sentence for the youngest."""

    sentence: int
    mean: float
    long: int
    share: float
    child_sentence: int


class Table(_Part):
    """`lower`: letters whose small form is not the usual one. `calls`: words of a sentence about a telephone number.
    `banned`: words of what must not be explained. `measures`: units that a safety text gives no number of.
    `deaths`, `injuries`, `denials`: beginnings of words near the figure of people killed or injured.
    `sourced`: words that name who says so."""

    alphabet: str
    lower: dict[str, str] = {}
    amounts: AmountWords
    negation: NegationWords
    reading: ReadingLimits
    calls: tuple[str, ...]
    banned: tuple[str, ...]
    measures: tuple[str, ...]
    deaths: tuple[str, ...]
    injuries: tuple[str, ...]
    denials: tuple[str, ...]
    sourced: tuple[str, ...]

    def small(self, text: str) -> str:
        """The text in small letters, as the language has them."""
        return text.translate({ord(letter): small for letter, small in self.lower.items()}).lower()

    def is_call(self, text: str) -> bool:
        """Whether the text speaks of calling somebody."""
        return re.search(rf"(?<!\w)(?:{'|'.join(self.calls)})", self.small(text)) is not None


@cache
def table_of(lang: str) -> Table | None:
    """The table of the language, None where there is none."""
    path = files("chatbot.checks").joinpath(f"tables/{lang}.json")
    return Table.model_validate_json(path.read_text("utf-8")) if path.is_file() else None
