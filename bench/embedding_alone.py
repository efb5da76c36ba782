"""What the embedding alone allows: processes that do nothing else, each with one thread, as workers have it."""

import itertools
import json
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.children import ONE_THREAD, Child, answer_lines
from chatbot.building import embedder_of
from chatbot.settings import read_settings


class EmbeddingAlone:
    """So many processes that embed the texts of a JSON file."""

    def __init__(self, processes: int, texts: Sequence[str], folder: Path) -> None:
        self._processes = processes
        self._file = folder / "embedded-alone.json"
        self._file.write_text(json.dumps(list(texts)), "utf-8")
        self._stack = ExitStack()
        self.children: list[Child] = []

    def __enter__(self) -> "EmbeddingAlone":
        for number in range(self._processes):
            child = Child("bench.embedding_alone", str(self._file), str(number), environment=ONE_THREAD)
            self.children.append(self._stack.enter_context(child))
        for child in self.children:
            child.wait_until_ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def rate(self, seconds: float, processes: int | None = None) -> float:
        """Texts a second, of the first `processes` together."""
        at_work = self.children[:processes]
        for child in at_work:
            child.send(seconds)
        return float(sum(child.receive() for child in at_work))


def main(file: Path, number: int) -> None:
    texts: list[str] = json.loads(file.read_text("utf-8"))
    embedder = embedder_of(read_settings())
    endless = itertools.cycle(texts[number::2] or texts)
    embedder.query(next(endless))

    def rate(seconds: Any) -> float:
        started, done = time.perf_counter(), 0
        while time.perf_counter() - started < seconds:
            embedder.query(next(endless))
            done += 1
        return done / (time.perf_counter() - started)

    answer_lines("ready", rate)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
