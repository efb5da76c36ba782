"""`chatbot serve` told to stop: it ends at once and in order, and what waited to be written is in the database."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

from chatbot.records.database import connect, reading
from chatbot.records.store import answer_counts

ASKED = 5


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:
            assert server.poll() is None
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server does not answer")


def test_stopped_server_has_written_all(tiny: Path, tmp_path: Path) -> None:
    url, port = f"sqlite:///{tmp_path}/records.sqlite", free_port()
    given = {"KNOWLEDGE": tiny, "INDEX": tiny.parent / "index", "EVALS": tmp_path, "DATABASE": url, "PORT": port}
    environment = {**os.environ, **{f"CHATBOT_{name}": str(value) for name, value in given.items()}}
    server = subprocess.Popen([sys.executable, "-m", "chatbot", "serve"], env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}", server)
        for _ in range(ASKED):
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/api/v1/ask",
                json.dumps({"question": "Where is honey sold?"}).encode(),
                {"Content-Type": "application/json"},
            )
            urllib.request.urlopen(request, timeout=60).close()
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
    finally:
        server.kill()
        server.wait()
    with reading(connect(url)) as connection:
        assert sum(each.number for each in answer_counts(connection, date.min)) == ASKED
