"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """`questions`: asked in each series; `seconds`, `rounds`: of each run under load; `whole`: all knowledge and labels
    are built, not one document alone; `heavy_questions`: stored questions a section of the largest synthetic index."""

    name: str
    questions: int
    seconds: float
    rounds: int
    clients: tuple[int, ...]
    passages: tuple[int, ...]
    heavy_questions: int
    whole: bool


FULL = Sizes("full", 750, 12, 3, (1, 16, 64), (1_000, 10_000, 100_000), 6, whole=True)
TINY = Sizes("tiny", 6, 1, 1, (1, 4), (700, 900), 0, whole=False)
SEED = 2026
