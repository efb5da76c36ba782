"""Many who ask at once: one works out what several want, few wait, the rest is told at once, and danger is answered."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from desk import Desk
from waiting import until

from chatbot.answer import Answer
from chatbot.asking import Asking
from chatbot.errors import OverloadedError
from chatbot.question import Question

FOUND = "we found a mine, what do we do?"
AT_ONCE = 0.05


def fill(desk: Desk, asking: Asking, pool: ThreadPoolExecutor, texts: list[str]) -> list[Future[Answer]]:
    """The questions, asked one after another while the model is held."""
    desk.model.free.clear()
    started = []
    for text in texts:
        before = asking.places.inside
        started.append(pool.submit(asking.ask, desk.engine, Question(text)))
        until(lambda before=before: asking.places.inside == before + 1)
    return started


def test_same_question_at_the_same_time_is_embedded_once(desk: Desk) -> None:
    asking = desk.asking()
    with ThreadPoolExecutor() as pool:
        started = fill(desk, asking, pool, ["the colour of mines"] * 4)
        desk.model.free.set()
        answers = [each.result(10) for each in started]
    assert desk.model.asked == ["the colour of mines"]
    assert sorted(desk.outcomes) == ["shared", "shared", "shared", "worked"]
    assert len({answer.id for answer in answers}) == 4
    assert len({answer.quotes for answer in answers}) == 1
    assert [bool(answer.trace.milliseconds) for answer in answers].count(True) == 1


def test_failure_reaches_all_who_share_it_and_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = desk.asking()

    def fail(*_: object) -> None:
        assert desk.model.free.wait(10)
        raise RuntimeError("broken")

    monkeypatch.setattr("chatbot.engine.answer", fail)
    with ThreadPoolExecutor() as pool:
        started = fill(desk, asking, pool, ["the colour of mines"] * 3)
        desk.model.free.set()
        for each in started:
            with pytest.raises(RuntimeError):
                each.result(10)
    monkeypatch.undo()
    assert asking.ask(desk.engine, Question("the colour of mines")).lang == "en"
    assert asking.places.inside == 0


def test_first_come_is_first_served(desk: Desk) -> None:
    asking = desk.asking(at_work=1)
    texts = [f"mine {number}" for number in range(5)]
    with ThreadPoolExecutor() as pool:
        started = fill(desk, asking, pool, texts)
        desk.model.free.set()
        for each in started:
            each.result(10)
    assert desk.model.asked == texts


def test_who_finds_no_room_is_told_at_once(desk: Desk) -> None:
    asking = desk.asking(at_work=1, waiting=2)
    with ThreadPoolExecutor() as pool:
        started = fill(desk, asking, pool, ["mine 1", "mine 2", "mine 3"])
        took = []
        for number in range(9):
            begun = time.perf_counter()
            with pytest.raises(OverloadedError):
                asking.ask(desk.engine, Question(f"river {number}"))
            took.append(time.perf_counter() - begun)
        desk.model.free.set()
        assert {each.result(10).lang for each in started} == {"en"}
    assert sorted(took)[len(took) // 2] < AT_ONCE
    assert desk.outcomes.count("shed") == 9
    assert asking.ask(desk.engine, Question("river 1"))


def test_sharers_take_room_too(desk: Desk) -> None:
    asking = desk.asking(at_work=1, waiting=2)
    with ThreadPoolExecutor() as pool:
        started = fill(desk, asking, pool, ["the colour of mines"] * 3)
        with pytest.raises(OverloadedError):
            asking.ask(desk.engine, Question("the colour of mines"))
        desk.model.free.set()
        for each in started:
            each.result(10)


def test_emergency_is_answered_whole_when_there_is_no_room(desk: Desk) -> None:
    asking = desk.asking(at_work=1, waiting=1)
    with ThreadPoolExecutor() as pool:
        started = fill(desk, asking, pool, ["the colour of mines", "river"])
        begun = time.perf_counter()
        answer = asking.ask(desk.engine, Question(FOUND))
        assert time.perf_counter() - begun < 10 * AT_ONCE
        desk.model.free.set()
        for each in started:
            each.result(10)
    assert answer.kind == "emergency"
    assert [action.href for action in answer.actions] == ["tel:112", "tel:102"]
    assert "Stop. Do not touch it." in answer.quotes[0].text
    assert "urgent" in desk.outcomes
    assert FOUND not in desk.model.asked


def test_kept_answer_needs_no_room(desk: Desk) -> None:
    asking = desk.asking(at_work=1, waiting=1)
    asking.ask(desk.engine, Question("the colour of mines"))
    with ThreadPoolExecutor() as pool:
        started = fill(desk, asking, pool, ["river", "flood"])
        assert asking.ask(desk.engine, Question("the colour of mines")).lang == "en"
        desk.model.free.set()
        for each in started:
            each.result(10)


def test_nobody_waits_longer_than_the_patience(desk: Desk) -> None:
    asking = desk.asking(at_work=1, patience=0.1)
    with ThreadPoolExecutor() as pool:
        at_work = fill(desk, asking, pool, ["mine 1"])[0]
        for text in ("mine 2", "mine 1"):  # one waits for a place, one for the same question
            with pytest.raises(OverloadedError):
                asking.ask(desk.engine, Question(text))
        assert asking.ask(desk.engine, Question(FOUND)).kind == "emergency"
        desk.model.free.set()
        assert at_work.result(10).lang == "en"
    assert asking.ask(desk.engine, Question("mine 2")).lang == "en"
