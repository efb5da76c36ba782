"""The access log: a line a request, with nothing of what was asked and nobody's address."""

import logging

import pytest
from flask.testing import FlaskClient

SECRET = "sirrimiz"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    names = ("method", "route", "status", "bytes")
    found = [each for each in caplog.records if each.name == "chatbot.web.access_log"]
    assert all(each.getMessage() == "request" and each.ms >= 0 for each in found)
    return [{name: getattr(each, name) for name in names} for each in found]


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        (f"/az/?question={SECRET}", "/<language:lang>/", 200),
        (f"/documents/az/{SECRET}", "/documents/<lang>/<document_id>", 404),
        (f"/{SECRET}/x/y/z?question={SECRET}", None, 404),
    ],
)
def test_address_is_logged_as_its_template(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, path: str, route: str | None, status: int
) -> None:
    with caplog.at_level(logging.INFO, "chatbot"):
        response = client.get(path, environ_overrides={"REMOTE_ADDR": "192.0.2.77"})
    assert lines(caplog) == [
        {"method": "GET", "route": route, "status": status, "bytes": int(response.headers["Content-Length"])}
    ]
    told = " ".join(str(vars(each)) for each in caplog.records)
    assert SECRET not in told
    assert "192.0.2.77" not in told


def test_question_of_a_program_is_not_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "chatbot"):
        client.post("/api/v1/ask", json={"question": SECRET, "lang": "az", "history": [SECRET]})
    assert [(each["route"], each["status"]) for each in lines(caplog)] == [("/api/v1/ask", 200)]
    assert SECRET not in " ".join(str(vars(each)) for each in caplog.records)


def test_made_up_method_is_not_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "chatbot"):
        client.open("/az/", method=SECRET.upper())
    assert [each["method"] for each in lines(caplog)] == ["other"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_machines_ask_is_logged_for_those_who_want_all(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.INFO, "chatbot"):
        client.get(path)
    assert lines(caplog) == []
    with caplog.at_level(logging.DEBUG, "chatbot"):
        client.get(path)
    assert [each["route"] for each in lines(caplog)] == [path]


def test_requests_are_counted_by_status(client: FlaskClient) -> None:
    client.get("/az/none/at/all")
    assert 'chatbot_requests_total{status="404"}' in client.get("/metrics").text
