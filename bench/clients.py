"""Clients that send a stream of requests: as fast as they are answered, or at a rate that waits for nobody."""

import http.client
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.served import HOST
from bench.traffic import Sent, Traffic

CLIENTS = 48
PATIENCE = 30.0


@dataclass(frozen=True)
class Told:
    """What came of a request: its status, or 0 with the error; milliseconds since it was due."""

    kind: str
    status: int
    milliseconds: float
    right: bool
    error: str = ""


class Clients:
    """Threads with a connection each, kept open. `told` grows while they work."""

    def __init__(self, port: int, traffic: Traffic) -> None:
        self._port = port
        self._traffic = traffic
        self._stream: Iterator[Sent] = iter(traffic)
        self._lock = threading.Lock()
        self.told: list[Told] = []

    def as_fast_as_answered(self, seconds: float, clients: int) -> list[Told]:
        """Each client sends its next request when the last was answered."""
        until = time.monotonic() + seconds

        def take() -> tuple[float, Sent] | None:
            now = time.monotonic()
            return (now, self._next()) if now < until else None

        return self._run(take, clients)

    def at_rate(self, seconds: float, rate: float) -> list[Told]:
        """Requests are due at random moments, `rate` a second; waiting for a free client counts, too."""
        due: queue.SimpleQueue[tuple[float, Sent] | None] = queue.SimpleQueue()
        sender = threading.Thread(target=self._due, args=(due, seconds, rate), daemon=True)
        sender.start()
        found = self._run(due.get, CLIENTS)
        sender.join()
        return found

    def _due(self, due: "queue.SimpleQueue[tuple[float, Sent] | None]", seconds: float, rate: float) -> None:
        started = moment = time.monotonic()
        while moment - started < seconds:
            time.sleep(max(0.0, moment - time.monotonic()))
            due.put((moment, self._next()))
            moment += self._traffic.pause(rate)
        for _ in range(CLIENTS):
            due.put(None)

    def _next(self) -> Sent:
        with self._lock:
            return next(self._stream)

    def _run(self, take: Callable[[], tuple[float, Sent] | None], clients: int) -> list[Told]:
        self.told = []
        threads = [threading.Thread(target=self._work, args=(take,), daemon=True) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.told

    def _work(self, take: Callable[[], tuple[float, Sent] | None]) -> None:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=PATIENCE)
        while (found := take()) is not None:
            moment, sent = found
            status, body, error = _exchanged(connection, sent)
            milliseconds = (time.monotonic() - moment) * 1000
            with self._lock:
                self.told.append(Told(sent.kind, status, milliseconds, status in sent.right, error))
                self._traffic.note(sent, status, body)
        connection.close()


def _exchanged(connection: http.client.HTTPConnection, sent: Sent) -> tuple[int, bytes, str]:
    """Status, body and error. A connection that the server had closed before is opened anew, as browsers do."""
    for again in (connection.sock is not None, False):
        try:
            headers = {} if sent.body is None else {"Content-Type": sent.content}
            connection.request(sent.method, sent.path, sent.body, headers)
            response = connection.getresponse()
            return response.status, response.read(), ""
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
            connection.close()
            if not again:
                return 0, b"", repr(error)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return 0, b"", repr(error)
    raise AssertionError("unreachable")
