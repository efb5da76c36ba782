"""The memory of a server's workers, sampled while others work."""

import threading
import time
from dataclasses import dataclass

from bench.memory import Memory
from bench.served import Served


@dataclass(frozen=True)
class Sample:
    """Each worker's memory, so many seconds after the beginning."""

    at: float
    workers: tuple[Memory, ...]


class Watch(threading.Thread):
    """Samples until it is stopped. `pids`: of all that were workers at any time."""

    def __init__(self, server: Served, every: float) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._every = every
        self._stopped = threading.Event()
        self.samples: list[Sample] = []
        self.pids: set[int] = set()

    def run(self) -> None:
        started = time.monotonic()
        while not self._stopped.wait(self._every):
            self.pids.update(self._server.workers())
            try:
                self.samples.append(Sample(time.monotonic() - started, tuple(self._server.memory())))
            except OSError:  # a worker ended while it was looked at; the next sample has who came after it
                continue

    def stop(self) -> None:
        self._stopped.set()
        self.join()
