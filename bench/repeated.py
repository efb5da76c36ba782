"""A repeated question over HTTP against its first asking, and against a request that needs no answer."""

import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from bench.figures import Figure, Found, Goal
from bench.questions import unseen_questions
from bench.served import Connection, served
from bench.sizes import Sizes
from bench.timing import percentile, spread, timed
from chatbot.settings import read_settings

AGAIN = 3
KEPT = 200
"""Fewer than the answers that a worker keeps by default."""


def measure(sizes: Sizes) -> Found:
    """One worker, one connection that stays open."""
    questions = unseen_questions(read_settings())[: min(sizes.questions, KEPT)]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), workers=1) as server:
        return measure_server(server.port, questions)


def measure_server(port: int, questions: list[str]) -> Found:
    """The server must not have been asked these before."""
    connection = Connection(port)
    first, again, plain = [], [], []
    try:
        for text in questions:
            ask = partial(connection.request, "POST", "/api/v1/ask", {"question": text})
            first.append(_ok(timed(ask)))
            again += [_ok(timed(ask)) for _ in range(AGAIN)]
            plain.append(_ok(timed(partial(connection.request, "GET", "/healthz"))))
    finally:
        connection.close()
    figures = (
        Figure(
            "a repeated question over HTTP, median", median(again), "ms", "its first asking, median", median(first),
            Goal("value", at_most=2.0),
        ),
        Figure(
            "a repeated question over HTTP, 99th percentile", percentile(again, 99), "ms",
            "its first asking, 99th percentile", percentile(first, 99),
        ),
        Figure(
            "a repeated question over HTTP, median", median(again), "ms", "`/healthz`, median", median(plain),
        ),
    )  # fmt: skip
    return Found(figures, {"first_ms": spread(first), "again_ms": spread(again), "healthz_ms": spread(plain)})


def _ok(found: tuple[float, tuple[int, bytes]]) -> float:
    milliseconds, (status, body) = found
    assert status == 200, (status, body)
    return milliseconds
