"""Questions asked of small and large indexes, in turns; recall against exact search; loading.

Each index is loaded by a process of its own, so that no one's memory slows another's questions.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench.children import ONE_THREAD, Child
from bench.figures import Figure, Found, Goal
from bench.questions import unseen_questions
from bench.sizes import Sizes
from bench.timing import spread
from chatbot.settings import read_settings

MOST_QUESTIONS = 300
WARMING = 5


@dataclass(frozen=True)
class Series:
    """One index: its size, how it loaded, the milliseconds of the first question, those of each stage and the recall by
    question."""

    name: str
    made: Mapping[str, Any]
    ready: Mapping[str, Any]
    first: float
    stages: Mapping[str, Sequence[float]]
    recalls: Sequence[tuple[float, float]]

    @property
    def question(self) -> float:
        return median(self.stages["whole"])

    def told(self) -> dict[str, Any]:
        stages = {stage: spread(took) for stage, took in self.stages.items()}
        return {**self.made, **self.ready, "first_ms": self.first, "stages_ms": stages}


def measure(sizes: Sizes) -> Found:
    """`sizes.passages`, and the largest once more with stored questions to every section."""
    questions = unseen_questions(read_settings())[: min(sizes.questions, MOST_QUESTIONS)]
    wanted = [(f"{passages:,} passages", passages, 0) for passages in sizes.passages]
    if sizes.heavy_questions:
        heavy = f"{sizes.passages[-1]:,} passages, {sizes.heavy_questions} more questions a section"
        wanted.append((heavy, sizes.passages[-1], sizes.heavy_questions))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        made, children = {}, {}
        for name, passages, asked in wanted:
            place = Path(folder) / f"{passages}-{asked}"
            made[name] = _made(place, passages, asked)
            children[name] = stack.enter_context(Child("bench.grown_index", str(place), environment=ONE_THREAD))
            children[name].wait_until_ready()
        series = _asked(made, children, questions)
    return Found(tuple(_figures(series)), {each.name: each.told() for each in series})


def _made(folder: Path, passages: int, questions: int) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "bench.make_grown_index", str(folder), str(passages), str(questions)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _asked(
    made: Mapping[str, Mapping[str, Any]], children: Mapping[str, Child], questions: Sequence[str]
) -> list[Series]:
    """Each question of each index in turn, so that what else the computer does meets all alike."""
    stages: dict[str, dict[str, list[float]]] = {name: {} for name in children}
    first = {name: child.ask({"question": questions[0]})["whole"] for name, child in children.items()}
    for number, text in enumerate([*questions[:WARMING], *questions]):
        for name, child in children.items():
            took = child.ask({"question": text})
            if number >= WARMING:
                for stage, milliseconds in took.items():
                    stages[name].setdefault(stage, []).append(milliseconds)
    recalls = {name: [child.ask({"recall": text}) for text in questions] for name, child in children.items()}
    return [
        Series(name, made[name], child.ready, first[name], stages[name], recalls[name])
        for name, child in children.items()
    ]


def _figures(series: Sequence[Series]) -> list[Figure]:
    small = series[0]
    found = []
    for each in series[1:]:
        goal = Goal("ratio", at_most=1.5)
        found.append(Figure(f"a question, median, {each.name}", each.question, "ms", small.name, small.question, goal))
    for each in series:
        for what, recalls in zip(("passages", "questions"), zip(*each.recalls, strict=True), strict=True):
            name = f"recall@10 of {what}, {each.name}"
            found.append(Figure(name, mean(recalls), "", "exact search", 1.0, Goal("ratio", at_least=0.99)))
    for each in series:
        goal = Goal("value", at_most=1.0)
        mapping, base = each.ready["mapping"], small.ready["mapping"]
        found.append(Figure(f"mapping the vectors, {each.name}", mapping, "s", small.name, base, goal))
        loading, base = each.ready["loading"], small.ready["loading"]
        found.append(
            Figure(
                f"loading it whole, each file checked by its hash, {each.name}", loading, "s", small.name, base, goal
            )
        )
        whole, small_whole = loading + each.first / 1000, base + small.first / 1000
        found.append(Figure(f"loading and the first answer, {each.name}", whole, "s", small.name, small_whole))
    return found
