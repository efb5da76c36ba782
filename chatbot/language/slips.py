"""A word as it was meant: one slip of the finger taken back, where that gives a known word.

Most slips are two neighbouring letters that change places, or a letter too many, too few or wrong (Damerau 1964). A
word that shares its beginning with a known one is left alone: it may be a form of it, and a form can be a "not".
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from chatbot.language.folding import STEM_LENGTH, fold

SHORTEST = 5
"""Folded letters; shorter words are too near to one another to be guessed."""
SHORTEST_MISSED = 6
"""With a letter too many or too few."""
SHORTEST_REPLACED = 8
"""With a wrong letter, where the guess is least certain."""
NEVER_GUESSED = "m"
"""In Azerbaijani this letter is the "not" inside a verb (*bilirəm*, *bilmirəm*), so none is added or taken away."""
_GUESSED = ascii_lowercase.replace(NEVER_GUESSED, "")


@dataclass(frozen=True)
class Lexicon:
    """`usual`: folded words of one language -> their spelling, the commonest first; `known`: the folded words of all
    languages, for people mix them; `stems`: their beginnings."""

    usual: Mapping[str, str]
    known: Set[str]
    stems: Set[str]

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The words of `usual` -> 0 for the commonest, 1 for the next."""
        return {word: rank for rank, word in enumerate(self.usual)}


def without_slip(word: str, lexicon: Lexicon) -> str | None:
    """What the word, in small letters, was meant to be; None where it is known, or nothing known is near."""
    folded = fold(word)
    if len(folded) < SHORTEST or not folded.isalpha() or not folded.isascii():
        return None
    if folded in lexicon.known or folded[:STEM_LENGTH] in lexicon.stems:
        return None
    near = {meant for meant in map(fold, swapped(word)) if meant in lexicon.usual}
    near = near or {meant for meant in _one_letter_apart(folded) if meant in lexicon.usual}
    return lexicon.usual[min(near, key=lexicon.ranks.__getitem__)] if near else None


def swapped(word: str, start: int = 0) -> Iterator[str]:
    """The word with two neighbouring letters that changed places, from the letter numbered `start` on."""
    for at in range(start, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _one_letter_apart(folded: str) -> Iterator[str]:
    places = [at for at, letter in enumerate(folded) if letter != NEVER_GUESSED]
    if len(folded) >= SHORTEST_MISSED:
        yield from (folded[:at] + folded[at + 1 :] for at in places)
        yield from (folded[:at] + letter + folded[at:] for at in range(1, len(folded) + 1) for letter in _GUESSED)
    if len(folded) >= SHORTEST_REPLACED:
        yield from (folded[:at] + letter + folded[at + 1 :] for at in places if at for letter in _GUESSED)
