"""Fakes that are handed in: a small deterministic model, and one that fails. Both sit inside the real Embedder."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from chatbot.embedder import Embedder
from chatbot.language.folding import fold

DIMENSIONS = 64


class HashingModel:
    """Counts hashed character trigrams: texts that share letters are near. `asked` keeps what went through it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get_embedding_dimension(self) -> int:
        return DIMENSIONS

    def encode_query(self, texts: Sequence[str], **_: Any) -> npt.NDArray[np.float32]:
        self.asked += texts
        return np.stack([_hashed(text) for text in texts])

    encode_document = encode_query


class FailingModel(HashingModel):
    """Loads, then fails on every text, as a model does that has run out of memory."""

    def encode_query(self, texts: Sequence[str], **_: Any) -> npt.NDArray[np.float32]:
        raise RuntimeError("out of memory")

    encode_document = encode_query


def hashing_embedder(name: str = "hashing") -> tuple[Embedder, HashingModel]:
    """An embedder, and the model in it that counts."""
    model = HashingModel()
    return Embedder(model, name), model  # type: ignore[arg-type]


def failing_embedder() -> Embedder:
    return Embedder(FailingModel(), "failing")  # type: ignore[arg-type]


def _hashed(text: str) -> npt.NDArray[np.float32]:
    folded = f" {fold(text)} "
    row = np.full(DIMENSIONS, 1e-3, dtype=np.float32)
    for at in range(len(folded) - 2):
        row[zlib.crc32(folded[at : at + 3].encode()) % DIMENSIONS] += 1
    return row / np.linalg.norm(row)
