"""A build after one changed file against a full build: texts embedded, and seconds."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench.figures import Figure, Found, Goal
from bench.sizes import Sizes
from bench.timing import timed
from chatbot.building import BuildReport, build, embedder_of
from chatbot.documents import FENCE
from chatbot.embedder import Embedder, Vectors
from chatbot.index.shipped import FILE
from chatbot.settings import Settings, read_settings

ADDED = {"az": "indi", "en": "now", "ru": "сейчас"}
SMALL = "cleared-land.md"
"""The document that is built where not all are."""


class Timed(Embedder):
    """Stands before an embedder and adds up the seconds it works."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.sha256 = embedder.name, embedder.sha256
        self.seconds = 0.0

    @property
    def dimensions(self) -> int:
        return self._embedder.dimensions

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._added(partial(self._embedder.queries, texts))

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._added(partial(self._embedder.passages, texts))

    def _added(self, embed: Callable[[], Vectors]) -> Vectors:
        milliseconds, vectors = timed(embed)
        self.seconds += milliseconds / 1000
        return vectors


def measure(sizes: Sizes) -> Found:
    """Both in a folder of their own, without the gate, whose questions are the same in both."""
    with tempfile.TemporaryDirectory() as folder:
        settings = copied(read_settings(), Path(folder), sizes)
        return measure_builds(settings, embedder_of(settings))


def measure_builds(settings: Settings, embedder: Embedder) -> Found:
    """Changes a knowledge file of the settings."""
    timed_embedder = Timed(embedder)
    full, full_embedding = _built(settings, timed_embedder)
    changed_file = change_one(settings.knowledge)
    changed, changed_embedding = _built(settings, timed_embedder)
    figures = (
        Figure(
            "texts embedded after one changed file", changed.embedded, "texts", "full build", full.embedded,
            Goal("ratio", at_most=1 / 50),
        ),
        Figure(
            "seconds of embedding after one changed file", changed_embedding, "s", "full build", full_embedding,
            Goal("ratio", at_most=1 / 50),
        ),
        Figure("whole build after one changed file", changed.seconds, "s", "full build", full.seconds),
        Figure("full build", full.seconds, "s", "its embedding", full_embedding),
    )  # fmt: skip
    counts = {"passages": full.passages, "questions": full.questions, "labelled": full.labelled}
    return Found(figures, {**counts, "changed": changed_file})


def copied(settings: Settings, folder: Path, sizes: Sizes) -> Settings:
    """Settings for a copy of the knowledge with an index of its own and no shipped vectors; where not `whole`, of one
    document, unlearned."""
    knowledge = folder / "knowledge"
    shutil.copytree(settings.knowledge, knowledge)
    own = settings.having(knowledge=knowledge, index=folder / "index", evals=folder / "evals")
    if sizes.whole:
        shutil.copytree(settings.evals, own.evals, ignore=shutil.ignore_patterns(FILE))
        return own
    for path in knowledge.rglob("*"):
        if path.is_file() and not path.name.startswith(SMALL.removesuffix("md")):
            path.unlink()
    return own


def change_one(knowledge: Path) -> str:
    """Adds a word to every paragraph of the longest document, more than an edit does, and no sentence, so that it stays
    parallel to its translations. Returns its name."""
    path = max(sorted(knowledge.glob("*/*.md")), key=lambda each: each.stat().st_size)
    head, body = path.read_text("utf-8").removeprefix(FENCE).split(f"\n{FENCE}\n", 1)
    added = ADDED.get(path.parent.name, ADDED["en"])
    lines = [
        f"{line[:-1]} {added}." if line[:1].isalpha() and line.endswith(".") else line for line in body.split("\n")
    ]
    path.write_text(f"{FENCE}{head}\n{FENCE}\n" + "\n".join(lines), "utf-8")
    return path.relative_to(knowledge).as_posix()


def _built(settings: Settings, embedder: Timed) -> tuple[BuildReport, float]:
    before = embedder.seconds
    report = build(settings, embedder)
    return report, embedder.seconds - before
