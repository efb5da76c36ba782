"""The rims under load: who is shed gets a problem or a page at once, danger gets its steps, and all is counted."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot.answer import Answer
from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.web import create_app
from chatbot.web.contract import AnswerBody
from chatbot.web.problems import PROBLEM_TYPE, Problem

CALM = "Mina necə görünür?"
DANGER = {"az": "Mina tapdım, nə edim?", "ru": "Я нашёл мину, что делать?", "en": "I found a mine, what do I do?"}


@dataclass(frozen=True)
class HeldEngine(Engine):
    """An engine whose answers wait to be let go."""

    free: Event | None = None

    def ask(self, question: Question) -> Answer:
        assert self.free is not None
        assert self.free.wait(20)
        return super().ask(question)


@pytest.fixture
def full(engine: Engine) -> Iterator[Flask]:
    """An application that has no room left."""
    settings = replace(engine.settings, questions_at_work=1, questions_waiting=1)
    free = Event()
    app = create_app(settings, HeldEngine(settings, engine.parts, engine.version, engine.folder, free=free))
    inside = app.extensions["chatbot_asking"].places
    with ThreadPoolExecutor(2) as pool:
        for text in ("mina 1", "mina 2"):
            pool.submit(app.test_client().post, "/api/v1/ask", json={"question": text})
        while inside.inside < 2:
            time.sleep(0.01)
        yield app
        free.set()
    assert inside.inside == 0


def test_program_is_told_when_to_come_back(full: Flask) -> None:
    response = full.test_client().post("/api/v1/ask", json={"question": CALM})
    assert (response.status_code, response.content_type) == (503, PROBLEM_TYPE)
    assert int(response.headers["Retry-After"]) > 0
    assert "too many" in Problem.model_validate(response.json).detail


def test_refusal_comes_within_50_ms(full: Flask) -> None:
    client, took = full.test_client(), []
    for number in range(21):
        begun = time.perf_counter()
        assert client.post("/api/v1/ask", json={"question": f"{CALM} {number}"}).status_code == 503
        took.append(time.perf_counter() - begun)
    assert sorted(took)[10] < 0.05


@pytest.mark.parametrize(("lang", "words"), [("az", "çox sual"), ("ru", "слишком много"), ("en", "Too many")])
def test_reader_gets_a_page_in_their_language(full: Flask, lang: str, words: str) -> None:
    response = full.test_client().post(f"/{lang}/", data={"question": CALM})
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert words in response.text
    assert 'href="tel:112"' in response.text


@pytest.mark.parametrize("lang", DANGER)
def test_danger_is_answered_when_there_is_no_room(full: Flask, lang: str) -> None:
    client = full.test_client()
    answer = AnswerBody.model_validate(client.post("/api/v1/ask", json={"question": DANGER[lang], "lang": lang}).json)
    assert (answer.kind, answer.lang) == ("emergency", lang)
    assert answer.quotes
    assert answer.actions[0].href == "tel:112"
    page = client.post(f"/{lang}/", data={"question": DANGER[lang], "history": ["mina 3", "mina 4"]})
    assert page.status_code == 200
    assert "emergency" in page.text


def test_empty_question_is_refused_as_such_when_there_is_no_room(full: Flask) -> None:
    assert full.test_client().post("/api/v1/ask", json={"question": " "}).status_code == 422


def test_load_is_counted(full: Flask) -> None:
    client = full.test_client()
    client.post("/api/v1/ask", json={"question": CALM})
    client.post("/api/v1/ask", json={"question": DANGER["az"]})
    metrics = client.get("/metrics").text
    for line in ('asking_total{outcome="shed"} 1.0', 'asking_total{outcome="urgent"} 1.0', "asking_inside 2.0"):
        assert f"chatbot_{line}" in metrics
    assert 'chatbot_questions_total{kind="emergency",lang="az"} 1.0' in metrics


def test_same_question_twice_is_counted_twice_with_an_id_each(engine: Engine) -> None:
    client: FlaskClient = create_app(engine.settings, engine).test_client()
    bodies = [client.post("/api/v1/ask", json={"question": CALM}).json or {} for _ in range(2)]
    assert bodies[0].pop("id") != bodies[1].pop("id")
    assert bodies[0] == bodies[1]
    metrics = client.get("/metrics").text
    assert f'chatbot_questions_total{{kind="{bodies[0]["kind"]}",lang="az"}} 2.0' in metrics
    assert 'chatbot_asking_total{outcome="kept"} 1.0' in metrics
    assert 'chatbot_stage_seconds_count{stage="embed"} 1.0' in metrics
