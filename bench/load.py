"""Questions a second under load against what the embedding alone allows on the same cores, in turns."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from bench.embedding_alone import EmbeddingAlone
from bench.figures import Figure, Found, Goal
from bench.served import CORES
from bench.sizes import Sizes
from bench.timing import percentile

WAITING = 64
"""Places in the line of each worker, so that no client is sent away: shedding is another matter, with its own tests."""


@dataclass(frozen=True)
class Load:
    """What a load tool did: questions answered, and what went wrong. `more`: in the tool's own words."""

    answered: int
    seconds: float
    refused: int
    failed: int
    more: Any

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


Run = Callable[[int, float], Load]
"""(clients, seconds) -> what came of it."""


def against_embedding(tool: str, run: Run, alone: EmbeddingAlone, sizes: Sizes) -> Found:
    """For each number of clients: embedding alone, load, embedding alone, load, and so on; each load is compared with
    the mean of what came before and after it. One client can keep one core at work, so it is compared with one."""
    figures, raw = [], {}
    for clients in sizes.clients:
        processes = min(clients, CORES)
        embedded = [alone.rate(sizes.seconds, processes)]
        loads = []
        for _ in range(sizes.rounds):
            loads.append(run(clients, sizes.seconds))
            embedded.append(alone.rate(sizes.seconds, processes))
        figures += _figures(tool, clients, loads, embedded)
        raw[str(clients)] = {"loads": [asdict(load) for load in loads], "embedding_alone": embedded}
    return Found(tuple(figures), raw)


def _figures(tool: str, clients: int, loads: Sequence[Load], embedded: Sequence[float]) -> list[Figure]:
    between = [(before + after) / 2 for before, after in pairwise(embedded)]
    shares = [load.rate / base for load, base in zip(loads, between, strict=True)]
    middle = min(range(len(shares)), key=lambda number: abs(shares[number] - percentile(shares, 50)))
    lost = sum(load.refused + load.failed for load in loads)
    name = f"{clients} client{'s' if clients > 1 else ''}, {tool}"
    cores = min(clients, CORES)
    return [
        Figure(
            f"questions answered a second, {name}", loads[middle].rate, "/s",
            f"embedding alone, {cores} process{'es' if cores > 1 else ''}", between[middle],
            Goal("ratio", at_least=0.85),
        ),
        Figure(
            f"refused or failed, {name}", float(lost), "", "questions answered",
            float(sum(load.answered for load in loads)), Goal("value", at_most=0.0),
        ),
    ]  # fmt: skip
