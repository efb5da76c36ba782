"""The kept index versions, as people choose among them."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatbot.index.manifest import MANIFEST
from chatbot.index.versions import PUBLISHED, current, list_versions

EVALUATION = "evaluation.json"


@dataclass(frozen=True)
class Version:
    """One kept version: when it was published (ISO 8601), how much it holds, and how it did; numbers that were not
    noted are None. `canaries`: how many were asked and how many of them failed."""

    name: str
    in_use: bool
    at: str
    documents: int | None
    passages: int | None
    questions: int | None
    figures: dict[str, float]
    missed: int | None
    canaries: tuple[int, int] | None


def read_history(root: Path) -> list[Version]:
    """The versions, newest first. Raises IndexUnusableError where none is in use."""
    in_use = current(root)
    return [_version(folder, folder == in_use) for folder in reversed(list_versions(root))]


def _version(folder: Path, in_use: bool) -> Version:
    published, evaluation = _read(folder / PUBLISHED), _read(folder / EVALUATION)
    sealed = datetime.fromtimestamp((folder / MANIFEST).stat().st_mtime, UTC).isoformat(timespec="seconds")
    figures = evaluation.get("figures", {}).get("all", {})
    return Version(
        name=folder.name,
        in_use=in_use,
        at=published.get("at", sealed),
        documents=published.get("documents"),
        passages=published.get("passages"),
        questions=published.get("questions"),
        figures={name: value for name, value in figures.items() if value is not None},
        missed=len(evaluation["missed"]) if figures else None,
        canaries=(evaluation["canaries"], len(evaluation["failed"])) if evaluation else None,
    )


def _read(path: Path) -> dict[str, Any]:
    """What was noted beside an index; nothing where it can't be read, for the index itself does not need it."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found
