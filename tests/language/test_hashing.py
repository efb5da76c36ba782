"""Hashed columns are those of scikit-learn's vectorizer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import HashingVectorizer

from chatbot.language.hashing import char_grams, counted, of_unit_length, present, sparse_rows

SPACE = 2**12
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(TEXTS, st.sampled_from([(1, 4), (3, 5)]))
def test_counts_are_those_of_the_vectorizer(text: str, lengths: tuple[int, int]) -> None:
    vectorizer = HashingVectorizer(
        analyzer="char_wb", ngram_range=lengths, n_features=SPACE, alternate_sign=False, norm=None, lowercase=False
    )
    found = sparse_rows([counted(char_grams(text, *lengths), SPACE)], SPACE)
    assert np.array_equal(found.toarray(), vectorizer.transform([text]).toarray())


@pytest.mark.parametrize("binary", [True, False])
def test_rows_are_of_unit_length_as_there(binary: bool) -> None:
    texts = ["men bagda demir gordum", "", "mina mina mina"]
    vectorizer = HashingVectorizer(analyzer=str.split, n_features=SPACE, alternate_sign=False, binary=binary)
    scaled = present if binary else of_unit_length
    found = sparse_rows([scaled(counted(text.split(), SPACE)) for text in texts], SPACE)
    assert found.dtype == np.float32
    assert np.allclose(found.toarray(), vectorizer.transform(texts).toarray())


def test_no_text_makes_no_row() -> None:
    assert sparse_rows([], SPACE).shape == (0, SPACE)
