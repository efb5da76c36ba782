"""The folded form: one plain spelling for the many ways in which people type the same words.

`mina gördüm`, `MİNA GORDUM`, `мина ҝөрдүм` and `mina gordum` fold alike, and so do `я нашёл` and `ya nashel`.
It is used the same way for indexing and for asking. The offline page reads the same table.
"""

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

STEM_LENGTH = 5


class _Table(NamedTuple):
    letters: dict[int, str]
    sequences: re.Pattern[str]
    replacement: dict[str, str]
    digits: dict[str, str]


def folding_table() -> dict[str, Any]:
    """The table with the length of stems, for those who fold elsewhere as it is done here: the offline page does."""
    table: dict[str, Any] = json.loads(files("chatbot.language").joinpath("tables/folding.json").read_text("utf-8"))
    return {**table, "stem_length": STEM_LENGTH}


@cache
def _table() -> _Table:
    table = folding_table()
    sequences = sorted(table["sequences"], key=len, reverse=True)
    return _Table(
        letters=str.maketrans(table["letters"]),
        sequences=re.compile("|".join(sequences)),
        replacement=table["sequences"],
        digits=table["digits_as_letters"],
    )


_DOUBLED = re.compile(r"([^\W\d_])\1+")
_LONE_DIGIT = re.compile(r"(?<!\d)(\d)(?=[^\W\d_])|(?<=[^\W\d_])(\d)(?!\d)")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower-case words of a-z, 0-9 and unmapped scripts, one space between. Idempotent; raises on no text."""
    table = _table()
    text = _bare(_bare(text.replace("´", "'"))).translate(table.letters)
    text = _NOT_WORD.sub(" ", text).strip()
    text = _LONE_DIGIT.sub(lambda found: table.digits.get(found[0], found[0]), text)
    shorter = _shortened(text, table)
    while shorter != text:
        text, shorter = shorter, _shortened(shorter, table)
    return text


def words(text: str) -> list[str]:
    """The words of the folded text."""
    return fold(text).split()


def terms(text: str) -> list[str]:
    """What BM25 counts: each folded word, and its stem where it is longer (words inflect at the end)."""
    found = []
    for word in words(text):
        found.append(word)
        if len(word) > STEM_LENGTH:
            found.append(word[:STEM_LENGTH] + "_")
    return found


def _bare(text: str) -> str:
    """Lower case without accents; dotted and dotless i become one."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.replace("İ", "i").replace("I", "i")).casefold()
    text = unicodedata.normalize("NFKD", text)
    return "".join([letter for letter in text if letter.isalpha() or unicodedata.category(letter)[0] != "M"])


def _shortened(text: str, table: _Table) -> str:
    text = table.sequences.sub(lambda found: table.replacement[found[0]], text)
    return _DOUBLED.sub(r"\1", text)
