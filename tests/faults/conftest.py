"""Small knowledge with its index, and servers on it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from knowledge_files import write_tiny

from chatbot.building import build
from chatbot.embedder import Embedder
from chatbot.settings import Settings


@dataclass(frozen=True)
class Place:
    """Where a server's files lie."""

    knowledge: Path
    index: Path
    evals: Path

    @property
    def settings(self) -> dict[str, object]:
        return {"KNOWLEDGE": self.knowledge, "INDEX": self.index, "EVALS": self.evals}

    def build(self, embedder: Embedder) -> str:
        return build(Settings(knowledge=self.knowledge, index=self.index, evals=self.evals), embedder).version


@pytest.fixture
def place(tmp_path: Path, embedder: Embedder) -> Place:
    """Small knowledge with an index that fits it."""
    found = empty_place(tmp_path)
    found.build(embedder)
    return found


@pytest.fixture
def unbuilt(tmp_path: Path) -> Place:
    """Small knowledge without an index."""
    return empty_place(tmp_path)


def empty_place(folder: Path) -> Place:
    knowledge = write_tiny(folder / "knowledge", first="emergency-object")
    return Place(knowledge, folder / "index", folder / "none")
