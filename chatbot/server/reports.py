"""What workers report to the process that started them, and what it makes of that."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from chatbot.errors import ChatbotError
from chatbot.server.address import Address

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A worker has loaded all that it needs and begins to listen."""

    pid: int
    seconds: float


@dataclass(frozen=True)
class Failed:
    """A worker can't begin."""

    pid: int
    error: ChatbotError


class Watch(threading.Thread):
    """Says once that all workers serve, or ends the server where one can't begin. `failure` says why; after the start
    it is only logged, for the other workers go on and the one that failed is tried again."""

    def __init__(
        self,
        reports: Connection,
        address: Address,
        workers: int,
        say: Callable[[str], None],
        stop: Callable[[], None],
    ) -> None:
        super().__init__(name="watch-workers", daemon=True)
        self._reports = reports
        self._address = address
        self._missing = workers
        self._say = say
        self._stop = stop
        self.failure: ChatbotError | None = None

    def run(self) -> None:
        while True:
            try:
                report = self._reports.recv()
            except EOFError:  # the server has ended
                return
            if isinstance(report, Ready):
                log.info("a worker is ready", extra={"worker": report.pid, "seconds": round(report.seconds, 2)})
                self._missing -= 1
                if self._missing == 0:
                    self._say(f"Serving at {self._address.url}")
            elif self._missing > 0:
                self.failure = self.failure or report.error
                self._stop()
            else:
                log.error("a worker can't begin: %s", report.error, extra={"worker": report.pid})
