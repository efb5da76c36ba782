"""locust sends readers on their way: page, question, follow-up, document, feedback (`pip install -e '.[bench]'`)."""

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from bench.embedding_alone import EmbeddingAlone
from bench.figures import Found, MissingError
from bench.load import WAITING, Load, against_embedding
from bench.questions import FOLLOW_UPS, distinct, unseen_questions
from bench.served import CORES, served
from bench.sizes import Sizes
from chatbot.settings import read_settings

LOCUSTFILE = Path(__file__).with_name("locustfile.py")
JOURNEYS = 10_000
OF_QUESTIONS = ("question", "follow-up")


def measure(sizes: Sizes) -> Found:
    """The embedding alone embeds what journeys do: each question, then question and follow-up together. Raises
    MissingError where there is no locust."""
    require_locust()
    questions = unseen_questions(read_settings())
    together = [
        text
        for number, question in enumerate(questions)
        for text in (question, f"{question} {FOLLOW_UPS[number % len(FOLLOW_UPS)]}")
    ]
    with tempfile.TemporaryDirectory() as name, EmbeddingAlone(CORES, together, Path(name)) as alone:
        folder = Path(name)
        with served(folder, QUESTIONS_WAITING=WAITING) as server:
            return against_embedding("journeys", Journeys(server.url, questions, folder).run, alone, sizes)


def require_locust() -> None:
    if find_spec("locust") is None:
        raise MissingError("locust is not installed: `pip install --constraint constraints.txt -e '.[bench]'`")


class Journeys:
    """One process of locust; each run goes on with other questions."""

    def __init__(self, url: str, questions: list[str], folder: Path, page: str = "/az/") -> None:
        self._url, self._page = url, page
        self._file = folder / "journeys.json"
        self._file.write_text(json.dumps(list(islice(distinct(questions), JOURNEYS))), "utf-8")
        self._next = 0

    def run(self, clients: int, seconds: float) -> Load:
        """Only questions and follow-ups count as answered; whatever fails counts as failed. Raises RuntimeError."""
        length = max(1, round(seconds))
        told_to = {
            "BENCH_QUESTIONS": str(self._file), "BENCH_FOLLOW_UPS": json.dumps(FOLLOW_UPS),
            "BENCH_FROM": str(self._next), "BENCH_PAGE": self._page,
        }  # fmt: skip
        command = [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--headless", "--host", self._url]
        shape = ["-u", str(clients), "-r", str(clients), "-t", f"{length}s", "--json", "--loglevel", "ERROR"]
        done = subprocess.run(
            [*command, *shape], check=False, capture_output=True, text=True, env={**os.environ, **told_to}
        )
        try:
            told: list[dict[str, Any]] = json.loads(done.stdout)
        except ValueError:
            raise RuntimeError(f"locust ended with {done.returncode}: {done.stderr[-2000:]}") from None
        return self._load(told, length)

    def _load(self, told: list[dict[str, Any]], seconds: float) -> Load:
        kinds = {each["name"]: each for each in told}
        asked = [kinds[name] for name in OF_QUESTIONS if name in kinds]
        self._next += kinds["page"]["num_requests"] + 1
        answered = sum(each["num_requests"] - each["num_failures"] for each in asked)
        failed = sum(each["num_failures"] for each in told)
        more = {name: {key: each[key] for key in ("num_requests", "num_failures")} for name, each in kinds.items()}
        return Load(answered, seconds, 0, failed, more)
