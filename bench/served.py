"""`chatbot serve` as real processes, on a port of its own, with a database that is thrown away."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.memory import Memory, memory_of

HOST = "127.0.0.1"
STARTING = 180.0
STOPPING = 40.0
CORES = len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Served:
    """A server that is ready. `starting`: the seconds from its start until /readyz said so."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    starting: float

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def workers(self) -> list[int]:
        """The process ids of the workers that answer, oldest first."""
        lines = self.log.read_text("utf-8").splitlines()
        told = [json.loads(line) for line in lines if '"a worker is ready"' in line]
        return [line["worker"] for line in told if Path(f"/proc/{line['worker']}/stat").exists()]

    def memory(self) -> list[Memory]:
        """Of each worker."""
        return [memory_of(pid) for pid in self.workers()]


class Connection:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection(HOST, port, timeout=30)

    def request(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """Status and body. Raises OSError or HTTPException."""
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        self._http.request(method, path, data, headers)
        response = self._http.getresponse()
        return response.status, response.read()

    def close(self) -> None:
        self._http.close()


@contextmanager
def served(folder: Path, workers: int = CORES, **settings: object) -> Iterator[Served]:
    """A server with these settings (`CHATBOT_<NAME>`), otherwise with its defaults; it is gone at the end. `folder`:
    for its log and database. Raises RuntimeError where it does not begin."""
    port = free_port()
    given = {
        "DATABASE": f"{folder}/records.sqlite", "RATE_LIMIT": "none", "LOG_FORMAT": "json", "WORKERS": workers,
        "PORT": port, "HOST": HOST, **settings,
    }  # fmt: skip
    environment = {**os.environ, **{f"CHATBOT_{name}": str(value) for name, value in given.items()}}
    handle, name = tempfile.mkstemp(dir=folder, prefix="server-", suffix=".log")
    log = Path(name)
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "chatbot", "serve"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=handle,
        start_new_session=True,
    )
    os.close(handle)
    try:
        _wait_until_ready(process, port, log)
        ready = Served(process, port, log, time.perf_counter() - started)
        _wait_for_workers(ready, workers)
        yield ready
        process.send_signal(signal.SIGTERM)
        process.wait(STOPPING)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + STARTING
    while process.poll() is None and time.monotonic() < until:
        try:
            connection = Connection(port)
            if connection.request("GET", "/readyz")[0] == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not begin: {log.read_text('utf-8')[-2000:]}")


def _wait_for_workers(server: Served, workers: int) -> None:
    until = time.monotonic() + STARTING
    while len(server.workers()) < workers:
        if time.monotonic() > until:
            raise RuntimeError(f"{len(server.workers())} of {workers} workers are ready")
        time.sleep(0.05)
