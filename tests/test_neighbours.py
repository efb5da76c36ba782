"""The labelled questions most like this one vote on its kind."""

from pathlib import Path

import numpy as np
import pytest
from fakes import hashing_embedder
from scipy import sparse

from chatbot.features import text_features
from chatbot.neighbours import VECTORS, WORDS, Neighbours, learn_neighbours, load_neighbours, save_neighbours

TEXTS = ["found a mine", "i found a grenade", "found mine near house", "weather tomorrow", "weather in baku", "goals"]
LABELS = ["emergency", "emergency", "emergency", "off_topic", "off_topic", "off_topic"]


def features(texts: list[str]) -> sparse.csr_matrix:
    return text_features(texts, hashing_embedder()[0].queries(texts))


@pytest.fixture
def neighbours(monkeypatch: pytest.MonkeyPatch) -> Neighbours:
    monkeypatch.setattr("chatbot.neighbours.NEAREST", 2)
    return learn_neighbours(features(TEXTS), LABELS)


def test_question_like_labelled_ones_gets_their_kind(neighbours: Neighbours) -> None:
    votes = neighbours.votes(features(["found a mine in the house", "weather today"]))
    assert votes.sum(axis=1) == pytest.approx([1, 1])
    assert neighbours.classes[votes[0].argmax()] == "emergency"
    assert neighbours.classes[votes[1].argmax()] == "off_topic"


def test_no_question_votes_on_its_own_group(neighbours: Neighbours) -> None:
    own = neighbours.votes(features(TEXTS), ["a", "b", "c", "d", "e", "f"])
    together = neighbours.votes(features(TEXTS), ["mine", "mine", "mine", "d", "e", "f"])
    emergency = neighbours.classes.index("emergency")
    assert own[0][emergency] > together[0][emergency] == 0


def test_saved_neighbours_vote_the_same(neighbours: Neighbours, tmp_path: Path) -> None:
    save_neighbours(neighbours, tmp_path)
    found = load_neighbours(tmp_path)
    asked = features(["found a mine in the house"])
    assert np.allclose(found.votes(asked), neighbours.votes(asked))


@pytest.mark.parametrize("name", [VECTORS, WORDS])
def test_damaged_file_is_no_neighbours(neighbours: Neighbours, tmp_path: Path, name: str) -> None:
    save_neighbours(neighbours, tmp_path)
    (tmp_path / name).write_bytes(b"no")
    with pytest.raises(ValueError, match="holds no labelled questions"):
        load_neighbours(tmp_path)
