from pathlib import Path

import pytest
from fakes import hashing_embedder
from knowledge_files import write_tiny

from chatbot.documents import fingerprint, load_documents
from chatbot.index.build import Built, build_index
from chatbot.index.manifest import seal
from chatbot.index.store import save_index


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """The index of two small documents."""
    folder = write_tiny(tmp_path / "knowledge")
    embedder, _ = hashing_embedder()
    return build_index(load_documents(folder), fingerprint(folder), embedder)


@pytest.fixture
def saved(built: Built, tmp_path: Path) -> Path:
    """The folder of that index, sealed."""
    folder = tmp_path / "saved"
    folder.mkdir()
    save_index(built.index, built.vectors, folder)
    seal(built.index.manifest, folder)
    return folder
