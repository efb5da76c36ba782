"""wrk posts distinct questions at the server (`apt-get install wrk`)."""

import json
import shutil
import subprocess
import tempfile
from itertools import islice
from pathlib import Path

from bench.embedding_alone import EmbeddingAlone
from bench.figures import Found, MissingError
from bench.load import WAITING, Load, against_embedding
from bench.questions import distinct, unseen_questions
from bench.served import CORES, served
from bench.sizes import Sizes
from chatbot.settings import read_settings

SCRIPT = Path(__file__).with_name("wrk.lua")
POSTED = 10_000
"""More than are asked in all runs, and far more than are kept."""


def measure(sizes: Sizes) -> Found:
    """Raises MissingError where there is no wrk."""
    require_wrk()
    questions = unseen_questions(read_settings())
    with tempfile.TemporaryDirectory() as name, EmbeddingAlone(CORES, questions, Path(name)) as alone:
        folder = Path(name)
        with served(folder, QUESTIONS_WAITING=WAITING) as server:
            wrk = Wrk(server.url, questions, folder)
            return against_embedding("wrk", wrk.run, alone, sizes)


def require_wrk() -> None:
    if shutil.which("wrk") is None:
        raise MissingError("wrk is not installed: `apt-get install wrk`")


class Wrk:
    """One thread of wrk; each run goes on where the one before ended."""

    def __init__(self, url: str, questions: list[str], folder: Path) -> None:
        self._url = url
        self._bodies = folder / "bodies.jsonl"
        texts = list(islice(distinct(questions), POSTED))
        self._posted = len(texts)
        self._bodies.write_text("".join(json.dumps({"question": text}) + "\n" for text in texts), "utf-8")
        self._next = 0

    def run(self, clients: int, seconds: float) -> Load:
        """Raises CalledProcessError."""
        script = ["-s", str(SCRIPT), self._url, "--", str(self._bodies), str(self._next % self._posted)]
        command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "20s", *script]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(done.stdout.splitlines()[-1])
        self._next += told["requests"] + clients
        answered = told["requests"] - told["refused"]
        return Load(answered, told["seconds"], told["refused"], told["failed"], told)
