"""A build that is killed at any moment leaves an index that loads, whole and of one version."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

from fakes import hashing_embedder
from knowledge_files import write_tiny

from chatbot.building import build
from chatbot.documents import load_documents
from chatbot.index.bodies import find_body, read_seen
from chatbot.index.store import load_index
from chatbot.index.versions import VERSIONS, current, list_versions
from chatbot.settings import Settings

KILLS = 50
TESTS = Path(__file__).parent
WATER = "en/water.md"


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(TESTS / "building_processes.py"), str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_build_killed_at_any_moment_leaves_a_loadable_index(tmp_path: Path) -> None:
    settings = Settings(knowledge=write_tiny(tmp_path / "knowledge"), index=tmp_path / "index", evals=tmp_path / "none")
    words = (settings.knowledge / WATER).read_text("utf-8")
    build(settings, hashing_embedder()[0])
    moments = random.Random(5)
    waiting = deque(start(tmp_path) for _ in range(3))
    seen = set()
    for kill in range(KILLS):
        victim = waiting.popleft()
        if kill + 3 < KILLS:
            waiting.append(start(tmp_path))
        with victim:
            assert victim.stdout is not None
            assert victim.stdout.readline() == "ready\n"
            assert victim.stdin is not None
            (settings.knowledge / WATER).write_text(words, "utf-8")
            victim.stdin.write(f"Kill {kill}\n")
            victim.stdin.flush()
            assert victim.stdout.readline() == "built\n"
            started = time.monotonic()
            assert victim.stdout.readline() == "built\n"
            # Somewhere in the third or fourth build, however long one takes on this machine.
            time.sleep(moments.uniform(0, 2 * (time.monotonic() - started)))
            victim.send_signal(signal.SIGKILL)
        assert victim.returncode == -signal.SIGKILL
        found = load_index(current(settings.index_folder))
        assert [document.id for document in found.documents] == ["mines", "water"]
        assert len(found.passages) == found.passage_vectors.ntotal == 3
        seen.add(found.manifest.version)
    assert len(seen) == KILLS
    (settings.knowledge / WATER).write_text(words, "utf-8")
    build(settings, hashing_embedder()[0])
    documents = load_index(current(settings.index_folder)).documents
    assert [each.sha256 for each in documents] == [each.sha256 for each in load_documents(settings.knowledge)]
    assert len(list_versions(settings.index_folder)) <= settings.kept_versions
    left = [path for path in (settings.index_folder / VERSIONS).iterdir() if path.name.startswith(".gone-")]
    assert left == []
    for each in read_seen(settings.index_folder):
        if each.sha256 is not None:
            assert find_body(settings.index_folder, each.lang, each.document, each.sha256) is not None
