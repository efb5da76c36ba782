from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import hashing_embedder
from knowledge_files import MINES, document_text, write, write_tiny

from chatbot.documents import fingerprint, load_documents
from chatbot.embedder import PASSAGE_PROMPT, QUERY_PROMPT
from chatbot.index.build import Built, KeptVectors, build_index
from chatbot.index.store import text_key
from chatbot.index.vectors import nearest


def build(folder: Path, kept: Built | None = None, further: tuple[str, ...] = ()) -> tuple[Built, list[str]]:
    """The index of the folder, and the texts that went through the model."""
    embedder, model = hashing_embedder()
    vectors = [KeptVectors(kept.index.manifest.texts, kept.vectors)] if kept else []
    return build_index(load_documents(folder), fingerprint(folder), embedder, vectors, lambda _: further), model.asked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "files")


def test_rows_are_those_of_passages_and_questions(folder: Path) -> None:
    index = build(folder)[0].index
    assert index.passage_vectors.ntotal == len(index.passages) == 3
    assert index.question_vectors.ntotal == len(index.questions) == 6
    embedder, _ = hashing_embedder()
    for row, question in enumerate(index.questions):
        found, _ = nearest(index.question_vectors, embedder.query(question.text), 1)
        assert found[0] == row


def test_first_build_embeds_every_text_once(folder: Path) -> None:
    built, asked = build(folder)
    assert built.embedded == len(asked) == len(set(asked)) == 9


def test_second_build_embeds_nothing(folder: Path) -> None:
    first, _ = build(folder)
    second, asked = build(folder, kept=first)
    assert (second.embedded, asked) == (0, [])
    assert np.array_equal(second.vectors, first.vectors)


def test_changed_section_embeds_only_its_own_text(folder: Path) -> None:
    first, _ = build(folder)
    write(folder, "en/mines.md", document_text(MINES.replace("green, grey", "black, grey"), title="Mines"))
    second, asked = build(folder, kept=first)
    assert [text.partition("\n")[0] for text in asked] == ["What mines look like"]
    assert "black, grey" in asked[0]
    assert second.embedded == 1


def test_changed_question_embeds_only_itself(folder: Path) -> None:
    first, _ = build(folder)
    write(folder, "en/mines.questions.yaml", "found:\n- I found a mine\n- What a mine!\n")
    _, asked = build(folder, kept=first)
    assert asked == ["What a mine!"]


def test_text_that_is_gone_is_not_kept(folder: Path) -> None:
    first, _ = build(folder)
    (folder / "en/water.md").unlink()
    second, _ = build(folder, kept=first)
    assert len(second.vectors) == len(first.vectors) - 2
    assert text_key(QUERY_PROMPT, "Mines in rivers") not in second.index.manifest.texts


def test_new_index_equals_one_built_from_nothing(folder: Path) -> None:
    first, _ = build(folder)
    write(folder, "en/mines.md", document_text(MINES.replace("green", "black")))
    again, fresh = build(folder, kept=first)[0], build(folder)[0]
    assert again.index.passages == fresh.index.passages
    assert again.index.manifest.texts.keys() == fresh.index.manifest.texts.keys()
    for key, row in fresh.index.manifest.texts.items():
        assert np.array_equal(again.vectors[again.index.manifest.texts[key]], fresh.vectors[row])


def test_same_text_twice_is_embedded_once(folder: Path) -> None:
    write(folder, "en/mines.questions.yaml", "found:\n- the same\n- the same\nlooks:\n- the same\n")
    built, asked = build(folder)
    assert asked.count("the same") == 1
    assert [question.text for question in built.index.questions].count("the same") == 3


def test_further_questions_are_kept_but_not_found(folder: Path) -> None:
    built, asked = build(folder, further=("Which mines are blue?", "I found a mine"))
    assert built.further.shape == (2, 64)
    assert asked.count("I found a mine") == 1
    assert text_key(QUERY_PROMPT, "Which mines are blue?") in built.index.manifest.texts
    assert all(question.text != "Which mines are blue?" for question in built.index.questions)


def test_manifest_says_from_what_it_was_built(folder: Path) -> None:
    built, _ = build(folder)
    manifest = built.index.manifest
    assert (manifest.model, manifest.dimensions) == ("hashing", 64)
    assert manifest.knowledge == fingerprint(folder)
    assert len(set(manifest.passages)) == 3
    assert text_key(PASSAGE_PROMPT, built.index.passages[0].text) in manifest.texts


def test_index_without_an_embedder_is_of_words_alone(folder: Path) -> None:
    built = build_index(load_documents(folder), fingerprint(folder), None)
    assert (built.index.manifest.model, built.index.manifest.dimensions) == ("none", 1)
    assert built.index.passage_words.scores("floods").argmax() == 2
    assert built.index.question_grams.scores("mne colur").argmax() == 4


def test_passage_hash_changes_with_its_place(folder: Path) -> None:
    documents = load_documents(folder)
    moved = tuple(replace(document, id=f"{document.id}-2") for document in documents)
    one, other = (build_index(each, {}, None).index.manifest.passages for each in (documents, moved))
    assert not set(one) & set(other)
