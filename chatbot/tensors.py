"""Arrays in a file: safetensors, which hold nothing but data, mapped when read so that processes share them.

NumPy's own files have a header that is parsed as Python, which two threads at once can't do with some CPython 3.11
(https://github.com/python/cpython/issues/106905); an index is loaded while requests are answered.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

Array = npt.NDArray[Any]

_KINDS = {"F32": np.float32, "F64": np.float64, "I8": np.int8, "U8": np.uint8, "I32": np.int32, "I64": np.int64}


@dataclass(frozen=True)
class Tensors:
    """The arrays of a file by their names, and the texts that were saved beside them."""

    arrays: Mapping[str, Array]
    told: Mapping[str, str]

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]


def save_tensors(path: Path, arrays: Mapping[str, Array], **told: str) -> None:
    save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, path, metadata=told)


def load_tensors(path: Path) -> Tensors:
    """Every array of the file, read-only and mapped. Raises OSError where the file can't be read, ValueError where it
    is not of this form.

    `get_tensor` copies, so the arrays are mapped here, once safetensors has checked the file: eight bytes of the
    header's length, the header (JSON), the arrays.
    """
    try:
        with safe_open(path, framework="numpy") as stored:
            told = stored.metadata() or {}
    except SafetensorError as error:
        raise ValueError(f"{path} holds no tensors: {error}") from error
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    entries = {name: each for name, each in header.items() if name != "__metadata__"}
    return Tensors({name: _mapped(path, 8 + length, each) for name, each in entries.items()}, told)


def _mapped(path: Path, start: int, entry: Mapping[str, Any]) -> Array:
    kind, shape, begin = _KINDS[entry["dtype"]], tuple(entry["shape"]), entry["data_offsets"][0]
    if 0 in shape:  # nothing can't be mapped
        return np.empty(shape, kind)
    return np.asarray(np.memmap(path, kind, "r", start + begin, shape))
