"""Counters of several processes that share a folder."""

import os
import subprocess
import sys
from pathlib import Path

from chatbot.web.metrics import FOLDER

COUNT = """
import sys
from chatbot.web.metrics import new_metrics
metrics = new_metrics()
metrics.show_index("begun", "one", "one")
for change, before, now in (("failed", "one", "one"), ("taken", "one", "two")):
    metrics.show_index(change, before, now)
metrics.count_request(200)
metrics.count_records("written", 0)
metrics.count_records("lost", 3)
if sys.argv[1:] == ["fail"]:
    metrics.show_index("failed", "two", "two")
print(metrics.text().decode())
"""


def counted(folder: Path, *args: str) -> dict[str, float]:
    """What a process sees that counts and then ends, without what a graceful end does."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT, *args],
        env={**os.environ, FOLDER: str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    lines = (line.rpartition(" ") for line in done.stdout.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def test_counters_of_ended_processes_count_and_their_gauges_go(tmp_path: Path) -> None:
    first = counted(tmp_path, "fail")
    assert first["chatbot_index_refused"] == 1
    second = counted(tmp_path)
    assert second['chatbot_requests_total{status="200"}'] == 2
    assert second['chatbot_records_total{outcome="lost"}'] == 6
    assert (second["chatbot_index_taken_total"], second["chatbot_index_failed_total"]) == (2, 3)
    assert second["chatbot_index_refused"] == 0
    assert (second['chatbot_index{version="one"}'], second['chatbot_index{version="two"}']) == (0, 1)
    states = {name: second[f'chatbot_database{{state="{name}"}}'] for name in ("ok", "failing", "off")}
    assert states == {"ok": 0, "failing": 1, "off": 0}
    assert "pid" not in "".join(second)
