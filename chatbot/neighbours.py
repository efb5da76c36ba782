"""What was right for the labelled questions most like this one: a vote of the nearest (Cover & Hart 1967).

A linear model weighs words one by one; a neighbour shows what a whole question meant. The vote is one more number for
the decision, never the decision itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.features import WORD_COLUMNS
from chatbot.index.vectors import Rows, build_vectors, load_vectors, nearest_to_each, save_vectors
from chatbot.tensors import load_tensors, save_tensors

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

CANDIDATES = 200
"""The nearest by their vectors; of these the words are compared too."""
NEAREST = 20
WORDS_WEIGHT = 0.4
NEARNESS = 0.07
"""How much nearer a neighbour must be to count e times as much. These four were chosen on new questions of other
writers than those who had written `train`; docs/evaluation has the figures."""
WORD_BLOCKS = 3.0
"""Each of unit length, so that this is the most that two questions can share."""
AT_ONCE = 512
VECTORS, WORDS = "neighbours.faiss", "neighbours.safetensors"
"""The files."""


@dataclass(frozen=True)
class Neighbours:
    """`vectors`: n of unit length, the mean of all taken off; `mean`: (d,); `words`: (n, WORD_COLUMNS); `marks`: (n,)
    the number of each one's class."""

    classes: tuple[str, ...]
    mean: Floats
    vectors: faiss.Index
    words: sparse.csr_matrix
    marks: Numbers

    def votes(self, features: sparse.csr_matrix, groups: Sequence[str] | None = None) -> Floats:
        """(n, classes), rows that sum to 1, for (n, words + d) text features. `groups`: the group of each labelled
        question where the features are their own: none votes on its group."""
        names = None if groups is None else np.array(groups)
        count = CANDIDATES + (0 if groups is None else max(Counter(groups).values()))
        found = []
        for start in range(0, features.shape[0], AT_ONCE):
            block = features[start : start + AT_ONCE].toarray()
            near = nearest_to_each(self.vectors, _centred(block[:, WORD_COLUMNS:], self.mean), count)
            for number, (asked, rows, scores) in enumerate(zip(block[:, :WORD_COLUMNS], *near, strict=True), start):
                others = rows >= 0 if names is None else (rows >= 0) & (names[rows] != names[number])
                found.append(self._vote(asked, rows[others][:CANDIDATES], scores[others][:CANDIDATES]))
        return np.stack(found)

    def _vote(self, asked: Floats, rows: Rows, scores: Floats) -> Floats:
        """The (classes,) shares; `asked`: (WORD_COLUMNS,) the question's words; `scores`: how near its vector is to
        those of the rows."""
        alike = (1 - WORDS_WEIGHT) * scores + WORDS_WEIGHT * (self.words[rows] @ asked) / WORD_BLOCKS
        nearest = _greatest(alike, NEAREST)
        weights = np.exp((alike[nearest] - alike[nearest].max()) / NEARNESS)
        votes = np.bincount(self.marks[rows[nearest]], weights * self._shares[rows[nearest]], len(self.classes))
        shares: Floats = (votes / votes.sum()).astype(np.float32)
        return shares

    @cached_property
    def _shares(self) -> Floats:
        """(n,) a class of many questions has more neighbours anywhere, so each of them counts for less."""
        counts = np.bincount(self.marks, minlength=len(self.classes))
        return (1 / np.sqrt(counts[self.marks])).astype(np.float32)


def learn_neighbours(features: sparse.csr_matrix, labels: Sequence[str]) -> Neighbours:
    """From the text features of labelled questions, (n, words + d)."""
    vectors = features[:, WORD_COLUMNS:].toarray()
    mean = vectors.mean(axis=0)
    classes = tuple(sorted(set(labels)))
    numbers = {name: number for number, name in enumerate(classes)}
    marks = np.array([numbers[label] for label in labels], dtype=np.int32)
    return Neighbours(classes, mean, build_vectors(_centred(vectors, mean)), features[:, :WORD_COLUMNS].tocsr(), marks)


def save_neighbours(found: Neighbours, folder: Path) -> None:
    """Write them into the folder."""
    save_vectors(found.vectors, folder / VECTORS)
    tensors = {
        "mean": found.mean,
        "marks": found.marks,
        "values": found.words.data.astype(np.float32),
        "numbers": found.words.indices.astype(np.int32),
        "ends": found.words.indptr.astype(np.int32),
    }
    save_tensors(folder / WORDS, tensors, classes="\n".join(found.classes))


def load_neighbours(folder: Path) -> Neighbours:
    """With all large parts mapped from the files. Raises ValueError or OSError where the folder holds no neighbours."""
    try:
        stored = load_tensors(folder / WORDS)
        classes, marks = tuple(stored.told["classes"].split("\n")), stored["marks"]
        rows = stored["values"], stored["numbers"], stored["ends"]
        words = sparse.csr_matrix(rows, shape=(len(marks), WORD_COLUMNS), copy=False)
        return Neighbours(classes, stored["mean"], load_vectors(folder / VECTORS), words, marks)
    except (KeyError, ValueError, RuntimeError) as error:
        raise ValueError(f"{folder} holds no labelled questions: {error}") from error


def _centred(vectors: Floats, mean: Floats) -> Floats:
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)


def _greatest(scores: Floats, count: int) -> npt.NDArray[np.int64]:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]
