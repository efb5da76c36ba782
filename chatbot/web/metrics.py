"""Counters for those who run the chatbot; they hold numbers alone, never a question's text."""

from dataclasses import dataclass
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from chatbot.answer import Answer
from chatbot.reloading import Serving

STAGE_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


@dataclass(frozen=True)
class Metrics:
    """The counters of one application, in their own registry."""

    registry: CollectorRegistry
    questions: Counter
    stages: Histogram
    feedback: Counter
    records: Counter
    asking: Counter
    inside: Gauge

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
        """Counts events that the database took, or that were lost."""
        self.records.labels(outcome).inc(number)


def new_metrics(serving: Serving) -> Metrics:
    """Counters at zero, beside gauges of the engine that serves."""
    registry = CollectorRegistry()
    broken = Gauge("chatbot_index_refused", "1 where the index in use is broken and an older serves", registry=registry)
    broken.set_function(lambda: float(serving.problem is not None))
    for name, text in (("taken", "Index versions taken while serving"), ("failed", "Failures to take one")):
        gauge = Gauge(f"chatbot_index_{name}", text, registry=registry)
        gauge.set_function(partial(getattr, serving, name))
    return Metrics(
        registry=registry,
        questions=Counter("chatbot_questions", "Questions answered", ("kind", "lang"), registry=registry),
        stages=Histogram(
            "chatbot_stage_seconds", "Time of a stage", ("stage",), registry=registry, buckets=STAGE_SECONDS
        ),
        feedback=Counter("chatbot_feedback", "Readers' words on answers", ("helpful",), registry=registry),
        records=Counter("chatbot_records", "Events written to the database, or lost", ("outcome",), registry=registry),
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
