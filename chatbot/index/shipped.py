"""Vectors that come with the labelled questions, so that a first build need not embed what is shipped as it is.

A row is kept as int8 with a scale of its own: its cosine with the model's own vector stays above 0.9999. Written anew
by `make vectors` from the index in use; whatever the file lacks is embedded as ever.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatbot.errors import KnowledgeError
from chatbot.index.build import KeptVectors
from chatbot.index.manifest import load_manifest
from chatbot.index.store import load_kept_vectors
from chatbot.index.versions import current
from chatbot.settings import Settings, read_settings
from chatbot.tensors import load_tensors, save_tensors

Vectors = npt.NDArray[np.float32]

FILE = "vectors.safetensors"
MOST = 127


def load_shipped(path: Path, model_sha256: str) -> KeptVectors | None:
    """The vectors of the file, or None where there is none or it is of another model. Raises KnowledgeError where it
    can't be read."""
    if not path.exists():
        return None
    try:
        stored = load_tensors(path)
        if stored.told["model_sha256"] != model_sha256:
            return None
        keys = [row.tobytes().hex() for row in stored["keys"]]
        rows = stored["rows"].astype(np.float32) * stored["scales"][:, None]
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(
            f"the shipped vectors can't be read ({error})",
            where=str(path),
            mend="restore the file, or delete it: what it held is then embedded",
        ) from error
    return KeptVectors({key: row for row, key in enumerate(keys)}, _of_unit_length(rows))


def save_shipped(keys: Mapping[str, int], rows: Vectors, model_sha256: str, path: Path) -> None:
    """Writes the rows that `keys` numbers, in the order of the keys, so that the same vectors make the same file."""
    ordered = sorted(keys)
    wanted = rows[[keys[key] for key in ordered]]
    scales = np.abs(wanted).max(axis=1) / MOST
    tensors = {
        "keys": np.frombuffer(bytes.fromhex("".join(ordered)), np.uint8).reshape(len(ordered), -1),
        "rows": np.round(wanted / scales[:, None]).astype(np.int8),
        "scales": scales.astype(np.float32),
    }
    save_tensors(path, tensors, model_sha256=model_sha256)


def ship(settings: Settings) -> int:
    """Writes the vectors of the index in use beside the labelled questions, and returns how many. Raises
    IndexUnusableError where there is no index."""
    folder = current(settings.index_folder)
    manifest = load_manifest(folder)
    rows = load_kept_vectors(folder, manifest)
    save_shipped(manifest.texts, rows, manifest.model_sha256, settings.evals / FILE)
    return len(manifest.texts)


def _of_unit_length(rows: Vectors) -> Vectors:
    found: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return found


if __name__ == "__main__":
    print(f"wrote {ship(read_settings())} vectors")
