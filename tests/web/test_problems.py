"""Errors: a problem document for programs, a page in the reader's language for people, and no question in the log."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from chatbot.answer import Answer, Parts
from chatbot.engine import Engine
from chatbot.errors import IndexUnusableError
from chatbot.question import Question
from chatbot.settings import Settings
from chatbot.web import create_app
from chatbot.web.problems import PROBLEM_TYPE, Problem


def _unexpected(text: str) -> NoReturn:
    raise RuntimeError(text)


def _unusable(_: str) -> NoReturn:
    raise IndexUnusableError("the index is broken", mend="run `chatbot build`")


@dataclass(frozen=True)
class FailingEngine(Engine):
    """An engine that fails on every question."""

    fail: Callable[[str], Answer] = _unexpected

    def ask(self, question: Question) -> Answer:
        return self.fail(question.text)


def failing_client(engine: Engine, fail: Callable[[str], Answer]) -> FlaskClient:
    parts: Parts = engine.parts
    settings: Settings = engine.settings
    return create_app(settings, FailingEngine(settings, parts, "0", engine.folder, fail=fail)).test_client()


@pytest.mark.parametrize("fail", [_unexpected, _unusable])
def test_failing_engine_is_not_ready(engine: Engine, fail: Callable[[str], Answer]) -> None:
    client = failing_client(engine, fail)
    response = client.get("/readyz")
    assert (response.status_code, response.content_type) == (503, PROBLEM_TYPE)
    assert int(response.headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == 200


def test_readiness_is_tried_once_a_second_at_most(engine: Engine) -> None:
    asked: list[str] = []

    def answer(text: str) -> Answer:
        asked.append(text)
        return engine.ask(Question(text))

    client = failing_client(engine, answer)
    begun = time.monotonic()
    assert {client.get("/readyz").status_code for _ in range(20)} == {200}
    assert 1 <= len(asked) <= 1 + (time.monotonic() - begun)


def test_unusable_index_is_503(engine: Engine) -> None:
    response = failing_client(engine, _unusable).post("/api/v1/ask", json={"question": "mina"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert Problem.model_validate(response.json).title == "Service Unavailable"


def test_unexpected_error_keeps_the_question_secret(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    client = failing_client(engine, _unexpected)
    with caplog.at_level(logging.DEBUG):
        response = client.post("/api/v1/ask", json={"question": "sirrimiz"})
        page = client.post("/ru/", data={"question": "sirrimiz"})
    assert (response.status_code, response.content_type) == (500, PROBLEM_TYPE)
    assert "sirrimiz" not in response.text + page.text + caplog.text
    assert "RuntimeError at" in caplog.text
    assert page.status_code == 500
    assert "У нас произошел сбой" in page.text
    assert 'href="tel:112"' in page.text


def test_error_page_speaks_the_pages_language(client: FlaskClient) -> None:
    assert "Belə səhifə yoxdur" in client.get("/az/none").text
    assert "Такой страницы нет" in client.get("/documents/ru/none").text
    assert "This page is not here" in client.get("/xx/", headers={"Accept-Language": "en-GB"}).text


def test_programs_get_a_problem_document(client: FlaskClient) -> None:
    response = client.get("/az/none", headers={"Accept": "application/json"})
    assert response.content_type == PROBLEM_TYPE
    assert Problem.model_validate(response.json).status == 404


def test_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.get("/api/v1/ask")
    assert (response.status_code, response.content_type) == (405, PROBLEM_TYPE)
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics", "/openapi.json"])
def test_what_is_only_read_takes_no_other_method(client: FlaskClient, address: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        response = client.open(address, method=method)
        assert (response.status_code, response.content_type) == (405, PROBLEM_TYPE)
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_too_large_a_form_gets_a_page(client: FlaskClient) -> None:
    response = client.post("/az/", data={"question": "m" * 200_000})
    assert response.status_code == 413
    assert "Mətn çox uzundur" in response.text
