"""FAISS: unit vectors -> nearest rows by inner product."""

import math
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


EXACT_UP_TO = 20_000
"""Rows. So many are compared one by one within a millisecond or two; of more, only those of the nearest lists."""
LISTS_SEARCHED = 160
"""Of the lists of an inverted file (Sivic & Zisserman 2003), which has two for each unit of the rows' square root: 632
of about 158 rows where there are 100,000, so that a quarter is compared. docs/bench has how many of the nearest
are found. A graph (HNSW) took minutes to build where many rows are alike, and led to fewer of these."""


def build_vectors(vectors: Vectors) -> faiss.Index:
    """An inner-product index over (n, d) float32 rows of unit length; of up to EXACT_UP_TO rows it compares each.

    In half precision: what is slow is to fetch the rows from memory, and a cosine differs by less than 0.001.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    index = _compare_all(rows) if len(rows) <= EXACT_UP_TO else _compare_near(rows)
    index.add(rows)
    return index


def _compare_all(rows: Vectors) -> faiss.Index:
    return faiss.IndexScalarQuantizer(rows.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _compare_near(rows: Vectors) -> faiss.Index:
    dimensions, lists = rows.shape[1], 2 * math.isqrt(len(rows))
    centres, precision = faiss.IndexFlatIP(dimensions), faiss.ScalarQuantizer.QT_fp16
    index = faiss.IndexIVFScalarQuantizer(centres, dimensions, lists, precision, faiss.METRIC_INNER_PRODUCT, False)
    index.nprobe = LISTS_SEARCHED
    index.train(rows)
    index.make_direct_map()  # to get a row back by its number
    return index


def nearest(index: faiss.Index, vector: Vectors, count: int) -> tuple[Rows, Vectors]:
    """The rows nearest to one (d,) vector, best first, with their cosines in [-1, 1]; at most `count`."""
    rows, scores = nearest_to_each(index, vector.reshape(1, -1), count)
    found = rows[0] >= 0  # the lists may hold fewer
    return rows[0][found], scores[0][found]


def nearest_to_each(index: faiss.Index, vectors: Vectors, count: int) -> tuple[Rows, Vectors]:
    """The same for (n, d) vectors: both (n, count), or fewer columns where there are no more rows; -1 for a row that
    was not found."""
    scores, rows = index.search(vectors, min(count, index.ntotal))
    return rows, scores


def save_vectors(index: faiss.Index, path: Path) -> None:
    faiss.write_index(index, str(path))


def load_vectors(path: Path) -> faiss.Index:
    """The index with its vectors mapped from the file, so that processes which load it share them."""
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
