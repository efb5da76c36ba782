"""One small server for all that asks one."""

from collections.abc import Iterator

import pytest
from knowledge_files import write_tiny
from small_server import Small

from bench.served import served
from chatbot.building import build
from chatbot.embedder import Embedder
from chatbot.settings import Settings


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Small]:
    folder = tmp_path_factory.mktemp("bench")
    knowledge = write_tiny(folder / "knowledge", first="emergency-object")
    settings = Settings(knowledge=knowledge, index=folder / "index", evals=folder / "none")
    build(settings, embedder)
    named = {"KNOWLEDGE": knowledge, "INDEX": folder / "index", "EVALS": folder / "none"}
    with served(folder, workers=1, **named) as server:
        yield Small(server, settings)
