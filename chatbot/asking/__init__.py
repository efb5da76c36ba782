"""Asking on behalf of many at once: an answer is kept, worked out once for all who want it now, or soon refused.

Whoever can't be answered soon is told so at once. An emergency is answered even then, by its words alone.
"""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from dataclasses import replace
from threading import Lock
from typing import Literal

from chatbot.answer import Answer
from chatbot.asking.kept import KeptAnswers, Key, forgotten, normal
from chatbot.asking.places import Places
from chatbot.asking.urgent import urgent_answer
from chatbot.engine import Engine
from chatbot.errors import OverloadedError
from chatbot.question import Question
from chatbot.settings import Settings

Outcome = Literal["worked", "kept", "shared", "shed", "urgent"]
"""An answer was worked out, kept from before, or shared with somebody who asked the same at the same time; the question
was shed; or it was shed but for the emergency that its words name."""

Flight = Future[Answer]


class Asking:
    """Asks an engine for many people at once. `count` is told how each question ended."""

    def __init__(self, places: Places, kept: KeptAnswers, count: Callable[[Outcome], None]) -> None:
        self.places = places
        self._kept = kept
        self._count = count
        self._lock = Lock()
        self._flights: dict[Key, Flight] = {}

    def ask(self, engine: Engine, question: Question) -> Answer:
        """The answer. Raises QuestionError where the question is none, OverloadedError where too many ask."""
        asked = normal(question, engine.settings.max_question_chars)
        key = self._kept.key(engine, asked)
        found = self._kept.get(engine, key)
        if found is not None:
            self._count("kept")
            return found
        try:
            with self.places.room():
                return self._worked_out(engine, asked, key)
        except OverloadedError:
            return self._by_words(engine, asked)

    def _worked_out(self, engine: Engine, asked: Question, key: Key) -> Answer:
        with self._lock:
            flight = self._flights.get(key)
            if flight is None:
                own = self._flights[key] = Flight()
        if flight is not None:
            return self._shared(flight)
        try:
            answer = self._at_a_place(engine, asked)
            self._kept.keep(engine, key, answer)
            own.set_result(answer)
        except BaseException as error:
            own.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._flights[key]
        self._count("worked")
        return answer

    def _at_a_place(self, engine: Engine, asked: Question) -> Answer:
        with self.places.place() as waited:
            answer = engine.ask(asked)
        milliseconds = {"wait": waited * 1000, **answer.trace.milliseconds}
        return replace(answer, trace=replace(answer.trace, milliseconds=milliseconds))

    def _shared(self, flight: Flight) -> Answer:
        try:
            found = forgotten(flight.result(self.places.patience))
        except LateError:
            raise OverloadedError("the same question is still being worked out") from None
        self._count("shared")
        return found

    def _by_words(self, engine: Engine, asked: Question) -> Answer:
        found = urgent_answer(engine, asked)
        self._count("shed" if found is None else "urgent")
        if found is None:
            raise OverloadedError("too many ask now", mend="ask again in some seconds")
        return found


def new_asking(settings: Settings, count: Callable[[Outcome], None], show: Callable[[int], None]) -> Asking:
    """The asking that the settings want. `show` is told how many are at work or wait, whenever that changes."""
    places = Places(settings.at_work, settings.questions_waiting, show=show)
    return Asking(places, KeptAnswers(settings.kept_answers), count)
