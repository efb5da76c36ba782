"""The measures, in the order in which they are run and told."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from bench.figures import Found
from bench.sizes import Sizes


@dataclass(frozen=True)
class Measure:
    """A function `measure` in a module of this folder; `says`: the heading of its figures; `one_thread`: it computes
    with one thread, as each of several workers does."""

    name: str
    says: str
    module: str
    one_thread: bool = False

    def run(self, sizes: Sizes) -> Found:
        """Raises MissingError where something is not installed that it needs."""
        measure: Callable[[Sizes], Found] = import_module(f"bench.{self.module}").measure
        return measure(sizes)


MEASURES = (
    Measure(
        "ask", "A question and its embedding, with one thread as in one of several workers", "ask", one_thread=True
    ),
    Measure("ask-alone", "A question and its embedding, with all cores to themselves", "ask"),
    Measure("repeated", "A repeated question", "repeated"),
    Measure("wrk", "Under load: questions, none twice", "wrk"),
    Measure("journeys", "Under load: page, question, follow-up, document, feedback", "journeys"),
    Measure("workers", "Memory and start", "workers"),
    Measure("builds", "Building", "builds"),
    Measure("retrieval", "Growing", "retrieval"),
    Measure("txtai", "What one would pick instead, with one thread each", "txtai_beside", one_thread=True),
)
BY_NAME = {each.name: each for each in MEASURES}
