"""What reads the person's text takes time in proportion to it, however it was made to be slow.

Measured in one run as a ratio: four times the length may take at most eight times as long; quadratic would be sixteen.
"""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.language.detection import detect
from chatbot.language.folding import fold, terms
from chatbot.question import Question, make_query
from chatbot.records.redaction import redact
from chatbot.triage import concepts

SHORT, LONG = 2000, 8000
MOST = 8.0
NOISE = 0.004
"""Seconds below which a clock tells nothing."""
RUNS = 3
UNITS = [
    "a", "ab", "abc", "a1", "1a", "0", "00a", "aa", "sh", "shch", "kh", "ss", "щ", "шч", "ё", "ь", "ъь", "ə", "İ", "ı",
    "'", "´", "’a", "\u0301", "e\u0301\u0323", "\u202e", "\u200d", "\ufdfa", "\u3315", "🇦🇿", "\ud800", "\0", "_", "-",
    "a-", "d'", ".", "x.", "@", "a@b.", "+9", "0°", "N0", "[…]", "www.", "http://", "mina ", "men ", "a b ", "Ev",
    "Ли ", "\u0958", "ﬃ", "\t", "\u2028", "bcdfg7hjk",
]  # fmt: skip


def triage(text: str) -> None:
    concepts._listed.cache_clear()
    concepts.concepts(fold(text))


def query(text: str) -> None:
    make_query(Question(text, history=(text,)), None, ("az", "en", "ru"))


def taken(read: Callable[[str], object], text: str) -> float:
    found = []
    for _ in range(RUNS):
        begun = time.process_time()
        read(text)
        found.append(time.process_time() - begun)
    return min(found)


@pytest.mark.parametrize(
    "read",
    [fold, terms, triage, query, lambda text: detect(text, None, ("az", "en", "ru"))],
    ids=["fold", "terms", "triage", "query", "detect"],
)
def test_time_grows_as_the_text_does(read: Callable[[str], object]) -> None:
    read("mina")  # tables are read once
    slow = {}
    for unit in UNITS:
        one = unit * (SHORT // len(unit))
        short, long = taken(read, one), taken(read, one * (LONG // SHORT))
        if long > MOST * max(short, NOISE):
            slow[unit] = (short, long)
    assert not slow


def test_no_longest_question_is_much_slower_to_redact_than_a_plain_one() -> None:
    plain = taken(lambda text: redact(text, frozenset()), ("Kənddə mina tapdım, nə edim? " * 40)[:1000])
    slow = {}
    for unit in [*UNITS, "a/", "/", "a//", "a-a/"]:
        for text in ((unit * 1000)[:1000], f"{(unit * 1000)[:998]}/a"):
            found = taken(lambda text: redact(text, frozenset()), text)
            if found > MOST * max(plain, NOISE):
                slow[text[:9]] = (plain, found)
    assert not slow


@given(st.text(st.characters(), min_size=1, max_size=4))
@settings(max_examples=10, derandomize=True)
def test_any_letters_repeated_take_time_as_they_are_many(unit: str) -> None:
    one = unit * (SHORT // len(unit))
    for read in (fold, triage):
        assert taken(read, one * (LONG // SHORT)) <= MOST * max(taken(read, one), NOISE)
