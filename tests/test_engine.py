"""Building and loading on a small knowledge folder, with the real model."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import hashing_embedder
from knowledge_files import document_text, write, write_tiny

from chatbot.building import build, put_back
from chatbot.documents import load_document
from chatbot.embedder import Embedder
from chatbot.engine import load_engine, open_engine, unpublished, unusable
from chatbot.errors import IndexUnusableError, KnowledgeError
from chatbot.index.history import EVALUATION
from chatbot.index.manifest import load_manifest
from chatbot.index.versions import current, list_versions
from chatbot.labels import fingerprint_labels, read_labels
from chatbot.question import Question
from chatbot.settings import Settings, read_settings


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    knowledge = write_tiny(tmp_path / "knowledge", first="emergency-object")
    return Settings(knowledge=knowledge, index=tmp_path / "index", evals=tmp_path / "none")


def test_engine_builds_its_index_on_the_way_and_then_keeps_it(small: Settings) -> None:
    said: list[str] = []
    first = load_engine(small, said.append)
    assert said[0].startswith("building the index: ")
    assert unusable(small) is None
    said.clear()
    again = load_engine(small, said.append)
    assert said == []
    assert (again.version, again.degraded) == (first.version, None)
    assert again.ask(Question("I found a mine")).quotes[0].text.startswith("Stop. Do not touch it.")


def test_index_built_on_the_way_follows_the_files(small: Settings) -> None:
    version = load_engine(small, lambda _: None).version
    write(small.knowledge, "en/water.questions.yaml", "rivers:\n- mines in water\n")
    said: list[str] = []
    assert load_engine(small, said.append).version != version
    assert "were edited after 000001-" in said[0]


def test_edited_files_wait_where_the_index_was_published(small: Settings, embedder: Embedder) -> None:
    version = load_engine(small, lambda _: None).version
    (current(small.index_folder) / EVALUATION).write_text("{}")
    write(small.knowledge, "en/water.questions.yaml", "rivers:\n- mines in water\n")
    said: list[str] = []
    assert load_engine(small, said.append).version == version
    assert len(said) == 1
    assert "were edited after 000001-" in said[0]
    build(small, embedder)
    assert unpublished(small) is None
    assert load_engine(small, lambda _: None).version != version


def test_engine_that_was_rolled_back_serves_and_says_so(small: Settings, embedder: Embedder) -> None:
    version = build(small, embedder).version
    write(small.knowledge, "en/water.questions.yaml", "rivers:\n- mines in water\n")
    build(small, embedder)
    put_back(small)
    said: list[str] = []
    assert load_engine(small, said.append).version == version
    assert len(said) == 1
    assert "was rolled back to 000001-" in said[0]


def test_version_of_another_model_can_not_be_put_back(small: Settings, embedder: Embedder) -> None:
    build(small, hashing_embedder()[0])
    used = build(small, embedder).version
    with pytest.raises(IndexUnusableError, match="made with the model hashing"):
        put_back(small)
    assert current(small.index_folder).name.endswith(used)


def test_damaged_version_can_not_be_put_back(small: Settings, embedder: Embedder) -> None:
    build(small, embedder)
    write(small.knowledge, "en/water.questions.yaml", "rivers:\n- mines in water\n")
    used = build(small, embedder).version
    (list_versions(small.index_folder)[0] / "grams.safetensors").write_bytes(b"")
    with pytest.raises(IndexUnusableError, match="damaged"):
        put_back(small)
    assert current(small.index_folder).name.endswith(used)


def test_damaged_index_is_built_anew(small: Settings) -> None:
    load_engine(small, lambda _: None)
    (current(small.index_folder) / "questions.faiss").write_bytes(b"")
    said: list[str] = []
    found = load_engine(small, said.append)
    assert "damaged" in said[0]
    assert found.ask(Question("I found a mine")).quotes


def test_index_of_another_model_is_built_anew(small: Settings) -> None:
    build(small, hashing_embedder()[0])
    assert unusable(small) == "the index was made with the model hashing"
    assert load_engine(small, lambda _: None).parts.index.manifest.dimensions == 384


def test_build_with_the_same_model_embeds_only_what_changed(small: Settings) -> None:
    embedder, model = hashing_embedder()
    assert build(small, embedder).embedded == 9
    assert build(small, embedder).embedded == 0
    assert len(model.asked) == 9


def test_version_is_that_of_the_content_whatever_was_built_before(small: Settings, tmp_path: Path) -> None:
    embedder, _ = hashing_embedder()
    first = build(small, embedder).version
    questions = (small.knowledge / "en/emergency-object.questions.yaml").read_text("utf-8")
    write(small.knowledge, "en/emergency-object.questions.yaml", f"found:\n- a new one\n{questions[7:]}")
    changed = build(small, embedder).version
    write(small.knowledge, "en/emergency-object.questions.yaml", questions)
    assert build(small, embedder).version == first != changed
    assert build(small.having(index=tmp_path / "fresh"), embedder).version == first


def test_version_changes_with_the_labelled_questions(small: Settings) -> None:
    labels = read_labels(read_settings({}).evals / "test.jsonl")[:3]
    assert len({fingerprint_labels(labels[:number]) for number in range(4)}) == 4
    build(small, hashing_embedder()[0])
    manifest = load_manifest(current(small.index_folder))
    assert replace(manifest, labels="other").version != manifest.version


def test_wrong_file_leaves_the_index_in_use(small: Settings) -> None:
    embedder, _ = hashing_embedder()
    build(small, embedder)
    before = current(small.index_folder)
    write(small.knowledge, "en/water.md", "nothing")
    with pytest.raises(KnowledgeError):
        build(small, embedder)
    assert current(small.index_folder) == before
    assert list_versions(small.index_folder) == [before]


def test_engine_without_a_model_answers_by_words(small: Settings) -> None:
    said: list[str] = []
    engine = load_engine(small.having(embedding_model="/no/such/model"), said.append)
    assert engine.degraded == said[0]
    assert "can't be loaded" in engine.degraded
    found = engine.ask(Question("I found a mine"))
    assert found.kind == "emergency"
    assert found.quotes
    assert not (small.index_folder / "current").exists()


def test_engine_without_a_model_uses_the_index_there_is(small: Settings, embedder: Embedder) -> None:
    version = build(small, embedder).version
    engine = load_engine(small.having(embedding_model="/no/such/model"), lambda _: None)
    assert engine.version == version


def test_engine_without_a_model_serves_what_was_published_too(small: Settings, embedder: Embedder) -> None:
    version = build(small, embedder).version
    published = load_document(small.knowledge / "en/water.md")
    write(small.knowledge, "en/water.md", document_text("## Wells {#wells}\n\nDo not go into a well.\n"))
    engine = load_engine(small.having(embedding_model="/no/such/model"), lambda _: None)
    assert engine.version == version
    assert engine.parts.index.document("en", "water") == published


def test_engine_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no knowledge files"):
        load_engine(Settings(knowledge=tmp_path / "none", index=tmp_path / "index"), lambda _: None)


def test_index_that_can_not_be_written_is_an_error(small: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnusableError, match="can't be written"):
        load_engine(small.having(index=tmp_path / "file"), lambda _: None)


def test_longest_question_is_that_of_the_settings(small: Settings) -> None:
    engine = load_engine(small.having(max_question_chars=14), lambda _: None)
    assert engine.ask(Question("I found a mine")).quotes
    with pytest.raises(Exception, match="longer than 14"):
        engine.ask(Question("I found a mine!"))


def test_index_is_refused_where_the_models_files_are_others(small: Settings, embedder: Embedder) -> None:
    build(small, embedder)
    folder = current(small.index_folder)
    assert load_manifest(folder).model_sha256 == embedder.sha256 != ""
    changed = Embedder(embedder._model, embedder.name, "0" * 64)
    with pytest.raises(IndexUnusableError, match="not those that the index was made with"):
        open_engine(small, folder, changed)
    assert open_engine(small, folder, embedder).documents
