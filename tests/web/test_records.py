"""What a server keeps of questions and readers' words, and that it answers whatever the database does."""

import logging
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot.engine import Engine
from chatbot.records.database import connect, reading
from chatbot.records.store import AnswerCount, OpenQuestion, answer_counts, open_questions
from chatbot.web import create_app

WEATHER = "Sabah hava necə olacaq? Mən Fərid, 050 123 45 67"


def keeping_app(engine: Engine, database: str) -> Flask:
    settings = replace(engine.settings, database=database)
    return create_app(settings, replace(engine, settings=settings))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@pytest.fixture
def keeping(engine: Engine, path: Path) -> Iterator[FlaskClient]:
    client = keeping_app(engine, str(path)).test_client()
    yield client
    flush(client)


def flush(client: FlaskClient) -> None:
    assert client.application.extensions["chatbot_recorder"].flush()


def kept(client: FlaskClient, path: Path) -> tuple[list[AnswerCount], list[OpenQuestion]]:
    flush(client)
    with reading(connect(f"sqlite:///{path}")) as connection:
        return answer_counts(connection, date.min), open_questions(connection, date.min, 99)


def ask(client: FlaskClient, question: str) -> dict[str, object]:
    found: dict[str, object] = client.post("/api/v1/ask", json={"question": question, "lang": "az"}).json  # type: ignore[assignment]
    return found


def test_unanswered_question_lies_in_the_file_without_its_person(keeping: FlaskClient, path: Path) -> None:
    assert ask(keeping, WEATHER)["kind"] == "no_answer"
    counts, questions = kept(keeping, path)
    assert [(each.kind, each.lang, each.number) for each in counts] == [("no_answer", "az", 1)]
    assert [each.text.startswith("Sabah hava necə olacaq?") for each in questions] == [True]
    stored = b"".join(each.read_bytes() for each in path.parent.iterdir())
    for secret in ("Fərid", "050", "45 67", "127.0.0.1"):
        assert secret.encode() not in stored


def test_no_to_an_answer_brings_the_question(keeping: FlaskClient, path: Path) -> None:
    answer = ask(keeping, "Mina necə görünür?")
    body = {"id": answer["id"], "helpful": False, "comment": "şəkil yoxdur, zəng edin 0501234567"}
    assert keeping.post("/api/v1/feedback", json=body).status_code == 204
    assert keeping.post("/api/v1/feedback", json=body).status_code == 204
    counts, questions = kept(keeping, path)
    assert [(each.number, each.helpful, each.unhelpful) for each in counts] == [(1, 0, 1)]
    assert [(each.cause, each.text) for each in questions] == [("unhelpful", "Mina necə görünür?")]
    assert "050" not in questions[0].comment


def test_page_without_script_tells_once(keeping: FlaskClient, path: Path) -> None:
    html = keeping.post("/az/", data={"question": "Mina necə görünür?"}).text
    signed = re.search(r'name="id" value="([\w.-]+)"', html)
    assert signed is not None
    for _ in range(2):
        said = {"question": "Mina necə görünür?", "helpful": "no", "id": signed[1]}
        assert "Təşəkkür edirik" in keeping.post("/az/", data=said).text
    counts, questions = kept(keeping, path)
    assert [(each.number, each.unhelpful) for each in counts] == [(1, 1)]
    assert len(questions) == 1


def test_emergency_is_counted_without_a_word(keeping: FlaskClient, path: Path) -> None:
    answer = ask(keeping, "Mina tapdım, nə edim?")
    keeping.post("/api/v1/feedback", json={"id": answer["id"], "helpful": False, "comment": "tez gəlin"})
    counts, questions = kept(keeping, path)
    assert [(each.kind, each.number, each.unhelpful) for each in counts] == [("emergency", 1, 1)]
    assert questions == []


def test_about_page_says_what_is_kept(keeping: FlaskClient, client: FlaskClient) -> None:
    assert "deleted after 90 days" in keeping.get("/en/about").text
    assert "No question is kept." in client.get("/en/about").text


@pytest.mark.parametrize("wrong", ["folder", "damaged", "locked", "absent"])
def test_answers_go_on_whatever_the_database_does(
    engine: Engine, path: Path, wrong: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.records.database.BUSY_SECONDS", 0.2)
    database, other = str(path), None
    if wrong == "folder":
        path.mkdir()
    elif wrong == "damaged":
        path.write_bytes(b"no database " * 99)
    elif wrong == "locked":
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
    else:
        database = f"postgresql://user:geheim@/name?host={path}"
    with caplog.at_level(logging.ERROR):
        client = keeping_app(engine, database).test_client()
        answers = [ask(client, WEATHER), ask(client, "Mina tapdım, nə edim?")]
        said = client.post("/api/v1/feedback", json={"id": answers[0]["id"], "helpful": False})
        flush(client)
    if other is not None:
        other.close()
    assert [answer["kind"] for answer in answers] == ["no_answer", "emergency"]
    assert said.status_code == 204
    assert client.get("/readyz").status_code == 200
    assert 'chatbot_records_total{outcome="lost"} 3.0' in client.get("/metrics").text
    assert len([line for line in caplog.messages if "not kept" in line]) == 1
    assert "geheim" not in caplog.text
    assert "Sabah" not in caplog.text


def test_file_deleted_under_a_server_is_made_anew(keeping: FlaskClient, path: Path) -> None:
    ask(keeping, WEATHER)
    flush(keeping)
    for each in path.parent.iterdir():
        each.unlink()
    assert ask(keeping, WEATHER)["kind"] == "no_answer"
    counts, _ = kept(keeping, path)
    assert [each.number for each in counts] == [1]
