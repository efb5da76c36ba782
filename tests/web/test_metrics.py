"""Counters of several processes that share a folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.web.metrics import DATABASE_STATES, FOLDER, Metrics, new_metrics

COUNT = """
from chatbot.web.metrics import new_metrics
metrics = new_metrics()
metrics.show_index("begun", "one", "one")
for change, before, now in (("failed", "one", "one"), ("taken", "one", "two")):
    metrics.show_index(change, before, now)
metrics.count_request(200)
metrics.count_records("written", 0)
metrics.count_records("lost", 3)
"""


def test_counters_of_ended_processes_count_and_their_gauges_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends without what a graceful end does, as one that is killed."""
    environment = {**os.environ, FOLDER: str(tmp_path)}
    subprocess.run([sys.executable, "-c", COUNT], env=environment, timeout=120, check=True)
    assert list(tmp_path.glob("gauge_live*"))
    monkeypatch.setenv(FOLDER, str(tmp_path))
    lines = (line.rpartition(" ") for line in new_metrics().text().decode().splitlines() if not line.startswith("#"))
    assert {name: float(value) for name, _, value in lines} == {
        'chatbot_requests_total{status="200"}': 1,
        'chatbot_records_total{outcome="written"}': 0,
        'chatbot_records_total{outcome="lost"}': 3,
        "chatbot_index_taken_total": 1,
        "chatbot_index_failed_total": 1,
    }
    assert list(tmp_path.glob("gauge_live*")) == []


def test_gauges_follow_what_is_told() -> None:
    metrics = new_metrics()
    metrics.show_index("begun", "one", "one")
    metrics.show_index("failed", "one", "one")
    assert sample(metrics, "chatbot_index_refused") == 1
    metrics.show_index("taken", "one", "two")
    assert sample(metrics, "chatbot_index_refused") == 0
    assert sample(metrics, "chatbot_index", version="one") == 0
    assert sample(metrics, "chatbot_index", version="two") == 1
    for outcome, state in (("written", "ok"), ("lost", "failing"), ("written", "ok")):
        metrics.count_records(outcome, 0)
        assert [each for each in DATABASE_STATES if sample(metrics, "chatbot_database", state=each)] == [state]


def sample(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)
