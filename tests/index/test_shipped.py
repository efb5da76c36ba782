"""Vectors that are shipped stand for those that the model would give, and for no others."""

from pathlib import Path

import numpy as np
import pytest
from fakes import hashing_embedder
from knowledge_files import write_tiny

from chatbot.building import build
from chatbot.embedder import QUERY_PROMPT, Embedder
from chatbot.engine import Engine
from chatbot.errors import KnowledgeError
from chatbot.index.shipped import FILE, load_shipped, save_shipped, ship
from chatbot.index.store import text_key
from chatbot.settings import Settings

SHA256 = "ab" * 32


@pytest.fixture
def tiny(tmp_path: Path) -> Settings:
    evals = tmp_path / "evals"
    evals.mkdir()
    return Settings(knowledge=write_tiny(tmp_path / "knowledge"), index=tmp_path / "index", evals=evals)


def hashing(sha256: str = SHA256) -> Embedder:
    embedder = hashing_embedder()[0]
    embedder.sha256 = sha256
    return embedder


def test_what_is_shipped_is_not_embedded_again(tiny: Settings, tmp_path: Path) -> None:
    first = build(tiny, hashing())
    assert ship(tiny) == first.embedded
    elsewhere = tiny.having(index=tmp_path / "elsewhere")
    assert build(elsewhere, hashing()).embedded == 0


def test_what_is_not_shipped_is_embedded(tiny: Settings, tmp_path: Path) -> None:
    build(tiny, hashing())
    ship(tiny)
    path = tiny.knowledge / "en/water.md"
    path.write_text(path.read_text("utf-8").replace("Floods", "Rivers"), "utf-8")
    assert build(tiny.having(index=tmp_path / "elsewhere"), hashing()).embedded == 1


def test_vectors_of_another_model_are_left(tiny: Settings, tmp_path: Path) -> None:
    first = build(tiny, hashing())
    ship(tiny)
    elsewhere = tiny.having(index=tmp_path / "elsewhere")
    assert build(elsewhere, hashing("cd" * 32)).embedded == first.embedded


def test_same_vectors_make_the_same_file_and_hardly_move(tmp_path: Path) -> None:
    rows = np.random.default_rng(7).normal(size=(50, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    keys = {f"{number:032x}": number for number in range(50)}
    save_shipped(keys, rows, SHA256, tmp_path / "one")
    save_shipped(dict(reversed(keys.items())), rows, SHA256, tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    found = load_shipped(tmp_path / "one", SHA256)
    assert found is not None
    again = found.rows[[found.keys[key] for key in keys]]
    assert (again * rows).sum(axis=1).min() > 0.9999


def test_damaged_file_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"\0" * 40)
    with pytest.raises(KnowledgeError, match=f"{FILE}.*restore the file"):
        load_shipped(path, SHA256)


def test_shipped_vectors_are_those_of_the_model(engine: Engine) -> None:
    embedder, spelling = engine.parts.embedder, engine.parts.index.spelling
    assert embedder is not None
    shipped = load_shipped(engine.settings.evals / FILE, embedder.sha256)
    assert shipped is not None
    texts = [spelling.respell(each.text, each.lang) for each in engine.parts.index.questions[::500]]
    known = [text for text in texts if text_key(QUERY_PROMPT, text) in shipped.keys]
    assert len(known) > len(texts) / 2
    rows = shipped.rows[[shipped.keys[text_key(QUERY_PROMPT, text)] for text in known]]
    assert (rows * embedder.queries(known)).sum(axis=1).min() > 0.999


def test_shipped_vectors_hold_most_texts_of_the_index(engine: Engine) -> None:
    shipped = load_shipped(engine.settings.evals / FILE, engine.parts.index.manifest.model_sha256)
    assert shipped is not None
    texts = engine.parts.index.manifest.texts
    assert sum(key in shipped.keys for key in texts) > 0.9 * len(texts)
