"""Folded text -> the concepts that it names. The phrases are data: `phrases/<lang>.json`, concept -> phrases.

A phrase is words as people say them, matched in order: `mina*` stands for the word with any ending, `*ında` for any
word with that ending, `a/b` for one or the other (single words), `_` for one free word, `...` for none to three free
words, `^` for the beginning of the text. All languages are read together: people mix them.
A word of the text that is in no phrase is also read as the listed word from which one slip of the finger parts it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from chatbot.language.folding import fold
from chatbot.language.slips import swapped

SHORTEST_MISTYPED = 6
"""Folded letters: shorter words are too near to one another to be guessed; with a letter replaced, one more."""
LONGEST_GAP = 3

_GAP = frozenset({"..."})
_FREE = frozenset({"_"})
_BEGINNING = frozenset({"^"})


class _Phrase(NamedTuple):
    concept: str
    places: tuple[frozenset[str], ...]


class _Phrases(NamedTuple):
    by_first_word: Mapping[str, Sequence[_Phrase]]
    known: frozenset[str]
    mistyped: Mapping[str, frozenset[str]]
    longest: int


def concepts(folded: str) -> frozenset[str]:
    """The concepts named in a folded text of bounded length."""
    phrases = _phrases()
    text = [_BEGINNING, *(_listed(word) for word in folded.split())]
    named: set[str] = set()
    for start, readings in enumerate(text):
        for first in readings:
            for phrase in phrases.by_first_word.get(first, ()):
                if phrase.concept not in named and _follows(phrase.places[1:], text, start + 1):
                    named.add(phrase.concept)
    return frozenset(named)


def _follows(places: Sequence[frozenset[str]], text: Sequence[frozenset[str]], at: int) -> bool:
    if not places:
        return True
    if places[0] == _GAP:
        return any(_follows(places[1:], text, at + gap) for gap in range(LONGEST_GAP + 1))
    return at < len(text) and (places[0] == _FREE or bool(places[0] & text[at])) and _follows(places[1:], text, at + 1)


@lru_cache(maxsize=8192)
def _listed(word: str) -> frozenset[str]:
    """The words of the phrases, `*` and all, as which a word of the text can be read."""
    phrases = _phrases()
    endings = phrases.known & {f"*{word[start:]}" for start in range(max(1, len(word) - phrases.longest), len(word))}
    word = word[
        : phrases.longest + 2
    ]  # what follows is in no listed word, even with a slip; the time grows as its cube
    beginnings = [word[:end] for end in range(1, len(word) + 1)]
    exact = endings | phrases.known & {word, *(f"{beginning}*" for beginning in beginnings)}
    if exact > endings or len(word) < SHORTEST_MISTYPED or word.isdecimal():
        return exact
    found = endings | _corrected(word, "") | phrases.known & set(_swapped(word))
    for beginning in beginnings[SHORTEST_MISTYPED - 2 :]:
        found |= _corrected(beginning, "*")
    return frozenset(found)


def _corrected(word: str, ending: str) -> set[str]:
    mistyped = _phrases().mistyped
    return {listed for mask in _masks(word) for listed in mistyped.get(mask + ending, ())}


def _masks(word: str) -> Iterator[str]:
    """The word with `?` for or between letters after the first: words one letter apart share one of these."""
    for at in range(1, len(word)):
        if len(word) > SHORTEST_MISTYPED:
            yield f"{word[:at]}?{word[at + 1 :]}"
        yield f"{word[:at]}?{word[at:]}"
    yield f"{word}?"


def _swapped(word: str) -> Iterator[str]:
    for meant in swapped(word, start=1):
        yield meant
        yield from (f"{meant[:end]}*" for end in range(SHORTEST_MISTYPED - 1, len(word) + 1))


def folded_phrases() -> dict[str, list[str]]:
    """Concept -> its phrases in the files' notation, folded, each once: for those who read them where nothing folds as
    here. An alternative of several words, which no single word equals, has `~` between them."""
    found: dict[str, set[str]] = defaultdict(set)
    for phrase in _read():
        places = ("/".join(sorted(words)).replace(" ", "~") for words in phrase.places)
        found[phrase.concept].add(" ".join(places))
    return {concept: sorted(phrases) for concept, phrases in sorted(found.items())}


def _read() -> Iterator[_Phrase]:
    for file in sorted(files("chatbot.triage").joinpath("phrases").iterdir(), key=lambda path: path.name):
        for concept, listed in json.loads(file.read_text("utf-8")).items():
            for text in listed:
                yield _Phrase(concept, tuple(_places(text)))


@cache
def _phrases() -> _Phrases:
    by_first_word: dict[str, list[_Phrase]] = defaultdict(list)
    known: set[str] = set()
    for phrase in _read():
        known.update(*phrase.places)
        for first in phrase.places[0]:
            by_first_word[first].append(phrase)
    known -= _GAP | _FREE
    return _Phrases(by_first_word, frozenset(known), _slips(known), max(map(len, known)))


def _places(phrase: str) -> Iterator[frozenset[str]]:
    """For each word of the phrase its alternatives, folded; a word that folds into several takes as many places."""
    for alternatives in phrase.split():
        folded = [_folded(word) for word in alternatives.split("/")]
        if len(folded) == 1:
            yield from (frozenset({part}) for part in folded[0].split())
        else:
            yield frozenset(folded)


def _folded(word: str) -> str:
    return word if word in ("_", "...", "^") else "*" * word.startswith("*") + fold(word) + "*" * word.endswith("*")


def _slips(known: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Mask -> listed words; a beginning keeps its last letter, or it would be a shorter beginning."""
    slips: dict[str, set[str]] = defaultdict(set)
    for listed in known:
        word, ending = listed.rstrip("*"), "*" * listed.endswith("*")
        if len(word) < SHORTEST_MISTYPED or word.startswith("*"):
            continue
        for mask in _masks(word):
            if not (ending and mask.endswith("?")):
                slips[mask + ending].add(listed)
    return {mask: frozenset(words) for mask, words in slips.items()}
