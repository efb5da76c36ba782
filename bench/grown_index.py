"""An index of so many passages: made and saved by one process, asked in another, as a server would ask it."""

import sys
import time
from dataclasses import dataclass
from functools import partial
from os import getpid
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.children import answer_lines
from bench.memory import memory_of
from bench.synthetic import NoisyVectors, grown
from bench.timing import timed
from chatbot.answer import Parts, answer
from chatbot.building import embedder_of
from chatbot.embedder import PASSAGE_PROMPT, QUERY_PROMPT, Vectors
from chatbot.index.build import Built, KeptVectors, build_index
from chatbot.index.manifest import load_manifest, seal
from chatbot.index.store import load_index, load_kept_vectors, load_stored_documents, save_index, text_key
from chatbot.index.vectors import load_vectors, nearest
from chatbot.index.versions import current
from chatbot.learned import load_learned
from chatbot.question import Question
from chatbot.settings import read_settings

EXACT = ("passages.npy", "questions.npy")
"""The rows as they were embedded, for the exact search; kept beside the index, not in it."""

NEAREST = 10
REST = "suggest"
"""What no stage counts: suggestions, pictures, notices."""
ROUNDING = 1e-5


@dataclass(frozen=True)
class Made:
    """How large it came out, and the seconds that making and saving it took."""

    passages: int
    questions: int
    documents: int
    seconds: float
    megabytes: float


def make(folder: Path, passages: int, questions: int) -> Made:
    """Write the index into `folder`/index, and what an exact search needs beside it."""
    started = time.perf_counter()
    settings = read_settings()
    real = current(settings.index_folder)
    manifest = load_manifest(real)
    kept = KeptVectors(manifest.texts, load_kept_vectors(real, manifest))
    documents = grown(load_stored_documents(real), passages, questions)
    embedder = NoisyVectors(embedder_of(settings), kept.rows)
    built = build_index(documents, {}, embedder, [kept])
    index = folder / "index"
    index.mkdir(parents=True)
    save_index(built.index, built.vectors, index)
    seal(built.index.manifest, index)
    _save_exact(built, folder)
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6
    counts = len(built.index.passages), len(built.index.questions), len(documents)
    return Made(*counts, time.perf_counter() - started, size)


def _save_exact(built: Built, folder: Path) -> None:
    index, rows = built.index, built.index.manifest.texts
    passages = [rows[text_key(PASSAGE_PROMPT, each.text)] for each in index.passages]
    asked = [index.spelling.respell(each.text, each.lang) for each in index.questions]
    questions = [rows[text_key(QUERY_PROMPT, text)] for text in asked]
    for name, numbers in zip(EXACT, (passages, questions), strict=True):
        np.save(folder / name, built.vectors[numbers], allow_pickle=False)


class Asked:
    """The index in the folder, loaded, with the real model and what was really learned."""

    def __init__(self, folder: Path) -> None:
        settings = read_settings()
        before = memory_of(getpid())
        embedder, learned = embedder_of(settings), load_learned(current(settings.index_folder))
        embedder.query("112")
        with_model = memory_of(getpid())
        first, index = timed(partial(load_index, folder / "index"))
        after = memory_of(getpid())
        again = [timed(partial(load_index, folder / "index"))[0] for _ in range(2)]
        self.loading = median([first, *again]) / 1000
        self.mapping = timed(lambda: [load_vectors(path) for path in (folder / "index").glob("*.faiss")])[0] / 1000
        self.memory = {"before": before.rss, "with_model": with_model.rss, "with_index": after.rss}
        self._embedder = embedder
        self._parts = Parts(index, embedder, learned)
        self._exact = [np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in EXACT]

    def asked(self, told: Any) -> Any:
        """{"question"} -> milliseconds, whole and by stage; {"recall"} -> recall@10 of passages and of questions."""
        if "recall" in told:
            vector = self._embedder.query(told["recall"])
            searched = zip(
                (self._parts.index.passage_vectors, self._parts.index.question_vectors), self._exact, strict=True
            )
            return [recall(nearest(index, vector, NEAREST)[0], exact, vector) for index, exact in searched]
        milliseconds, given = timed(partial(answer, Question(told["question"]), self._parts))
        stages = given.trace.milliseconds
        return {"whole": milliseconds, **stages, REST: milliseconds - sum(stages.values())}


def recall(found: Any, exact: Vectors, vector: Vectors) -> float:
    """The share of the found rows that belong to the nearest by exact search; a row as near as the last counts."""
    cosines = np.asarray(exact) @ vector
    count = min(NEAREST, len(cosines))
    last = np.partition(cosines, -count)[-count]
    rows = np.unique([row for row in found if row >= 0])
    return float((cosines[rows] >= last - ROUNDING).sum() / count)


def main(folder: Path) -> None:
    asked = Asked(folder)
    told = {"loading": asked.loading, "mapping": asked.mapping, "memory": asked.memory}
    answer_lines(told, asked.asked)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
