"""The writer: it keeps what it can, loses the rest with a count and a line, and never raises."""

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from chatbot.records import writer as writing_module
from chatbot.records.database import connect, reading, upgrade, writing
from chatbot.records.store import Event, answer_counts, open_questions, write
from chatbot.records.writer import ENOUGH, MOST_WAITING, Writer

DAY = date(2027, 3, 10)
ANSWERED = Event(DAY, "answer", "az")


class Counted(Counter[str]):
    def __call__(self, outcome: str, number: int) -> None:
        self[outcome] += number


def new_writer(engine: Engine, today: Callable[[], date] = lambda: DAY) -> tuple[Writer, Counted]:
    counted = Counted()
    return Writer(engine, 90, today, counted), counted


def number(engine: Engine) -> int:
    with reading(engine) as connection:
        return sum(each.number for each in answer_counts(connection, date.min))


def test_events_are_written_by_one_thread(empty: Engine) -> None:
    writer, counted = new_writer(empty)
    before = threading.active_count()
    for _ in range(50):
        writer.put(ANSWERED)
    assert threading.active_count() <= before + 1
    assert writer.flush(20)
    assert number(empty) == 50
    assert counted == {"written": 50}


def test_events_of_a_moment_share_a_transaction(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, counted = new_writer(empty)
    writer.start()
    assert writer.flush(20)
    begun: list[Engine] = []

    def counting(engine: Engine) -> AbstractContextManager[Connection]:
        begun.append(engine)
        return writing(engine)

    monkeypatch.setattr(writing_module, "writing", counting)
    for _ in range(ENOUGH):
        writer.put(ANSWERED)
        time.sleep(0.01)
    until = time.monotonic() + 20
    while counted["written"] < ENOUGH and time.monotonic() < until:
        time.sleep(0.05)
    assert number(empty) == ENOUGH
    assert len(begun) <= 2


def test_nothing_runs_until_it_is_needed(sqlite_url: str) -> None:
    before = threading.active_count()
    writer, _ = new_writer(connect(sqlite_url))
    assert threading.active_count() == before
    assert writer.flush()


def test_old_events_are_deleted_at_start_and_each_new_day(empty: Engine) -> None:
    upgrade(empty)
    with writing(empty) as connection:
        write(
            connection, [Event(DAY - timedelta(days=back), "no_answer", "az", text="sual var") for back in (89, 90, 91)]
        )
    today = [DAY]
    writer, _ = new_writer(empty, lambda: today[0])
    writer.start()
    assert writer.flush(20)
    assert questions(empty) == 2
    today[0] += timedelta(days=1)
    writer.put(Event(today[0], "answer", "az"))
    assert writer.flush(20)
    assert questions(empty) == 1


def questions(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(open_questions(connection, date.min, 99))


@contextmanager
def failing(engine: Engine, caplog: pytest.LogCaptureFixture, wanted: str = "lost", events: int = 3) -> Iterator[None]:
    """Puts events while something is broken: putting takes no time, they are lost, and one line says so."""
    writer, counted = new_writer(engine)
    with caplog.at_level(logging.ERROR, "chatbot.records"):
        started = time.perf_counter()
        for _ in range(events):
            writer.put(Event(DAY, "no_answer", "az", cause="off_topic", text="gizli sual"))
        assert time.perf_counter() - started < 1
        assert writer.flush(60)
    assert counted == {wanted: events}
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    assert lines[0].startswith("counts and questions are not kept: ")
    assert "gizli" not in lines[0]
    assert "\n" not in lines[0]
    yield


def test_locked_file_costs_events_only(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.records.database.BUSY_SECONDS", 0.2)
    engine = connect(sqlite_url)
    upgrade(engine)
    other = sqlite3.connect(tmp_path / "records.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with failing(engine, caplog):
        assert "database is locked" in caplog.text
    other.execute("ROLLBACK")
    other.close()
    writer, counted = new_writer(engine)
    writer.put(ANSWERED)
    assert writer.flush(20)
    assert counted == {"written": 1}


def test_short_lock_costs_nothing(sqlite_url: str, tmp_path: Path) -> None:
    engine = connect(sqlite_url)
    upgrade(engine)
    other = sqlite3.connect(tmp_path / "records.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.5, lambda: other.execute("COMMIT"))
    release.start()
    writer, counted = new_writer(engine)
    writer.put(ANSWERED)
    assert writer.flush(20)
    release.join()
    other.close()
    assert counted == {"written": 1}


def test_read_only_file_costs_events_only(sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    upgrade(connect(sqlite_url))
    with failing(connect(f"sqlite:///file:{tmp_path}/records.sqlite?mode=ro&uri=true"), caplog):
        assert "readonly" in caplog.text


@pytest.mark.parametrize(
    "content", [b"this is no database at all, it is a text" * 99, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_damaged_file_costs_events_only(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / "records.sqlite").write_bytes(content)
    with failing(connect(sqlite_url), caplog):
        assert "DatabaseError" in caplog.text


def test_folder_in_the_files_place_costs_events_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with failing(connect(f"sqlite:///{tmp_path}"), caplog):
        assert "unable to open database file" in caplog.text


def test_absent_server_costs_events_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with failing(connect(f"postgresql://user:geheim@/name?host={tmp_path}"), caplog):
        assert "OperationalError" in caplog.text
        assert "geheim" not in caplog.text


def test_newer_tables_cost_events_only(sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    upgrade(connect(sqlite_url))
    with sqlite3.connect(tmp_path / "records.sqlite") as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with failing(connect(sqlite_url), caplog):
        assert "CommandError" in caplog.text


def test_deleted_file_is_made_anew(sqlite_url: str, tmp_path: Path) -> None:
    engine = connect(sqlite_url)
    writer, counted = new_writer(engine)
    writer.put(ANSWERED)
    assert writer.flush(20)
    for path in tmp_path.glob("records.sqlite*"):
        path.unlink()
    writer.put(ANSWERED)
    assert writer.flush(20)
    assert counted == {"written": 2}
    assert number(engine) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small file system")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip(f"no small file system here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_full_disk_costs_events_only(small_disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine = connect(f"sqlite:///{small_disk}/records.sqlite")
    upgrade(engine)
    (small_disk / "filler").write_bytes(b"x" * (_free(small_disk)))
    with failing(engine, caplog, events=150):
        assert "full" in caplog.text or "disk I/O error" in caplog.text
    (small_disk / "filler").unlink()
    writer, counted = new_writer(engine)
    writer.put(ANSWERED)
    assert writer.flush(20)
    assert counted == {"written": 1}


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def test_full_queue_loses_events_and_waits_for_nobody(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hold, started = threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        started.set()
        hold.wait(20)

    monkeypatch.setattr(writing_module, "write", slow)
    writer, counted = new_writer(connect(sqlite_url))
    writer.put(ANSWERED)
    assert started.wait(20)
    begun = time.perf_counter()
    for _ in range(MOST_WAITING + 500):
        writer.put(ANSWERED)
    assert time.perf_counter() - begun < 2
    assert counted["lost"] >= 500
    hold.set()
    assert writer.flush(20)


STOPPING = """
import sys
from datetime import date
from chatbot.records.database import connect
from chatbot.records.store import Event
from chatbot.records.writer import Writer
writer = Writer(connect(sys.argv[1]), 90, lambda: date(2027, 3, 10), lambda outcome, number: None)
for _ in range(int(sys.argv[2])):
    writer.put(Event(date(2027, 3, 10), "answer", "az", ("a#b",), text="bir sual"))
"""


def test_what_waits_at_the_end_is_written(url: str) -> None:
    subprocess.run([sys.executable, "-c", STOPPING, url, "500"], check=True, timeout=60)
    assert number(connect(url)) == 500


def test_several_processes_write_at_once(url: str) -> None:
    running = [subprocess.Popen([sys.executable, "-c", STOPPING, url, "400"]) for _ in range(4)]
    assert [each.wait(90) for each in running] == [0, 0, 0, 0]
    engine = connect(url)
    assert number(engine) == 1600
    with reading(engine) as connection:
        assert len(open_questions(connection, date.min, 9999)) == 1600
