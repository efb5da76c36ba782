"""Query -> features: what the learned parts see of a question."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from chatbot.language.folding import STEM_LENGTH

Floats = npt.NDArray[np.float32]

VECTOR_WEIGHT = 1.5
"""Of the (d,) vector against the three word blocks, each of unit length; chosen by cross-validation on `train`."""


def text_features(folded: Sequence[str], vectors: Floats) -> sparse.csr_matrix:
    """(n, words + d): character n-grams, words and pairs, and stems of folded texts, then their (n, d) vectors."""
    return sparse.hstack(
        [*(block.transform(folded) for block in _word_blocks()), sparse.csr_matrix(vectors * VECTOR_WEIGHT)]
    ).tocsr()


def weigh_vectors(features: sparse.csr_matrix, weight: float) -> sparse.csr_matrix:
    """The same features with the vectors' part multiplied."""
    weighed = features.copy()
    weighed.data[weighed.indices >= sum(block.n_features for block in _word_blocks())] *= weight
    return weighed


def _word_blocks() -> tuple[HashingVectorizer, ...]:
    return (
        HashingVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), n_features=2**14, alternate_sign=False, binary=True, lowercase=False
        ),
        HashingVectorizer(analyzer=_words_and_pairs, n_features=2**13, alternate_sign=False, binary=True),
        HashingVectorizer(analyzer=_stems, n_features=2**12, alternate_sign=False, binary=True),
    )


def _words_and_pairs(text: str) -> list[str]:
    words = text.split()
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def _stems(text: str) -> list[str]:
    return [word[:STEM_LENGTH] for word in text.split()]
