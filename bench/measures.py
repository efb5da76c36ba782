"""The measures, in the order in which they are run and told."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from bench.figures import Found
from bench.sizes import Sizes


@dataclass(frozen=True)
class Measure:
    """One module of this folder with a function `measure`; `says`: the heading of its figures."""

    name: str
    says: str

    def run(self, sizes: Sizes) -> Found:
        """Raises MissingError where something is not installed that it needs."""
        measure: Callable[[Sizes], Found] = import_module(f"bench.{self.name}").measure
        return measure(sizes)


MEASURES = (
    Measure("ask", "A question and its embedding"),
    Measure("repeated", "A repeated question"),
    Measure("wrk", "Under load: questions, none twice"),
    Measure("journeys", "Under load: page, question, follow-up, document, feedback"),
    Measure("workers", "Memory and start"),
    Measure("builds", "Building"),
    Measure("retrieval", "Growing"),
    Measure("txtai_beside", "What one would pick instead"),
)
BY_NAME = {each.name: each for each in MEASURES}
