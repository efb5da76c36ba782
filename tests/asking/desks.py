"""An engine on small files with a fake model that counts what it is asked, and that waits where a test wants it to."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fakes import HashingModel
from knowledge_files import write_tiny

from chatbot.answer import Parts
from chatbot.asking import Asking, KeptAnswers, Outcome, Places
from chatbot.documents import load_documents
from chatbot.embedder import Embedder
from chatbot.engine import Engine
from chatbot.index.build import build_index
from chatbot.settings import Settings


class HeldModel(HashingModel):
    """Answers at once, until it is held; then it waits to be let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = Event()
        self.free.set()
        self.entered = Event()

    def encode_query(self, texts: Any, **more: Any) -> Any:
        self.entered.set()
        assert self.free.wait(20)
        return super().encode_query(texts, **more)

    encode_document = encode_query


@dataclass(frozen=True)
class Desk:
    """An engine, its model, and how the questions ended."""

    engine: Engine
    model: HeldModel
    outcomes: list[Outcome] = field(default_factory=list)

    def asking(self, at_work: int = 2, waiting: int = 8, kept: int = 10, patience: float = 10) -> Asking:
        return Asking(Places(at_work, waiting, patience), KeptAnswers(kept), self.outcomes.append)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    model = HeldModel()
    documents = load_documents(write_tiny(tmp_path / "knowledge"))
    embedder = Embedder(model, "held")  # type: ignore[arg-type]
    index = build_index(documents, {}, embedder).index
    model.asked.clear()
    return Desk(Engine(Settings(), Parts(index, embedder, None), "1"), model)


@pytest.fixture
def other_version(desk: Desk) -> Engine:
    return replace(desk.engine, version="2")
