"""The recorder: what of an answer and of a reader's word is kept, and that nothing of it can fail an answer."""

import logging
from dataclasses import replace
from datetime import date
from typing import NoReturn

import pytest

from chatbot.answer import Answer
from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.records.recorder import Recorder, new_recorder
from chatbot.records.redaction import MARK, redact
from chatbot.records.store import Event
from chatbot.records.tickets import Tickets
from chatbot.settings import Settings

DAY = date(2027, 3, 10)
KNOWN = frozenset(["mina", "necə", "görünür", "hava", "olacaq", "sabah", "necədir"])


class Kept:
    """Stands where the writer is, and keeps the events."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def put(self, event: Event) -> None:
        self.events.append(event)


def recorder_with(kept: object) -> Recorder:
    return Recorder(Tickets(""), kept, lambda text: redact(text, KNOWN), lambda: DAY)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def answers(engine: Engine) -> dict[str, Answer]:
    asked = ["Mina necə görünür?", "Mina tapdım, nə edim?", "Mina necə düzəldilir?", "Sabah hava necə olacaq?"]
    found = [engine.ask(Question(text, lang="az")) for text in asked]
    return {answer.kind: answer for answer in found}


def test_all_kinds_are_at_hand(answers: dict[str, Answer]) -> None:
    assert set(answers) == {"answer", "emergency", "refusal", "no_answer"}


@pytest.mark.parametrize("kind", ["answer", "emergency", "refusal"])
def test_answered_questions_are_counted_without_their_text(answers: dict[str, Answer], kind: str) -> None:
    kept = Kept()
    recorder_with(kept).answered("Mina necə görünür Fərid?", answers[kind])
    sections = tuple(dict.fromkeys(f"{each.document.id}#{each.section.id}" for each in answers[kind].quotes))
    assert kept.events == [Event(DAY, kind, "az", sections)]


def test_answer_shown_again_is_not_counted_and_a_no_brings_its_question(answers: dict[str, Answer]) -> None:
    kept = Kept()
    recorder = recorder_with(kept)
    shown = [recorder.shown_again("Mina necə görünür?", answers[kind]) for kind in ("answer", "no_answer")]
    assert kept.events == []
    assert [recorder.helped(answer.id, False) for answer in shown] == [True, True]
    assert [(event.kind, event.helpful, event.text) for event in kept.events] == [
        ("answer", False, "Mina necə görünür?"),
        ("no_answer", False, ""),
    ]


def test_question_without_an_answer_is_kept_redacted(answers: dict[str, Answer]) -> None:
    kept = Kept()
    recorder_with(kept).answered("Sabah 5-də Şəkidə hava necədir?", answers["no_answer"])
    assert kept.events == [Event(DAY, "no_answer", "az", cause="off_topic", text=f"Sabah {MARK} hava necədir?")]


def test_unhelpful_answer_brings_question_and_comment_once(answers: dict[str, Answer]) -> None:
    kept = Kept()
    recorder = recorder_with(kept)
    answer = recorder.answered("Mina necə görünür, 0501234567?", answers["answer"])
    assert recorder.helped(answer.id, helpful=False, comment="Mən Anar, necə görünür mina?")
    assert not recorder.helped(answer.id, helpful=False, comment="yenə")
    counted, told = kept.events
    assert (told.helpful, told.cause, told.sections) == (False, "unhelpful", counted.sections)
    assert told.text == f"Mina necə görünür, {MARK}?"
    assert told.comment == f"{MARK}, necə görünür mina?"


@pytest.mark.parametrize(
    ("kind", "helpful"), [("answer", True), ("emergency", False), ("refusal", False), ("no_answer", False)]
)
def test_other_words_are_counted_alone(answers: dict[str, Answer], kind: str, helpful: bool) -> None:
    kept = Kept()
    recorder = recorder_with(kept)
    answer = recorder.answered("Mina necə görünür?", answers[kind])
    assert recorder.helped(answer.id, helpful, "mina necə görünür")
    assert kept.events[-1] == replace(kept.events[0], helpful=helpful, cause="", text="")


def test_word_on_another_processes_answer_is_counted_alone(answers: dict[str, Answer]) -> None:
    kept = Kept()
    one, other = (Recorder(Tickets("k" * 20), kept, lambda text: text, lambda: DAY) for _ in range(2))  # type: ignore[arg-type]
    answer = one.answered("Mina necə görünür?", answers["answer"])
    assert other.helped(answer.id, helpful=False, comment="mina necə görünür")
    assert (kept.events[-1].helpful, kept.events[-1].text) == (False, "")


def test_forged_id_is_not_counted() -> None:
    kept = Kept()
    assert not recorder_with(kept).helped("abc-_1", helpful=True)
    assert kept.events == []


def test_failure_costs_no_answer(answers: dict[str, Answer], caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: str) -> NoReturn:
        raise RuntimeError("gizli sual")

    recorder = Recorder(Tickets(""), Kept(), fail, lambda: DAY)  # type: ignore[arg-type]
    with caplog.at_level(logging.ERROR):
        answer = recorder.answered("gizli sual", answers["no_answer"])
    assert answer.quotes == answers["no_answer"].quotes
    assert caplog.messages == ["an answer is not counted: RuntimeError"]


def test_switched_off_it_keeps_nothing(answers: dict[str, Answer]) -> None:
    recorder = new_recorder(Settings(database="none"), (), lambda outcome, number: None)
    recorder.start()
    answer = recorder.answered("Sabah hava necədir?", answers["no_answer"])
    assert answer.id != answers["no_answer"].id
    assert recorder.helped(answer.id, helpful=False)
    assert recorder.flush()
