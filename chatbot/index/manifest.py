"""What an index version was made from, in one JSON file beside its parts; it is read without loading any of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chatbot.errors import IndexUnusableError

SCHEMA = 7
MANIFEST = "manifest.json"
MEND = "run `chatbot build`"
TEXTS = ("documents.json", "passages.json", "questions.json")


@dataclass(frozen=True)
class Manifest:
    """What the index was made from: the SHA-256 of each knowledge file and of the labelled questions, the row of each
    embedded text by its hash. `model_sha256`: of the model's files, or nothing where they lie in no known place."""

    schema: int
    model: str
    dimensions: int
    knowledge: Mapping[str, str]
    passages: Sequence[str]
    texts: Mapping[str, int]
    files: Mapping[str, str]
    labels: str = ""
    model_sha256: str = ""

    @property
    def version(self) -> str:
        """A name for exactly what it was made from and the texts that were read from it. Vectors and weights are left
        out: they follow from these, but their last digits may differ from computer to computer."""
        texts = {name: self.files.get(name) for name in TEXTS}
        content = json.dumps([self.schema, self.model, dict(self.knowledge), self.labels, texts], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]


def seal(manifest: Manifest, folder: Path) -> Manifest:
    """Write the manifest with the hash of every file; a folder without one is no index."""
    hashed = {
        path.relative_to(folder).as_posix(): _file_hash(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
    sealed = Manifest(**{**asdict(manifest), "files": hashed})
    (folder / MANIFEST).write_text(json.dumps(asdict(sealed)), "utf-8")
    return sealed


def load_manifest(folder: Path) -> Manifest:
    """The manifest of the folder. Raises IndexUnusableError where there is none, or of another schema."""
    path = folder / MANIFEST
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        manifest = Manifest(**data)
    except FileNotFoundError as error:
        raise IndexUnusableError("there is no index", where=str(folder), mend=MEND) from error
    except (OSError, ValueError, TypeError) as error:
        raise IndexUnusableError(f"the index manifest can't be read ({error})", where=str(path), mend=MEND) from error
    if manifest.schema != SCHEMA:
        raise IndexUnusableError(f"the index has schema {manifest.schema}, not {SCHEMA}", where=str(path), mend=MEND)
    return manifest


def require_whole(folder: Path, manifest: Manifest) -> None:
    """Raises IndexUnusableError where a file of the index is missing or differs from its hash."""
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or _file_hash(path) != expected:
            raise IndexUnusableError("the index file is missing or damaged", where=str(path), mend=MEND)


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
