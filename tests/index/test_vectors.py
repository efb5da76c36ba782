from pathlib import Path

import numpy as np
import pytest

from chatbot.index.vectors import EXACT_UP_TO, build_vectors, load_vectors, nearest, save_vectors


def unit_rows(count: int, dimensions: int = 16) -> np.ndarray:
    rows = np.random.default_rng(7).normal(size=(count, dimensions)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_nearest_rows_are_those_of_a_comparison_one_by_one_in_half_precision() -> None:
    rows, asked = unit_rows(500), unit_rows(501)[-1]
    found, scores = nearest(build_vectors(rows), asked, 20)
    cosines = rows.astype(np.float16).astype(np.float32) @ asked
    assert found.tolist() == np.argsort(-cosines)[:20].tolist()
    assert scores == pytest.approx(cosines[found], abs=1e-5)


def test_half_precision_moves_no_cosine_by_a_thousandth() -> None:
    rows, asked = unit_rows(500, dimensions=384), unit_rows(501, dimensions=384)[-1]
    found, scores = nearest(build_vectors(rows), asked, 500)
    assert np.abs(scores - (rows @ asked)[found]).max() < 0.001


def test_row_is_nearest_to_itself() -> None:
    rows = unit_rows(50)
    for number in range(50):
        found, scores = nearest(build_vectors(rows), rows[number], 1)
        assert found.tolist() == [number]
        own = rows[number].astype(np.float16).astype(np.float32) @ rows[number]
        assert scores[0] == pytest.approx(own, abs=1e-5)


@pytest.mark.parametrize("count", [1, 3])
def test_no_more_rows_come_back_than_there_are(count: int) -> None:
    rows = unit_rows(count)
    found, scores = nearest(build_vectors(rows), rows[0], 60)
    assert sorted(found.tolist()) == list(range(count))
    assert len(scores) == count


def test_saved_index_finds_the_same(tmp_path: Path) -> None:
    rows = unit_rows(40)
    index = build_vectors(rows)
    save_vectors(index, tmp_path / "a.faiss")
    for one, other in zip(
        nearest(index, rows[3], 9), nearest(load_vectors(tmp_path / "a.faiss"), rows[3], 9), strict=True
    ):
        assert np.array_equal(one, other)


def test_large_index_finds_nearly_all_of_the_nearest_also_when_mapped(tmp_path: Path) -> None:
    rows = unit_rows(EXACT_UP_TO + 1)
    save_vectors(build_vectors(rows), tmp_path / "large.faiss")
    index = load_vectors(tmp_path / "large.faiss")
    asked = rows[::1000]
    found = [set(nearest(index, each, 10)[0].tolist()) for each in asked]
    exact = [set(np.argsort(-(rows @ each))[:10].tolist()) for each in asked]
    assert np.mean([len(one & other) / 10 for one, other in zip(found, exact, strict=True)]) >= 0.99
