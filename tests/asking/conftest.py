"""A desk on small files."""

from dataclasses import replace
from pathlib import Path

import pytest
from desk import Desk, HeldModel
from knowledge_files import write_tiny

from chatbot.answer import Parts
from chatbot.documents import load_documents
from chatbot.embedder import Embedder
from chatbot.engine import Engine
from chatbot.index.build import build_index
from chatbot.settings import Settings


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
