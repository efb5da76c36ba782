"""The index: documents, passages and stored questions with their vectors and words, in memory and in one folder."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from chatbot.documents import Document
from chatbot.errors import IndexUnusableError
from chatbot.index.lexical import GramIndex, WordIndex, load_grams, load_words, save_grams, save_words
from chatbot.index.manifest import MEND, Manifest, load_manifest, require_whole
from chatbot.index.vectors import load_vectors, save_vectors
from chatbot.language.respelling import Spelling
from chatbot.passages import Passage, StoredQuestion
from chatbot.tensors import load_tensors, save_tensors

Vectors = npt.NDArray[np.float32]

_DOCUMENTS = TypeAdapter(tuple[Document, ...])
_PASSAGES = TypeAdapter(tuple[Passage, ...])
_SPELLING = TypeAdapter(Spelling)
_QUESTIONS = TypeAdapter(tuple[StoredQuestion, ...])


SectionKey = tuple[str, str]
"""(document id, section id)"""


@dataclass(frozen=True)
class Places:
    """Of each row the number of its section and its language; both (n,)."""

    sections: npt.NDArray[np.int64]
    langs: npt.NDArray[np.str_]


@dataclass(frozen=True)
class Index:
    """Everything that retrieval needs. Rows of `passage_vectors` and `passage_words` are `passages`, rows of
    `question_vectors` and `question_grams` are `questions`."""

    manifest: Manifest
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    questions: tuple[StoredQuestion, ...]
    passage_vectors: faiss.Index
    question_vectors: faiss.Index
    passage_words: WordIndex
    question_grams: GramIndex
    spelling: Spelling

    def document(self, lang: str, document_id: str) -> Document | None:
        return self._documents.get((lang, document_id))

    @cached_property
    def _documents(self) -> Mapping[tuple[str, str], Document]:
        return {(document.lang, document.id): document for document in self.documents}

    @cached_property
    def sections(self) -> tuple[SectionKey, ...]:
        """Every section in any language, in the order of the keys."""
        return tuple(
            sorted({(document.id, section.id) for document in self.documents for section in document.sections})
        )

    @cached_property
    def section_numbers(self) -> Mapping[SectionKey, int]:
        return {key: number for number, key in enumerate(self.sections)}

    @cached_property
    def named_sections(self) -> Mapping[str, int]:
        """`document#section` -> the section's number."""
        return {f"{document}#{section}": number for number, (document, section) in enumerate(self.sections)}

    @cached_property
    def passage_places(self) -> Places:
        return self._places(self.passages)

    @cached_property
    def question_places(self) -> Places:
        return self._places(self.questions)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({document.lang for document in self.documents}))

    def stored_vector(self, text: str) -> Vectors | None:
        """(d,) float32 of a stored question that is embedded from this very text, or None."""
        row = self._question_rows.get(text)
        return None if row is None else np.asarray(self.question_vectors.reconstruct(row))

    @cached_property
    def _question_rows(self) -> Mapping[str, int]:
        return {self.spelling.respell(each.text, each.lang): row for row, each in enumerate(self.questions)}

    def _places(self, rows: Sequence[Passage] | Sequence[StoredQuestion]) -> Places:
        return Places(
            np.array([self.section_numbers[row.document_id, row.section_id] for row in rows], dtype=np.int64),
            np.array([row.lang for row in rows], dtype=np.str_),
        )


def text_key(prompt: str, text: str) -> str:
    """The key under which a text's vector is kept from build to build."""
    return hashlib.sha256(f"{prompt}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def passage_hash(passage: Passage) -> str:
    return hashlib.sha256(json.dumps(asdict(passage), ensure_ascii=False).encode()).hexdigest()


def save_index(index: Index, vectors: Vectors, folder: Path) -> None:
    """Write every file of the index but the manifest, which `seal` writes. `vectors`: (n, d), the rows of `texts`."""
    (folder / "documents.json").write_bytes(_DOCUMENTS.dump_json(index.documents))
    (folder / "passages.json").write_bytes(_PASSAGES.dump_json(index.passages))
    (folder / "questions.json").write_bytes(_QUESTIONS.dump_json(index.questions))
    save_vectors(index.passage_vectors, folder / "passages.faiss")
    save_vectors(index.question_vectors, folder / "questions.faiss")
    save_words(index.passage_words, folder / "words.safetensors")
    save_grams(index.question_grams, folder / "grams.safetensors")
    (folder / "spelling.json").write_bytes(_SPELLING.dump_json(index.spelling))
    save_tensors(folder / "vectors.safetensors", {"rows": vectors})


def load_index(folder: Path) -> Index:
    """The index in the folder. Raises IndexUnusableError where a file is missing or differs from its hash."""
    manifest = load_manifest(folder)
    require_whole(folder, manifest)
    try:
        return Index(
            manifest=manifest,
            documents=_DOCUMENTS.validate_json((folder / "documents.json").read_bytes()),
            passages=_PASSAGES.validate_json((folder / "passages.json").read_bytes()),
            questions=_QUESTIONS.validate_json((folder / "questions.json").read_bytes()),
            passage_vectors=load_vectors(folder / "passages.faiss"),
            question_vectors=load_vectors(folder / "questions.faiss"),
            passage_words=load_words(folder / "words.safetensors"),
            question_grams=load_grams(folder / "grams.safetensors"),
            spelling=_SPELLING.validate_json((folder / "spelling.json").read_bytes()),
        )
    except (OSError, RuntimeError, ValueError, KeyError, ValidationError) as error:
        raise IndexUnusableError(f"the index can't be read ({error})", where=str(folder), mend=MEND) from error


def load_stored_documents(folder: Path) -> tuple[Document, ...]:
    """The documents of the index in the folder. Raises IndexUnusableError."""
    try:
        return _DOCUMENTS.validate_json((folder / "documents.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexUnusableError(f"the documents can't be read ({error})", where=str(folder), mend=MEND) from error


def load_kept_vectors(folder: Path, manifest: Manifest) -> Vectors:
    """(n, d) float32, the rows that `manifest.texts` numbers. Raises IndexUnusableError."""
    try:
        vectors: Vectors = load_tensors(folder / "vectors.safetensors")["rows"]
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnusableError(f"the kept vectors can't be read ({error})", where=str(folder), mend=MEND) from error
    if vectors.ndim != 2 or vectors.shape[1] != manifest.dimensions or len(vectors) < len(manifest.texts):
        raise IndexUnusableError("the kept vectors do not fit the manifest", where=str(folder), mend=MEND)
    return vectors
