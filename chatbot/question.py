"""Question (as typed) -> Query (for retrieval)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from chatbot.errors import QuestionError
from chatbot.language.detection import Detected, detect
from chatbot.language.folding import fold
from chatbot.language.respelling import Spelling
from chatbot.linear import LinearModel

HISTORY_USED = 5
"""Of the earlier questions the last few count; more may be given."""
LONGEST_FOLLOW_UP = 8
"""Words. A longer question says itself what it is about."""


@dataclass(frozen=True)
class Question:
    """What a person asked. `lang`: the language wanted, or None; `page_lang`: that of the page, which decides when
    the question's own is unclear; `history`: the person's earlier questions, oldest first."""

    text: str
    lang: str | None = None
    history: tuple[str, ...] = ()
    audience: str | None = None
    page_lang: str | None = None


@dataclass(frozen=True)
class Query:
    """`text` is embedded, `folded` is compared by words; a follow-up holds the earlier question too.
    `own` is the folded question alone; `foreign` the code of a language that is not offered, or None. `asked_in`: the
    language of the question where the answer is wanted in another, `lang`; or None."""

    text: str
    folded: str
    own: str
    lang: str
    foreign: str | None = None
    audience: str | None = None
    asked_in: str | None = None


def read_question(question: Question, languages: Sequence[str], longest: int) -> Question:
    """The question, checked, with the last of its history. Raises QuestionError where it is empty, too long, or asks
    for a language not offered."""
    if not any(letter.isprintable() and not letter.isspace() for letter in question.text):
        raise QuestionError("the question is empty", mend="type a question")
    history = question.history[-HISTORY_USED:]
    for text in (question.text, *history):
        if len(text) > longest:
            raise QuestionError(f"the question is longer than {longest} characters", mend="ask in fewer words")
    for lang in (question.lang, question.page_lang):
        if lang is not None and lang not in languages:
            raise QuestionError(
                f"the language {lang!r} is not offered", mend=f"use one of {', '.join(languages)}, or none"
            )
    return replace(question, history=history)


def make_query(
    question: Question, model: LinearModel | None, languages: Sequence[str], spelling: Spelling | None = None
) -> Query:
    """The query of a checked question; `model` tells its language, `spelling` how its words are usually
    spelled, or None where they are embedded as typed."""
    earlier = question.history[-1] if question.history else None
    expected = question.lang or question.page_lang
    before, before_folded = "", ""
    if earlier is not None:
        detected = detect(earlier, model, languages, expected)
        expected = detected.lang
        before, before_folded = _spelled(earlier, detected, spelling)
    detected = detect(question.text, model, languages, expected)
    text, own = _spelled(question.text, detected, spelling)
    folded = own
    if earlier is not None and is_follow_up(own):
        text, folded = f"{before} {text}", f"{before_folded} {own}"
    lang = question.lang or detected.lang
    asked_in = detected.lang if detected.lang != lang else None
    return Query(text, folded, own, lang, detected.foreign, question.audience, asked_in)


def _spelled(text: str, detected: Detected, spelling: Spelling | None) -> tuple[str, str]:
    """What to embed, and what to compare by words."""
    if detected.foreign or spelling is None:
        return text, fold(text)
    mended = spelling.mended(text, detected.lang)
    return spelling.respell(mended, detected.lang), fold(mended)


def is_follow_up(folded: str) -> bool:
    """Whether the question leans on the one before: it is short, and begins or speaks as follow-ups do."""
    asked = folded.split()
    if len(asked) > LONGEST_FOLLOW_UP:
        return False
    marks = follow_up_marks()
    padded = f" {folded} "
    return (
        len(asked) <= 2
        or any(padded.startswith(f" {mark} ") for mark in marks["starts"])
        or any(f" {mark} " in padded for mark in marks["inside"])
    )


@cache
def follow_up_marks() -> Mapping[str, tuple[str, ...]]:
    """The folded words with which follow-ups start, and those that stand inside them."""
    data = json.loads(files("chatbot.language").joinpath("tables/follow_ups.json").read_text("utf-8"))
    return {
        place: tuple(fold(mark) for listed in by_lang.values() for mark in listed) for place, by_lang in data.items()
    }
