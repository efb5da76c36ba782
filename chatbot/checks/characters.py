"""Rules: letters and signs that a reader does not see or takes for others."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from chatbot.checks.agreed import ALLOWED
from chatbot.checks.contacts import without_addresses
from chatbot.checks.findings import Finding
from chatbot.checks.library import Library
from chatbot.checks.tables import table_of

_WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|[\u0300-\u036f])*")
_SPACES = " \u00a0\u202f"
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def unseen(library: Library) -> Iterator[Finding]:
    """Invisible, bidirectional and control characters, odd spaces, and letters in two pieces."""
    for path, text in _texts(library):
        if text.isascii() and text.replace("\n", "").isprintable():
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for letter in dict.fromkeys(line):
                if _is_unseen(letter):
                    name = unicodedata.name(letter, "unnamed")
                    what = f"an invisible character stands in the line: U+{ord(letter):04X} {name}"
                    yield Finding(str(path), number, what, "delete it and write the word anew", "invisible")
            if unicodedata.normalize("NFC", line) != line:
                what = "a letter is written in two pieces, letter and accent"
                yield Finding(str(path), number, what, "write the words anew (Unicode NFC)", "invisible")


def mixed(library: Library) -> Iterator[Finding]:
    """Words with letters of two alphabets: `с` that is not `c`."""
    for path, text in _texts(library):
        if text.isascii():
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for word in _WORD.findall(line):
                if not word.isascii() and len(_scripts(word)) > 1:
                    letters = " and ".join(sorted(_scripts(word)))
                    what = f"`{word}` has letters of two alphabets, {letters}"
                    yield Finding(str(path), number, what, "write the word anew in one alphabet", "mixed-alphabets")


def foreign(library: Library) -> Iterator[Finding]:
    """Words with letters that the language does not have, but for the allowed ones."""
    if ALLOWED not in library.agreed.given:
        return
    for said in library.said:
        table = table_of(said.file.lang)
        if table is None:
            continue
        allowed = set(library.agreed.allowed.words.get(said.file.lang, ()))
        for word in _WORD.findall(without_addresses(said.text)):
            strange = [letter for letter in table.small(word) if letter not in table.alphabet]
            if strange and word not in allowed and len(_scripts(word)) == 1:
                what = (
                    f"`{word}` has a letter that this language does not write, `{strange[0]}` (U+{ord(strange[0]):04X})"
                )
                mend = f"write the word anew, or allow it in knowledge/allowed.yaml under words: {said.file.lang}"
                yield said.file.finding("foreign-letters", said.line, what, mend)


def _texts(library: Library) -> Iterator[tuple[Path, str]]:
    for file in library.files:
        yield file.path, file.text
        yield file.path.with_suffix(".questions.yaml"), file.asked


def _is_unseen(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category in _UNSEEN or (category == "Zs" and letter not in _SPACES) or letter == "\ufffd"


@cache
def _scripts(word: str) -> frozenset[str]:
    return frozenset(unicodedata.name(letter, "?").partition(" ")[0] for letter in word if letter.isalpha())
