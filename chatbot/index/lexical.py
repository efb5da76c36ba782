"""Words -> rows: BM25 over folded terms (bm25s), and cosine over folded character n-grams.

BM25 finds the rare word; n-grams find it misspelt, inflected or run together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.language.folding import fold, terms
from chatbot.language.hashing import char_grams, counted, sparse_rows
from chatbot.tensors import load_tensors, save_tensors

Scores = npt.NDArray[np.float32]

GRAM_SPACE = 2**18
MOST_POSTINGS = 300_000
"""Rows that one text is compared with, each counted once for each n-gram that it shares. In a large index the commonest
n-grams, which tell least, are left out beyond that, so that time does not grow with it."""
COLUMNS = ("data", "indices", "indptr")
"""The arrays of a matrix that is kept by column."""


@dataclass(frozen=True)
class WordIndex:
    """BM25 (Robertson; Lucene's variant) over the terms of texts."""

    ranker: bm25s.BM25

    def terms(self, text: str) -> list[str]:
        """The text as what is ranked."""
        return terms(text)

    def scores(self, text: str) -> Scores:
        """(n,) float32, one a row; zeros where no term is known."""
        known = [term for term in self.terms(text) if term in self.ranker.vocab_dict]
        if not known:
            return np.zeros(self.ranker.scores["num_docs"], dtype=np.float32)
        found: Scores = self.ranker.get_scores(known)
        return found

    def known_share(self, text: str) -> float:
        """The share of the text's words that occur in any row, in [0, 1]."""
        asked = [term for term in self.terms(text) if not term.endswith("_")]
        return sum(term in self.ranker.vocab_dict for term in asked) / len(asked) if asked else 0.0


def build_words(texts: Sequence[str]) -> WordIndex:
    rows = [terms(text) for text in texts]
    # bm25s would number the terms in the order of a set, another one in each process.
    numbers = {term: number for number, term in enumerate(sorted({term for row in rows for term in row}))}
    ranker = _ranker()
    ranker.index(([[numbers[term] for term in row] for row in rows], numbers), show_progress=False)
    return WordIndex(ranker)


def save_words(index: WordIndex, path: Path) -> None:
    scores, numbers = index.ranker.scores, index.ranker.vocab_dict
    arrays = {name: scores[name] for name in COLUMNS} | {"rows": np.array([scores["num_docs"]])}
    save_tensors(path, arrays, terms="\n".join(sorted(numbers, key=numbers.__getitem__)))


def load_words(path: Path) -> WordIndex:
    """Raises OSError, or ValueError or KeyError where the file is not such an index."""
    stored = load_tensors(path)
    ranker = _ranker()
    ranker.vocab_dict = {term: number for number, term in enumerate(stored.told["terms"].split("\n"))}
    ranker.scores = {name: stored[name] for name in COLUMNS} | {"num_docs": int(stored["rows"][0])}
    ranker.nonoccurrence_array = None  # this variant gives nothing for a term that a row lacks
    return WordIndex(ranker)


def _ranker() -> bm25s.BM25:
    return bm25s.BM25(method="lucene")


@dataclass(frozen=True)
class GramIndex:
    """TF-IDF over character n-grams inside folded words; rows of unit length, kept by column."""

    columns: sparse.csc_matrix
    weights: Scores

    def scores(self, text: str) -> Scores:
        """(n,) float32 cosines in [0, 1], one a row."""
        asked = counted(char_grams(fold(text), 3, 5), GRAM_SPACE)
        values = asked.values * self.weights[asked.numbers]
        postings = self.columns.indptr[asked.numbers + 1] - self.columns.indptr[asked.numbers]
        rarest = np.argsort(postings, kind="stable")
        rarest = rarest[np.cumsum(postings[rarest]) <= MOST_POSTINGS]
        found: Scores = self.columns[:, asked.numbers[rarest]] @ values[rarest]
        return found / np.float32(np.linalg.norm(values) + 1e-9)


def build_grams(texts: Sequence[str]) -> GramIndex:
    counts = _grams(texts)
    seen = np.asarray((counts > 0).sum(axis=0)).ravel()
    weights = np.log((1 + len(texts)) / (1 + seen)).astype(np.float32) + 1
    rows = counts.multiply(weights).tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ rows
    return GramIndex(rows.astype(np.float32).tocsc(), weights)


def save_grams(index: GramIndex, path: Path) -> None:
    rows = index.columns
    arrays = {name: getattr(rows, name) for name in COLUMNS}
    save_tensors(path, arrays | {"shape": np.array(rows.shape), "weights": index.weights})


def load_grams(path: Path) -> GramIndex:
    """Raises OSError, or ValueError or KeyError where the file is not such an index."""
    stored = load_tensors(path)
    rows = sparse.csc_matrix(tuple(stored[name] for name in COLUMNS), shape=tuple(stored["shape"]), copy=False)
    return GramIndex(rows, stored["weights"])


def _grams(texts: Sequence[str]) -> sparse.csr_matrix:
    return sparse_rows([counted(char_grams(fold(text), 3, 5), GRAM_SPACE) for text in texts], GRAM_SPACE)
