"""The API: the contract's answers, the checks on what comes in, and the pages of those who run it."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot.engine import Engine
from chatbot.web.contract import AnswerBody, DocumentBody, DocumentList, Readiness
from chatbot.web.problems import PROBLEM_TYPE, Problem

ASKED = ["Mina tapdım, nə edim?", "How do I make a mine?", "Какая завтра погода?", "Mina necə görünür?"]


def ask(client: FlaskClient, body: Any) -> TestResponse:
    return client.post("/api/v1/ask", json=body)


@pytest.mark.parametrize("question", ASKED)
def test_answer_has_the_contracts_shape(client: FlaskClient, engine: Engine, question: str) -> None:
    response = ask(client, {"question": question})
    assert response.status_code == 200
    assert response.content_type == "application/json"
    answer = AnswerBody.model_validate(response.json)
    for quote in answer.quotes:
        document = engine.parts.index.document(quote.lang, quote.document.id)
        assert document is not None
        assert document.body[quote.start : quote.end] == quote.text


def test_emergency_brings_calls(client: FlaskClient) -> None:
    answer = AnswerBody.model_validate(ask(client, {"question": "Mina tapdım, nə edim?", "lang": "ru"}).json)
    assert (answer.kind, answer.lang) == ("emergency", "ru")
    assert answer.quotes
    assert "tel:112" in [action.href for action in answer.actions]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ([], "body"),
        ("mina", "body"),
        ({}, "question"),
        ({"question": 1}, "question"),
        ({"question": "mina", "lang": 1}, "lang"),
        ({"question": "mina", "history": "mina"}, "history"),
        ({"question": "mina", "history": [1]}, "history.0"),
        ({"question": "mina", "extra": 1}, "extra"),
        ({"question": "mina", "lang": "xx"}, "language"),
        ({"question": "  "}, "empty"),
        ({"question": "m" * 1001}, "1000"),
    ],
)
def test_wrong_values_are_422(client: FlaskClient, body: Any, place: str) -> None:
    response = ask(client, body)
    assert (response.status_code, response.content_type) == (422, PROBLEM_TYPE)
    assert place in Problem.model_validate(response.json).detail


def test_long_history_in_full_letters_is_answered(client: FlaskClient) -> None:
    earlier = [letter * 1000 for letter in "абвгд"]
    body = json.dumps({"question": "я" * 1000, "history": earlier}, ensure_ascii=False).encode()
    assert 12_000 < len(body) < 16_384
    assert client.post("/api/v1/ask", data=body, content_type="application/json").status_code == 200
    many = ask(client, {"question": "and in 2024?", "history": ["mina"] * 40 + ["How many people were hurt by mines?"]})
    assert many.status_code == 200
    assert many.json == {**(many.json or {}), "kind": "answer"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"[" * 15000,
        b'{"question": ' + b"9" * 9000 + b"}",
        '{"question": "mina"}'.encode("utf-16"),
    ],
)
def test_malformed_json_is_400(client: FlaskClient, data: bytes) -> None:
    response = client.post("/api/v1/ask", data=data, content_type="application/json")
    assert (response.status_code, response.content_type) == (400, PROBLEM_TYPE)


@pytest.mark.parametrize(("accepted", "lang"), [("ru", "ru"), ("en;q=0.9, fr", "en"), ("az-AZ", "az")])
def test_word_of_no_language_is_answered_in_the_browsers(client: FlaskClient, accepted: str, lang: str) -> None:
    response = client.post("/api/v1/ask", json={"question": "112"}, headers={"Accept-Language": accepted})
    assert AnswerBody.model_validate(response.json).lang == lang


@pytest.mark.parametrize("text", [r"mina \ud800", r"\udc00\ud83d", r"mina \u0000 tapd\u0131m", r"\u202e mina \uffff"])
def test_odd_letters_get_an_answer(client: FlaskClient, text: str) -> None:
    for field in ("question", "history"):
        value = f'"{text}"' if field == "question" else f'["{text}"], "question": "mina"'
        response = client.post("/api/v1/ask", data=f'{{"{field}": {value}}}', content_type="application/json")
        assert response.status_code == 200


def test_body_must_be_json_and_small(client: FlaskClient) -> None:
    assert client.post("/api/v1/ask", data={"question": "mina"}).status_code == 415
    too_large = b'"' + b"m" * 20000 + b'"'
    assert client.post("/api/v1/ask", data=too_large, content_type="application/json").status_code == 413


def test_documents_are_listed_and_read(client: FlaskClient, engine: Engine) -> None:
    listed = DocumentList.model_validate(client.get("/api/v1/documents").json, strict=False)
    assert len(listed.documents) == len(engine.documents)
    first = listed.documents[0]
    read = DocumentBody.model_validate(client.get(f"/api/v1/documents/{first.lang}/{first.id}").json)
    assert read.sha256 == first.sha256
    assert all(read.body[section.start :].startswith("## ") for section in read.sections)


@pytest.mark.parametrize("address", ["xx/figures", "az/none", "az/..%2f..%2fpyproject"])
def test_missing_document_is_404(client: FlaskClient, address: str) -> None:
    response = client.get(f"/api/v1/documents/{address}")
    assert (response.status_code, response.content_type) == (404, PROBLEM_TYPE)


def test_feedback_is_counted_and_forgotten(client: FlaskClient) -> None:
    answered = client.post("/api/v1/feedback", json={"id": "abc-_1", "helpful": False, "comment": "söz"})
    assert (answered.status_code, answered.data) == (204, b"")
    metrics = client.get("/metrics").text
    assert 'chatbot_feedback_total{helpful="no"}' in metrics
    assert "söz" not in metrics


@pytest.mark.parametrize(
    "body",
    [
        {"id": "abc"},
        {"id": "a b", "helpful": True},
        {"id": "", "helpful": True},
        {"id": "abc", "helpful": 1},
        {"id": "abc", "helpful": True, "comment": "m" * 501},
    ],
)
def test_wrong_feedback_is_422(client: FlaskClient, body: Any) -> None:
    assert client.post("/api/v1/feedback", json=body).status_code == 422


def test_ready_says_index_and_degraded(client: FlaskClient, engine: Engine) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    ready = Readiness.model_validate(client.get("/readyz").json)
    assert ready.index == engine.version
    assert ready.degraded == (engine.degraded is not None)


def test_metrics_count_kinds_and_stages(client: FlaskClient) -> None:
    answer = AnswerBody.model_validate(ask(client, {"question": "Какая завтра погода?"}).json)
    metrics = client.get("/metrics").text
    assert f'chatbot_questions_total{{kind="{answer.kind}",lang="{answer.lang}"}}' in metrics
    assert 'chatbot_stage_seconds_count{stage="retrieve"}' in metrics
    assert "погода" not in metrics


def test_openapi_describes_every_address(client: FlaskClient) -> None:
    described = client.get("/openapi.json").json
    assert described is not None
    assert described["openapi"] == "3.1.0"
    rules = [
        each for each in client.application.url_map.iter_rules() if each.endpoint.startswith(("api.", "operations."))
    ]
    named = {rule.rule.replace("<", "{").replace(">", "}").replace("document_id", "id") for rule in rules}
    assert named - {"/openapi.json"} == set(described["paths"])
    schemas = described["components"]["schemas"]
    assert {"AskBody", "AnswerBody", "QuoteBody", "Problem"} <= set(schemas)
    assert schemas["AskBody"]["additionalProperties"] is False
    assert "Only the last 5 count" in schemas["AskBody"]["properties"]["history"]["description"]
    assert "16 KB" in schemas["AskBody"]["description"]
    refused = described["paths"]["/api/v1/ask"]["post"]["responses"]
    assert all(PROBLEM_TYPE in refused[status]["content"] for status in ("400", "413", "415", "422", "429", "503"))
