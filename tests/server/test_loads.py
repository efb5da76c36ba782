"""A connection leaves the worker that has more questions than another, and no other connection is closed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.test import run_wsgi_app

from chatbot.server.loads import PREFIX, Loads
from chatbot.server.responses import sharing

OTHER = f"{PREFIX}{os.getppid()}"
"""The file of another process that lives."""


def application(_: object, start: Callable[..., object]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"yes"]


@pytest.mark.parametrize(
    ("waiting", "elsewhere", "method", "protocol", "closing"),
    [
        (0, None, "POST", "HTTP/1.1", []),
        (5, None, "POST", "HTTP/1.1", []),
        (0, 0, "POST", "HTTP/1.1", []),
        (1, 0, "POST", "HTTP/1.1", ["close"]),
        (5, 4, "POST", "HTTP/1.1", ["close"]),
        (5, 5, "POST", "HTTP/1.1", []),
        (4, 5, "POST", "HTTP/1.1", []),
        (5, 4, "GET", "HTTP/1.1", []),
        (5, 4, "POST", "HTTP/2", []),
    ],
)
def test_connection_closes_where_another_worker_has_fewer_questions(
    tmp_path: Path, waiting: int, elsewhere: int | None, method: str, protocol: str, closing: list[str]
) -> None:
    if elsewhere is not None:
        (tmp_path / OTHER).write_bytes(elsewhere.to_bytes(4, "little"))
    loads = Loads(tmp_path)
    for _ in range(waiting):
        loads.enter()
    environ = {"REQUEST_METHOD": method, "SERVER_PROTOCOL": protocol}
    body, status, headers = run_wsgi_app(sharing(application, loads), environ)
    assert (b"".join(body), status, headers["Content-Type"]) == (b"yes", "200 OK", "text/plain")
    assert headers.getlist("Connection") == closing


def test_question_that_fails_is_no_load_any_more(tmp_path: Path) -> None:
    def failing(*_: object) -> list[bytes]:
        raise RuntimeError("it failed")

    loads = Loads(tmp_path)
    with pytest.raises(RuntimeError):
        run_wsgi_app(sharing(failing, loads), {"REQUEST_METHOD": "POST", "SERVER_PROTOCOL": "HTTP/1.1"})
    assert (tmp_path / f"{PREFIX}{os.getpid()}").read_bytes() == bytes(4)


def test_number_of_a_dead_worker_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / OTHER).write_bytes(bytes(4))
    dead = "import sys, pathlib; from chatbot.server.loads import Loads; Loads(pathlib.Path(sys.argv[1])).enter()"
    subprocess.run([sys.executable, "-c", dead, str(tmp_path)], check=True)
    assert len(list(tmp_path.iterdir())) == 2
    Loads(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {OTHER, f"{PREFIX}{os.getpid()}"}
