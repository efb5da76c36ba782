"""Query -> features: what the learned parts see of a question."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.language.folding import STEM_LENGTH
from chatbot.language.hashing import Columns, char_grams, counted, present, sparse_rows

Floats = npt.NDArray[np.float32]

GRAMS, WORDS, STEMS = 2**14, 2**13, 2**12
"""Columns of the three word blocks: character n-grams, words and pairs, stems."""
WORD_COLUMNS = GRAMS + WORDS + STEMS
VECTOR_WEIGHT = 1.5
"""Of the (d,) vector against the three word blocks, each of unit length; chosen by cross-validation on `train`."""


def text_features(folded: Sequence[str], vectors: Floats) -> sparse.csr_matrix:
    """(n, words + d) float32: the word blocks of folded texts, then their (n, d) vectors."""
    dimensions = vectors.shape[1]
    numbers = np.arange(WORD_COLUMNS, WORD_COLUMNS + dimensions, dtype=np.int32)
    rows = []
    for text, vector in zip(folded, vectors, strict=True):
        blocks = [*_word_blocks(text), Columns(numbers, vector * np.float32(VECTOR_WEIGHT))]
        rows.append(Columns(*(np.concatenate(parts) for parts in zip(*blocks, strict=True))))
    return sparse_rows(rows, WORD_COLUMNS + dimensions)


def extended(features: sparse.csr_matrix, weight: float, more: Floats) -> sparse.csr_matrix:
    """(1, n) features with the vector's part multiplied, and (k,) more behind them -> (1, n + k)."""
    width = features.shape[1]
    weighed = np.where(features.indices >= WORD_COLUMNS, features.data * np.float32(weight), features.data)
    numbers = np.arange(width, width + len(more), dtype=np.int32)
    row = Columns(np.concatenate([features.indices, numbers]), np.concatenate([weighed, more]))
    return sparse_rows([row], width + len(more))


def _word_blocks(text: str) -> Iterator[Columns]:
    words = text.split()
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    yield present(counted(char_grams(text, 3, 5), GRAMS))
    yield _moved(present(counted((*words, *pairs), WORDS)), GRAMS)
    yield _moved(present(counted((word[:STEM_LENGTH] for word in words), STEMS)), GRAMS + WORDS)


def _moved(columns: Columns, places: int) -> Columns:
    return Columns(columns.numbers + np.int32(places), columns.values)
