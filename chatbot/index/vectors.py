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
    """An inner-product index over (n, d) float32 rows of unit length; exact up to EXACT_UP_TO rows."""
    exact = len(vectors) <= EXACT_UP_TO
    index: faiss.Index = faiss.IndexFlatIP(vectors.shape[1]) if exact else _graph(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def _graph(dimensions: int) -> faiss.Index:
    index = faiss.IndexHNSWFlat(dimensions, LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = BUILD_WIDTH
    index.hnsw.efSearch = SEARCH_WIDTH
    return index


def nearest(index: faiss.Index, vector: Vectors, count: int) -> tuple[Rows, Vectors]:
    """The rows nearest to one (d,) vector, best first, with their cosines in [-1, 1]; at most `count`."""
    scores, rows = index.search(vector.reshape(1, -1), min(count, index.ntotal))
    found = rows[0] >= 0  # a graph may lead to fewer
    return rows[0][found], scores[0][found]


def save_vectors(index: faiss.Index, path: Path) -> None:
    faiss.write_index(index, str(path))


def load_vectors(path: Path) -> faiss.Index:
    """The index with its vectors mapped from the file, so that processes which load it share them."""
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
