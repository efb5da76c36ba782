"""Answers that are kept: the same as when they are worked out, with an id of their own, and without the question."""

from dataclasses import replace

import pytest
from desk import Desk
from fakes import failing_embedder

from chatbot.asking import KeptAnswers
from chatbot.asking.kept import normal
from chatbot.engine import Engine
from chatbot.errors import QuestionError
from chatbot.question import HISTORY_USED, Question
from chatbot.schema import answer_json

FOUND = Question("we found a mine here")


def told(answer: object) -> dict[str, object]:
    return {name: value for name, value in answer_json(answer).items() if name != "id"}  # type: ignore[arg-type]


def test_same_question_is_worked_out_once(desk: Desk) -> None:
    asking = desk.asking()
    first, second = asking.ask(desk.engine, FOUND), asking.ask(desk.engine, FOUND)
    assert desk.outcomes == ["worked", "kept"]
    assert len(desk.model.asked) == 1
    assert told(first) == told(second) == told(desk.engine.ask(FOUND))
    assert first.id != second.id


@pytest.mark.parametrize("text", ["  we found   a mine here ", "we\nfound a\tmine here"])
def test_blanks_make_no_other_question(desk: Desk, text: str) -> None:
    asking = desk.asking()
    asking.ask(desk.engine, FOUND)
    asking.ask(desk.engine, Question(text))
    assert desk.outcomes == ["worked", "kept"]


def test_composed_letters_make_no_other_question() -> None:
    assert normal(Question("u\u0308"), 10) == normal(Question("\u00fc"), 10)


@pytest.mark.parametrize(
    "other",
    [
        Question("we found a Mine here"),
        Question("we found a\x1cmine here"),
        replace(FOUND, lang="en"),
        replace(FOUND, page_lang="en"),
        replace(FOUND, audience="parents"),
        replace(FOUND, history=("mine colour",)),
    ],
)
def test_whatever_the_answer_may_depend_on_is_another_question(desk: Desk, other: Question) -> None:
    asking = desk.asking()
    asking.ask(desk.engine, FOUND)
    asking.ask(desk.engine, other)
    assert desk.outcomes == ["worked", "worked"]


def test_history_that_does_not_count_makes_no_other_question(desk: Desk) -> None:
    asking = desk.asking()
    counts = tuple(f"mine {number}" for number in range(HISTORY_USED))
    asking.ask(desk.engine, replace(FOUND, history=("river", *counts)))
    asking.ask(desk.engine, replace(FOUND, history=counts))
    assert desk.outcomes == ["worked", "kept"]


def test_other_index_version_forgets_the_answers(desk: Desk, other_version: Engine) -> None:
    asking = desk.asking()
    for engine in (desk.engine, other_version, other_version, desk.engine):
        asking.ask(engine, FOUND)
    assert desk.outcomes == ["worked", "worked", "kept", "worked"]


def test_only_the_latest_are_kept(desk: Desk) -> None:
    asking = desk.asking(kept=2)
    for text in ("mine", "river", "mine", "flood", "mine", "river"):
        asking.ask(desk.engine, Question(text))
    assert desk.outcomes == ["worked", "worked", "kept", "worked", "kept", "worked"]


def test_nothing_is_kept_where_nothing_may_be(desk: Desk) -> None:
    asking = desk.asking(kept=0)
    asking.ask(desk.engine, FOUND)
    asking.ask(desk.engine, FOUND)
    assert desk.outcomes == ["worked", "worked"]


def test_memory_holds_no_question(desk: Desk) -> None:
    kept = KeptAnswers(10)
    asked = Question("I found a mine near Qarayusifli", history=("who am I",))
    kept.keep(desk.engine, kept.key(desk.engine, asked), desk.engine.ask(asked))
    held = repr(vars(kept))
    assert "Stop. Do not touch it." in held
    assert "qarayusifli" not in held.lower()
    assert "who am I" not in held


def test_answer_of_a_failing_model_is_not_kept(desk: Desk) -> None:
    failing = replace(desk.engine, parts=replace(desk.engine.parts, embedder=failing_embedder()))
    asking = desk.asking()
    asking.ask(failing, FOUND)
    asking.ask(failing, FOUND)
    assert desk.outcomes == ["worked", "worked"]


def test_answer_of_words_alone_is_kept_where_there_is_no_model(desk: Desk) -> None:
    words = replace(desk.engine, parts=replace(desk.engine.parts, embedder=None))
    asking = desk.asking()
    asking.ask(words, FOUND)
    asking.ask(words, FOUND)
    assert desk.outcomes == ["worked", "kept"]


@pytest.mark.parametrize("text", ["m" * 1001, " " * 1001, "   ", "mine" + " " * 1000])
def test_what_is_no_question_is_refused_as_ever(desk: Desk, text: str) -> None:
    asking = desk.asking()
    for _ in range(2):
        with pytest.raises(QuestionError):
            asking.ask(desk.engine, Question(text))
    assert desk.outcomes == []
    assert asking.places.inside == 0


def test_letters_that_grow_when_composed_are_left_as_they_are(desk: Desk) -> None:
    text = "\u0958" * 1000  # each is two letters when composed
    assert desk.asking().ask(desk.engine, Question(text)).lang == "en"
