"""Counters for those who run the chatbot; they hold numbers alone, never a question's text.

Where several processes serve, each keeps its numbers in a file of its own in the folder PROMETHEUS_MULTIPROC_DIR, and
any of them adds all up. To count something more, add a field to `Metrics` and a line to `new_metrics`: a Counter or
Histogram is summed over the processes, also over those that ended; a Gauge is set whenever its value changes and
says in `multiprocess_mode` how the values of living processes become one.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from chatbot.answer import Answer

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
STAGE_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
DATABASE_STATES = ("ok", "failing", "off")


@dataclass(frozen=True)
class Metrics:
    """The counters of one application, in their own registry."""

    registry: CollectorRegistry
    requests: Counter
    questions: Counter
    stages: Histogram
    feedback: Counter
    records: Counter
    database: Gauge
    index: Gauge
    refused: Gauge
    taken: Counter
    failed: Counter
    asking: Counter
    inside: Gauge

    def count_request(self, status: int) -> None:
        """Counts a request by its status."""
        self.requests.labels(str(status)).inc()

    def count_answer(self, answer: Answer) -> None:
        """Counts the answer by kind and language, and the time of each of its stages."""
        self.questions.labels(answer.kind, answer.lang).inc()
        for stage, milliseconds in answer.trace.milliseconds.items():
            self.stages.labels(stage).observe(milliseconds / 1000)

    def count_feedback(self, helpful: bool) -> None:
        """Counts one reader's word on whether an answer helped."""
        self.feedback.labels("yes" if helpful else "no").inc()

    def count_asking(self, outcome: str) -> None:
        """Counts how a question was served, before it is known what it was answered."""
        self.asking.labels(outcome).inc()

    def show_inside(self, number: int) -> None:
        """Shows how many questions are at work or wait."""
        self.inside.set(number)

    def count_records(self, outcome: str, number: int) -> None:
        """Counts events that the database took, or that were lost, and shows how it fares."""
        self.records.labels(outcome).inc(number)
        self.show_database("ok" if outcome == "written" else "failing")

    def show_database(self, state: str) -> None:
        """Shows the database's state: one of DATABASE_STATES."""
        for each in DATABASE_STATES:
            self.database.labels(each).set(each == state)

    def show_index(self, change: str, before: str, now: str) -> None:
        """Shows which index version serves, and counts how taking others went; `change` as `Serving` tells it."""
        if before != now:
            self.index.labels(before).set(0)
        self.index.labels(now).set(1)
        self.refused.set(change == "failed")
        if change == "taken":
            self.taken.inc()
        elif change == "failed":
            self.failed.inc()

    def text(self) -> bytes:
        """All of it as Prometheus reads it, of all processes that share the folder."""
        folder = os.environ.get(FOLDER)
        if folder is None:
            return generate_latest(self.registry)
        forget_dead(Path(folder))
        together = CollectorRegistry()
        MultiProcessCollector(together, folder)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def forget_dead(folder: Path) -> None:
    """Removes the gauges of processes that are no more, such as one that was killed; its counters still count."""
    for pid in {int(path.stem.rpartition("_")[2]) for path in folder.glob("gauge_live*_*.db")}:
        if not lives(pid):
            with suppress(FileNotFoundError):  # another process was quicker
                mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]


def lives(pid: int) -> bool:
    """Whether there is such a process, also another user's."""
    try:
        with suppress(PermissionError):
            os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def new_metrics() -> Metrics:
    """Counters at zero."""
    registry = CollectorRegistry()
    return Metrics(
        registry=registry,
        requests=Counter("chatbot_requests", "Requests answered", ("status",), registry=registry),
        questions=Counter("chatbot_questions", "Questions answered", ("kind", "lang"), registry=registry),
        stages=Histogram(
            "chatbot_stage_seconds", "Time of a stage", ("stage",), registry=registry, buckets=STAGE_SECONDS
        ),
        feedback=Counter("chatbot_feedback", "Readers' words on answers", ("helpful",), registry=registry),
        records=Counter("chatbot_records", "Events written to the database, or lost", ("outcome",), registry=registry),
        database=Gauge(
            "chatbot_database",
            "Processes whose database is in this state",
            ("state",),
            registry=registry,
            multiprocess_mode="livesum",
        ),
        index=Gauge(
            "chatbot_index",
            "Processes that serve this index version",
            ("version",),
            registry=registry,
            multiprocess_mode="livesum",
        ),
        refused=Gauge(
            "chatbot_index_refused",
            "1 where the index in use is broken and an older serves",
            registry=registry,
            multiprocess_mode="livemax",
        ),
        taken=Counter("chatbot_index_taken", "Index versions taken while serving", registry=registry),
        failed=Counter("chatbot_index_failed", "Failures to take one", registry=registry),
        asking=Counter(
            "chatbot_asking",
            "Questions worked out, kept, shared, shed, urgent, limited",
            ("outcome",),
            registry=registry,
        ),
        inside=Gauge(
            "chatbot_asking_inside",
            "Questions at work or waiting now",
            registry=registry,
            multiprocess_mode="livesum",
        ),
    )
