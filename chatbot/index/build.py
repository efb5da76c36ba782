"""Documents -> Index. Only texts whose vectors are not kept from earlier builds go through the model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chatbot.documents import Document
from chatbot.embedder import PASSAGE_PROMPT, QUERY_PROMPT, Embedder
from chatbot.index.lexical import build_grams, build_words
from chatbot.index.manifest import SCHEMA, Manifest
from chatbot.index.store import Index, passage_hash, text_key
from chatbot.index.vectors import build_vectors
from chatbot.language.respelling import Spelling, learn_spelling
from chatbot.passages import Passage, StoredQuestion, cut_passages, stored_questions

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class KeptVectors:
    """Vectors of earlier builds by text key; `rows` is (n, d)."""

    keys: Mapping[str, int]
    rows: Vectors


@dataclass(frozen=True)
class Built:
    """A new index, the vectors to keep with it, those of the further questions, and how many texts were embedded."""

    index: Index
    vectors: Vectors
    further: Vectors
    embedded: int


def no_questions(_: Spelling) -> Iterable[str]:
    return ()


def build_index(
    documents: tuple[Document, ...],
    knowledge: Mapping[str, str],
    embedder: Embedder | None,
    kept: Sequence[KeptVectors] = (),
    further_questions: Callable[[Spelling], Iterable[str]] = no_questions,
    further_words: Iterable[tuple[str, str]] = (),
) -> Built:
    """The index of the documents; without an embedder only of their words. `knowledge`: the files' fingerprint.
    `further_questions` are embedded and kept with the index, but not in it: those from which the decision learns.
    `further_words`: (language, text) pairs that teach the spelling beside the files."""
    passages = tuple(cut_passages(documents))
    questions = tuple(stored_questions(documents))
    written: tuple[Passage | StoredQuestion, ...] = (*passages, *questions)
    spelling = learn_spelling([*((each.lang, each.text) for each in written), *further_words])
    asked = [spelling.respell(question.text, question.lang) for question in questions]
    store = _VectorStore(embedder or NoEmbedder(), kept)
    further = list(further_questions(spelling))
    store.need(PASSAGE_PROMPT, [passage.text for passage in passages])
    store.need(QUERY_PROMPT, asked)
    store.need(QUERY_PROMPT, further)
    manifest = Manifest(
        schema=SCHEMA,
        model=store.embedder.name,
        model_sha256=store.embedder.sha256,
        dimensions=store.embedder.dimensions,
        knowledge=dict(knowledge),
        passages=[passage_hash(passage) for passage in passages],
        texts=store.keys,
        files={},
    )
    index = Index(
        manifest=manifest,
        documents=documents,
        passages=passages,
        questions=questions,
        passage_vectors=build_vectors(store.rows(PASSAGE_PROMPT, [passage.text for passage in passages])),
        question_vectors=build_vectors(store.rows(QUERY_PROMPT, asked)),
        passage_words=build_words([passage.text for passage in passages]),
        question_grams=build_grams([question.text for question in questions]),
        spelling=spelling,
    )
    return Built(index, store.all_rows(), store.rows(QUERY_PROMPT, further), store.embedded)


class NoEmbedder:
    """Stands in where there is no model: its vectors are zeros, so that only words are found."""

    name = "none"
    sha256 = ""
    dimensions = 1

    def queries(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), self.dimensions), dtype=np.float32)

    passages = queries


class _VectorStore:
    """Vectors by text key, in the order in which they were asked for, whether kept or new."""

    def __init__(self, embedder: Embedder | NoEmbedder, kept: Sequence[KeptVectors]) -> None:
        self.embedder = embedder
        self._kept = kept
        self._keys: dict[str, int] = {}
        self._vectors: dict[str, Vectors] = {}
        self.embedded = 0

    def need(self, prompt: str, texts: list[str]) -> None:
        missing: dict[str, str] = {}
        for text in texts:
            key = text_key(prompt, text)
            self._keys.setdefault(key, len(self._keys))
            if key in self._vectors:
                continue
            known = next((kept for kept in self._kept if key in kept.keys), None)
            if known is None:
                missing[key] = text
            else:
                self._vectors[key] = known.rows[known.keys[key]]
        embed = self.embedder.queries if prompt == QUERY_PROMPT else self.embedder.passages
        for key, vector in zip(missing, embed(list(missing.values())), strict=True):
            self._vectors[key] = vector
        self.embedded += len(missing)

    @property
    def keys(self) -> dict[str, int]:
        return dict(self._keys)

    def rows(self, prompt: str, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.embedder.dimensions), dtype=np.float32)
        return np.stack([self._vectors[text_key(prompt, text)] for text in texts])

    def all_rows(self) -> Vectors:
        return np.stack([self._vectors[key] for key in self._keys])
