"""Arrays in a file: what is saved is loaded, nobody can change it, and rubbish is told."""

from pathlib import Path

import numpy as np
import pytest

from chatbot.tensors import load_tensors, save_tensors

ARRAYS = {
    "floats": np.array([[0.5, -1.0], [2.0, 3.0]], np.float32),
    "across": np.arange(6, dtype=np.int64).reshape(2, 3).T,
    "small": np.array([-127, 127], np.int8),
    "one": np.array([7], np.int32),
    "none": np.zeros((0, 3), np.float32),
}


def test_loaded_arrays_are_the_saved_ones(tmp_path: Path) -> None:
    save_tensors(tmp_path / "some", ARRAYS, classes="yox\nнет")
    found = load_tensors(tmp_path / "some")
    assert dict(found.told) == {"classes": "yox\nнет"}
    assert set(found.arrays) == set(ARRAYS)
    for name, array in ARRAYS.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert np.array_equal(found[name], array)


def test_mapped_arrays_can_not_be_written_to(tmp_path: Path) -> None:
    save_tensors(tmp_path / "some", ARRAYS)
    with pytest.raises(ValueError, match="read-only"):
        load_tensors(tmp_path / "some")["floats"][0, 0] = 1


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\x02\0\0\0\0\0\0\0{}x", b"\xff" * 9], ids=repr)
def test_rubbish_is_no_tensors(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "some").write_bytes(data)
    with pytest.raises(ValueError, match="some holds no tensors"):
        load_tensors(tmp_path / "some")


def test_missing_file_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="some"):
        load_tensors(tmp_path / "some")
