"""A real server answers real clients through 20 publications and 5 rollbacks: no failed answer, and none of two
versions."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from knowledge_files import document_text, write

from chatbot.building import put_back
from chatbot.documents import load_documents
from chatbot.embedder import Embedder
from chatbot.publishing import publish_knowledge
from chatbot.settings import Settings

PUBLICATIONS = 20
ROLLBACKS = 5
PAUSE = 1.0
STARTING = 60
EDITION = re.compile(r"edition (\d+)")
SECTIONS = """\
## You found a mine {{#found}}

1. Stop. Do not touch it. This is edition {0}.
2. Move away, then call 112.

## You touched a mine {{#touched}}

1. Stop. Do not touch the mine again. This is edition {0}.
2. Move away from the mine, then call 112.
"""


def write_edition(folder: Path, number: int) -> None:
    """Two documents that both say which edition they are of."""
    for name in ("emergency-object", "mines"):
        write(folder, f"en/{name}.md", document_text(SECTIONS.format(number)))


@dataclass
class Clients:
    """What the clients saw: the editions of whole answers, and what went wrong."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    editions: list[int] = field(default_factory=list)
    hashes: set[tuple[str, ...]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def fetch(self, path: str, body: dict[str, Any] | None = None) -> str:
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data, {"Content-Type": "application/json"} if data else {}
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.read().decode()

    def answers(self) -> None:
        self._keep_asking(lambda: self.fetch("/api/v1/ask", {"question": "I touched a mine", "lang": "en"}), True)

    def pages(self) -> None:
        self._keep_asking(lambda: self.fetch("/en/?question=I+found+a+mine"), True)

    def lists(self) -> None:
        def listed() -> str:
            told = json.loads(self.fetch("/api/v1/documents"))["documents"]
            self.hashes.add(tuple(each["sha256"] for each in told))
            return ""

        self._keep_asking(listed, False)

    def _keep_asking(self, ask: Callable[[], str], says_edition: bool) -> None:
        while not self.stop.is_set():
            try:
                editions = set(EDITION.findall(ask()))
            except (OSError, ValueError, urllib.error.URLError) as error:
                self.faults.append(repr(error))
                continue
            if says_edition and len(editions) != 1:
                self.faults.append(f"editions {sorted(editions)} in one answer")
            self.editions.extend(int(each) for each in editions)


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    write_edition(tmp_path / "files", 0)
    return Settings(knowledge=tmp_path / "files", index=tmp_path / "index", evals=tmp_path / "none", kept_versions=30)


@pytest.fixture
def clients(small: Settings, tmp_path: Path, embedder: Embedder) -> Iterator[Clients]:
    """Clients of a server in a process of its own."""
    publish_knowledge(small, print, embedder)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    environment = {"CHATBOT_KNOWLEDGE": str(small.knowledge), "CHATBOT_INDEX": str(small.index), "OMP_NUM_THREADS": "1"}
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "chatbot", "serve", "--port", str(port)],
            env={**os.environ, **environment, "CHATBOT_EVALS": str(small.evals)},
            stdout=log,
            stderr=log,
        )
        found = Clients(port)
        try:
            deadline = time.monotonic() + STARTING
            while time.monotonic() < deadline:
                try:
                    found.fetch("/readyz")
                    break
                except OSError:
                    time.sleep(0.2)
            yield found
        finally:
            server.terminate()
            server.wait(30)


def test_no_answer_fails_or_is_of_two_versions(small: Settings, clients: Clients, embedder: Embedder) -> None:
    threads = [threading.Thread(target=each) for each in (clients.answers, clients.pages, clients.lists)]
    published = {tuple(each.sha256 for each in load_documents(small.knowledge))}
    for thread in threads:
        thread.start()
    try:
        for number in range(1, PUBLICATIONS + 1):
            write_edition(small.knowledge, number)
            published.add(tuple(each.sha256 for each in load_documents(small.knowledge)))
            assert publish_knowledge(small, print, embedder, accept=True).published
            time.sleep(PAUSE)
            if number % (PUBLICATIONS // ROLLBACKS) == 0:
                put_back(small)
                time.sleep(PAUSE)
        deadline = time.monotonic() + 15
        while clients.editions[-1:] != [PUBLICATIONS - 1] and time.monotonic() < deadline:
            time.sleep(0.2)
    finally:
        clients.stop.set()
        for thread in threads:
            thread.join(30)
    print(f"{len(clients.editions)} answers of {len(set(clients.editions))} editions")
    assert clients.faults == []
    assert clients.hashes <= published
    assert clients.editions[-1] == PUBLICATIONS - 1
    assert len(clients.editions) > 100
    assert len(set(clients.editions)) > PUBLICATIONS / 2
    ready = json.loads(clients.fetch("/readyz"))
    assert (ready["status"], ready["problem"]) == ("ready", None)
