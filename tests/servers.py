"""A real server in processes of its own, for tests that ask it, kill a part of it or stop it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STARTING = 120.0
FOUND_A_MINE = "I found a mine"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """`said` are the lines of its standard output, `logged` those of its log."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.process = process
        self.port = port
        self.said: list[str] = []
        self.errors: list[str] = []
        self._serving = threading.Event()
        read = ((process.stdout, self.said), (process.stderr, self.errors))
        self._readers = [threading.Thread(target=self._read, args=each, daemon=True) for each in read]
        for reader in self._readers:
            reader.start()

    def _read(self, stream: Any, lines: list[str]) -> None:
        with stream:
            for line in stream:
                lines.append(line.rstrip("\n"))
                if line.startswith("Serving at "):
                    self._serving.set()

    def read_all(self) -> None:
        """Waits until the server's lines are all read, which they are once its processes have ended."""
        for reader in self._readers:
            reader.join(30)

    @property
    def logged(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.errors if line.startswith("{")]

    def wait_until_it_serves(self) -> None:
        until = time.monotonic() + STARTING
        while not self._serving.wait(0.1):
            assert self.process.poll() is None, "\n".join(self.errors)
            assert time.monotonic() < until

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of one request on a connection of its own. Raises OSError or HTTPException."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            if body is not None and not isinstance(body, str):
                body, headers = json.dumps(body), {"Content-Type": "application/json", **headers}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return (
                response.status,
                {name.lower(): value for name, value in response.getheaders()},
                response.read().decode(),
            )
        finally:
            connection.close()

    def ask(self, question: str = FOUND_A_MINE, lang: str | None = "en") -> dict[str, Any]:
        status, _, text = self.request("POST", "/api/v1/ask", {"question": question, "lang": lang})
        assert status == 200, text
        found: dict[str, Any] = json.loads(text)
        return found

    def numbers(self) -> dict[str, float]:
        """The counters, each by its name with its labels."""
        lines = self.request("GET", "/metrics")[2].splitlines()
        told = (line.rpartition(" ") for line in lines if not line.startswith("#"))
        return {name: float(value) for name, _, value in told}

    def workers(self) -> list[int]:
        """The process ids of the workers that are ready, oldest first."""
        ready = [line["worker"] for line in self.logged if line["event"] == "a worker is ready"]
        return [pid for pid in ready if Path(f"/proc/{pid}/stat").exists()]

    def wait_for_workers(self, number: int, without: int) -> None:
        until = time.monotonic() + STARTING
        while len(self.workers()) < number or without in self.workers():
            assert time.monotonic() < until
            time.sleep(0.1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


def environment(settings: dict[str, object]) -> dict[str, str]:
    """That of this process, with the settings in place of any others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHATBOT_")}
    given = {"DATABASE": "none", "LOG_FORMAT": "json", **settings}
    return {**kept, **{f"CHATBOT_{name}": str(value) for name, value in given.items()}}


@contextmanager
def started(
    before: list[str] | None = None, extra: dict[str, str] | None = None, **settings: object
) -> Iterator[Server]:
    """`chatbot serve` with the settings; whatever happens, it and its processes are gone at the end."""
    port = int(str(settings.setdefault("PORT", free_port())))
    process = subprocess.Popen(
        [*(before or []), sys.executable, "-m", "chatbot", "serve"],
        env={**environment(settings), **(extra or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    server = Server(process, port)
    try:
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        server.read_all()


def ran(**settings: object) -> tuple[int, str, list[str]]:
    """Exit code, output and lines of error of a server that ends by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", "serve"],
        env=environment({"PORT": free_port(), **settings}),
        capture_output=True,
        text=True,
        timeout=STARTING,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.splitlines()
