"""The computer's clock is moved under a running server: it goes on answering, and counts on the day that it is told."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from faults.conftest import Place
from servers import Server, started

from chatbot.records.database import connect, reading
from chatbot.records.store import answer_counts

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
TOKEN = "a token that is long enough"


def log_in(server: Server) -> str:
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    status, headers, _ = server.request("POST", "/maintain/login", f"token={TOKEN.replace(' ', '+')}", **form)
    assert status == 303
    return headers["set-cookie"].partition(";")[0]


def wait_until_told(server: Server, day: date) -> None:
    """The moved clock is read once a second; the log's lines bear its time."""
    until = time.monotonic() + 30
    while server.logged[-1]["time"][:10] != day.isoformat():
        assert time.monotonic() < until
        time.sleep(0.2)
        server.request("GET", "/az/none")


def may_see(server: Server, cookie: str) -> bool:
    return 'name="token"' not in server.request("GET", "/maintain/", Cookie=cookie)[2]


@pytest.mark.skipif(not LIBRARIES, reason="apt-get install libfaketime")
def test_moved_clock_stops_no_answer(place: Place, tmp_path: Path) -> None:
    moved, database = tmp_path / "moved", f"sqlite:///{tmp_path}/records.sqlite"
    moved.write_text("+0\n")
    faked = {
        "LD_PRELOAD": str(LIBRARIES[0]),
        "FAKETIME_TIMESTAMP_FILE": str(moved),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    days = [datetime.now(UTC).date()]
    with started(extra=faked, DATABASE=database, MAINTAIN_TOKEN=TOKEN, **place.settings) as server:
        server.wait_until_it_serves()
        assert server.ask()["kind"] == "emergency"
        cookie = log_in(server)
        assert may_see(server, cookie)
        for shift in (timedelta(days=3), timedelta(days=-2)):
            moved.write_text(f"{shift.total_seconds():+.0f}\n")
            days.append((datetime.now(UTC) + shift).date())
            wait_until_told(server, days[-1])
            asked = time.monotonic()
            assert server.ask()["kind"] == "emergency"
            assert time.monotonic() - asked < 5
            assert may_see(server, cookie) == (shift < timedelta(0))
            assert server.request("GET", "/readyz")[0] == 200
        assert server.stop() == 0
    with reading(connect(database)) as connection:
        found = [each.day for each in answer_counts(connection, date.min)]
    assert sorted(found) == sorted(days)
    assert [line for line in server.logged if line["level"] == "error"] == []
