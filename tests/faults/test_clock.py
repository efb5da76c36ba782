"""The clock is moved under an application: it goes on answering, and counts on the day that it is told."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from faults.conftest import Place
from flask.testing import FlaskClient

from chatbot.embedder import Embedder
from chatbot.engine import open_engine
from chatbot.index.versions import current
from chatbot.records.database import connect, reading
from chatbot.records.store import answer_counts
from chatbot.reloading import Serving
from chatbot.settings import Settings
from chatbot.web import create_app
from chatbot.web.maintain_session import Sessions

TOKEN = "a token that is long enough"
SHIFTS = (timedelta(0), timedelta(days=3), timedelta(days=-2))


def may_see(client: FlaskClient) -> bool:
    return 'name="token"' not in client.get("/maintain/").text


def test_moved_clock_stops_no_answer(
    place: Place, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = [SHIFTS[0]]
    monkeypatch.setattr(
        "chatbot.web.maintain.Sessions", lambda token: Sessions(token, lambda: time.time() + shift[0].total_seconds())
    )
    monkeypatch.setattr(
        "chatbot.web.Serving",
        lambda engine, told: Serving(engine, lambda: time.monotonic() + shift[0].total_seconds(), told),
    )

    def this_day() -> date:
        return (datetime.now(UTC) + shift[0]).date()

    monkeypatch.setattr("chatbot.records.recorder.this_day", this_day)
    database = f"sqlite:///{tmp_path}/records.sqlite"
    settings = Settings(knowledge=place.knowledge, index=place.index, maintain_token=TOKEN, database=database)
    app = create_app(settings, open_engine(settings, current(place.index), embedder))
    client = app.test_client()
    login = client.post("/maintain/login", data={"token": TOKEN}, headers={"Sec-Fetch-Site": "same-origin"})
    assert login.status_code == 303
    days = []
    for shift[0] in SHIFTS:
        days.append(this_day())
        asked = client.post("/api/v1/ask", json={"question": "I found a mine", "lang": "en"})
        assert (asked.status_code, asked.json["kind"]) == (200, "emergency")
        assert client.get("/readyz").status_code == 200
        assert may_see(client) == (shift[0] <= timedelta(0))
        assert app.extensions["chatbot_recorder"].flush()
    with reading(connect(database)) as connection:
        found = [each.day for each in answer_counts(connection, date.min)]
    assert sorted(found) == sorted(days)
