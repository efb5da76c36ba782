"""Real parts, loaded once a run: the model, the knowledge files, and the index in the user's cache."""

import os
from dataclasses import replace

import hypothesis
import pytest
from filelock import FileLock

from chatbot.building import build
from chatbot.documents import Document, load_documents
from chatbot.embedder import Embedder, Vectors, load_embedder
from chatbot.engine import Engine, load_engine, unpublished
from chatbot.settings import Settings, read_settings

os.environ["CHATBOT_DATABASE"] = "none"  # what tests ask is not to be found among a user's questions
os.environ["CHATBOT_RATE_LIMIT"] = "none"  # all tests ask from one address
hypothesis.settings.register_profile("slow-cores", deadline=None)
hypothesis.settings.load_profile("slow-cores")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file that needs the index comes first and those that do not need it next: while one process builds it, which
    takes minutes, another has something to do."""
    need = [item.path for item in items if "engine" in getattr(item, "fixturenames", ())]
    first, all_ = need[:1], set(need)
    items.sort(key=lambda item: 0 if item.path in first else 2 if item.path in all_ else 1)


class Remembering(Embedder):
    """The real embedder, which embeds a question that many tests ask only once."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder._model, embedder.name, embedder.sha256)
        self._vectors: dict[str, Vectors] = {}

    def query(self, text: str) -> Vectors:
        if text not in self._vectors:
            self._vectors[text] = super().query(text)
        return self._vectors[text]


@pytest.fixture(scope="session")
def settings() -> Settings:
    return read_settings()


@pytest.fixture(scope="session")
def documents(settings: Settings) -> tuple[Document, ...]:
    return load_documents(settings.knowledge)


@pytest.fixture(scope="session")
def embedder(settings: Settings) -> Embedder:
    return Remembering(load_embedder(settings.embedding_model))


@pytest.fixture(scope="session")
def engine(settings: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The whole chatbot on the real files; the index is built where none fits them, by one of the test processes."""
    with FileLock(tmp_path_factory.getbasetemp().parent / "index.lock"):
        if unpublished(settings) is not None:
            build(settings)
        loaded = load_engine(settings, say=print)
    return replace(loaded, parts=replace(loaded.parts, embedder=embedder))
