"""Synthetic knowledge is as large as wanted, quotable, always the same, and searched as real knowledge is."""

from pathlib import Path

import numpy as np
import pytest
from small_server import Small

from bench.grown_index import Asked, make, recall
from bench.synthetic import NoisyVectors, grown
from chatbot.documents import Document
from chatbot.embedder import Embedder
from chatbot.passages import cut_passages, stored_questions


def test_grown_knowledge_has_so_many_passages(documents: tuple[Document, ...]) -> None:
    found = grown(documents, 700, questions=2)
    passages = list(cut_passages(found))
    assert 700 <= len(passages) < 720
    assert found[: len(documents)] == documents
    assert len({(each.lang, each.id) for each in found}) == len(found)
    new = found[len(documents) :]
    sections = sum(len(each.sections) for each in new)
    assert len(list(stored_questions(new))) == 3 * sections


def test_grown_documents_are_whole_and_the_same_each_time(documents: tuple[Document, ...]) -> None:
    found = grown(documents, 600, questions=1)
    assert found == grown(documents, 600, questions=1)
    for document in found[len(documents) :]:
        for section in document.sections:
            for sentence in section.sentences:
                text = document.body[sentence.start : sentence.end]
                assert text == text.strip() != ""
                assert section.start < sentence.start < sentence.end <= section.end


def test_noisy_vectors_are_near_real_ones(embedder: Embedder) -> None:
    real = embedder.passages(["Mines are green.", "Call 112.", "Do not touch it."])
    found = NoisyVectors(embedder, real).passages([f"text {number}" for number in range(50)])
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert ((found @ real.T).max(axis=1) > 0.9).all()


def test_recall_counts_rows_as_near_as_the_last() -> None:
    exact = np.eye(20, dtype=np.float32)
    vector = np.linspace(1, 0, 20, dtype=np.float32)
    assert recall(range(10), exact, vector) == 1
    assert recall([*range(9), 15], exact, vector) == pytest.approx(0.9)
    assert recall([0, 0, -1], exact, vector) == pytest.approx(0.1)


def test_grown_index_answers(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_INDEX", str(small.settings.index_folder))
    made = make(tmp_path, 40, 1)
    assert made.passages >= 40
    asked = Asked(tmp_path)
    told = asked.asked({"question": "What do mines look like?"})
    assert told["whole"] >= told["embed"] > 0
    assert asked.asked({"recall": "What do mines look like?"}) == [1.0, 1.0]
    assert 0 < asked.mapping < asked.loading < 1
