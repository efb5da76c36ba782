"""Words and n-grams of a text -> numbered columns with their values, by hashing (Weinberger et al. 2009,
arXiv:0902.2206).

The numbers are those of scikit-learn's HashingVectorizer, whose checks of each call take ten times as long as the work
on one short question; a test compares the two.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils import murmurhash3_32

LEAST_HASH = -(2**31)


class Columns(NamedTuple):
    """`numbers`: (k,) int32, each once; `values`: (k,) float32."""

    numbers: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]


def char_grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    """The character n-grams inside each word with a space at either end; a word that is shorter than `n` once."""
    for word in text.split():
        padded = f" {word} "
        for length in range(shortest, longest + 1):
            last = len(padded) - length
            yield padded[:length]
            if last <= 0:
                break
            for start in range(1, last + 1):
                yield padded[start : start + length]


def counted(tokens: Iterable[str], space: int) -> Columns:
    """How often each column below `space` is hit."""
    counts: dict[int, int] = {}
    for token in tokens:
        number = _column(murmurhash3_32(token, seed=0), space)
        counts[number] = counts.get(number, 0) + 1
    return Columns(np.array(list(counts), np.int32), np.array(list(counts.values()), np.float32))


def of_unit_length(columns: Columns) -> Columns:
    length = float(np.sqrt((columns.values * columns.values).sum()))
    return columns if length == 0 else Columns(columns.numbers, columns.values / np.float32(length))


def present(columns: Columns) -> Columns:
    """Each column as often as any other, in a row of unit length."""
    count = len(columns.numbers)
    return Columns(columns.numbers, np.full(count, 1 / np.sqrt(max(count, 1)), np.float32))


def sparse_rows(rows: Sequence[Columns], width: int) -> sparse.csr_matrix:
    """(n, width) float32."""
    ends = np.cumsum([0, *(len(row.numbers) for row in rows)])
    numbers = np.concatenate([np.zeros(0, np.int32), *(row.numbers for row in rows)])
    values = np.concatenate([np.zeros(0, np.float32), *(row.values for row in rows)])
    return sparse.csr_matrix((values, numbers, ends), shape=(len(rows), width))


def _column(hashed: int, space: int) -> int:
    return (2**31 - space if hashed == LEAST_HASH else abs(hashed)) % space
