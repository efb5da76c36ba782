"""FAISS: unit vectors -> nearest rows by inner product."""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


def build_vectors(vectors: Vectors) -> faiss.Index:
    """An exact inner-product index over (n, d) float32 rows of unit length."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def nearest(index: faiss.Index, vector: Vectors, count: int) -> tuple[Rows, Vectors]:
    """The rows nearest to one (d,) vector, best first, with their cosines in [-1, 1]; at most `count`."""
    scores, rows = index.search(vector.reshape(1, -1), min(count, index.ntotal))
    return rows[0], scores[0]


def save_vectors(index: faiss.Index, path: Path) -> None:
    faiss.write_index(index, str(path))


def load_vectors(path: Path) -> faiss.Index:
    """The index with its vectors mapped from the file, so that processes which load it share them."""
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
