"""FAISS: unit vectors -> nearest rows by inner product."""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


EXACT_UP_TO = 20_000
"""Rows. So many are compared one by one within a millisecond or two; of more, only those that a graph leads to."""
LINKS, BUILD_WIDTH, SEARCH_WIDTH = 32, 100, 256
"""Of the graph (HNSW, Malkov & Yashunin 2016, arXiv:1603.09320): docs/bench has how many of the nearest it finds."""


def build_vectors(vectors: Vectors) -> faiss.Index:
    """An inner-product index over (n, d) float32 rows of unit length; of up to EXACT_UP_TO rows it compares each."""
    dimensions = vectors.shape[1]
    index = _each_one(dimensions) if len(vectors) <= EXACT_UP_TO else _graph(dimensions)
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def _each_one(dimensions: int) -> faiss.Index:
    """In half precision: what is slow is to fetch the rows from memory, and a cosine differs by less than 0.001."""
    return faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _graph(dimensions: int) -> faiss.Index:
    index = faiss.IndexHNSWFlat(dimensions, LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = BUILD_WIDTH
    index.hnsw.efSearch = SEARCH_WIDTH
    return index


def nearest(index: faiss.Index, vector: Vectors, count: int) -> tuple[Rows, Vectors]:
    """The rows nearest to one (d,) vector, best first, with their cosines in [-1, 1]; at most `count`."""
    rows, scores = nearest_to_each(index, vector.reshape(1, -1), count)
    found = rows[0] >= 0  # a graph may lead to fewer
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
