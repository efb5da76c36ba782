"""Query -> Hits: sections in the order in which they answer it, each with the evidence for it.

The question's vector is compared with passages and with stored questions (FAISS), its words with passages (BM25) and
with stored questions (character n-grams); a linear model says which section such words and such a vector belong to; a
triage rule may name sections. A section is the same in every language, so evidence from any language counts; what the
person's own language says counts more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.features import text_features
from chatbot.index.store import Index, Places, SectionKey
from chatbot.index.vectors import nearest
from chatbot.learned import Ranker
from chatbot.question import Query

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

NEAREST_PASSAGES = 60
NEAREST_QUESTIONS = 120
NEAREST_WORDS = 60
MODEL_CANDIDATES = 10


class Evidence(NamedTuple):
    """What speaks for a section; each number is 0 where nothing was found."""

    passage: float = 0.0
    own_passage: float = 0.0
    question: float = 0.0
    own_question: float = 0.0
    questions: float = 0.0
    words: float = 0.0
    own_words: float = 0.0
    grams: float = 0.0
    own_grams: float = 0.0
    model: float = 0.0
    rule: float = 0.0


SIGNALS = Evidence._fields


class Hit(NamedTuple):
    """A section with its score (higher is better) and the evidence; `near`: where its best passage starts, in the
    person's language, or None."""

    document_id: str
    section_id: str
    score: float
    evidence: Evidence
    near: int | None = None

    @property
    def key(self) -> SectionKey:
        return self.document_id, self.section_id

    @property
    def name(self) -> str:
        return f"{self.document_id}#{self.section_id}"


@dataclass(frozen=True)
class Retrieved:
    """The hits, best first; the share of the question's words that any passage holds; the (1, n) features of the
    question; whether its vector was there."""

    hits: tuple[Hit, ...]
    known_words: float
    features: sparse.csr_matrix
    dense: bool


DEFAULT_RANKING: Mapping[str, float] = {
    "passage": 10.0, "own_passage": 4.0, "question": 14.0, "own_question": 6.0, "words": 1.0, "own_words": 1.0,
    "grams": 3.0, "own_grams": 1.0, "rule": 2.0,
}  # fmt: skip
"""How much each signal counts where nothing was learned: vectors 0.7, words 0.3, as measured on XQuAD."""


def retrieve(
    query: Query,
    vector: Floats | None,
    index: Index,
    ranker: Ranker | None = None,
    named: Sequence[str] = (),
) -> Retrieved:
    """The sections for the query. `vector`: (d,) of unit length, or None where the embedder is down: then words decide.
    `named`: sections (`document#section`) that a triage rule names, the best first."""
    found = _Found(index, query.lang)
    if vector is not None:
        _gather_passages(vector, index, found)
        _gather_questions(vector, index, found)
    _gather_words(query, index, found)
    _gather_grams(query, index, found)
    for place, name in enumerate(named):
        if name in index.named_sections:
            found.add("rule", np.array([index.named_sections[name]]), np.array([1 / (1 + place)]))
    dimensions = index.manifest.dimensions
    features = text_features(
        [query.folded], np.zeros((1, dimensions), np.float32) if vector is None else vector.reshape(1, -1)
    )
    if ranker is not None:
        _gather_model(features, ranker, index, found)
    weights = ranking_weights(DEFAULT_RANKING if ranker is None else ranker.ranking)
    return Retrieved(found.hits(weights), index.passage_words.known_share(query.folded), features, vector is not None)


def reranked(retrieved: Retrieved, ranking: Mapping[str, float]) -> Retrieved:
    """The same hits, scored and ordered by other weights."""
    scores = (evidence_rows(retrieved.hits) @ ranking_weights(ranking)).tolist()
    hits = [hit._replace(score=score) for hit, score in zip(retrieved.hits, scores, strict=True)]
    return replace(retrieved, hits=tuple(sorted(hits, key=lambda hit: (-hit.score, hit.key))))


def evidence_rows(hits: Sequence[Hit]) -> Floats:
    """(hits, signals) float32."""
    return np.array([hit.evidence for hit in hits], dtype=np.float32).reshape(-1, len(SIGNALS))


def section_key(name: str) -> SectionKey:
    """`document#section` -> (document, section)."""
    document_id, _, section_id = name.partition("#")
    return document_id, section_id


def ranking_weights(ranking: Mapping[str, float]) -> Floats:
    """(signals,) float32 in the order of `Evidence`."""
    return np.array([ranking.get(name, 0.0) for name in SIGNALS], dtype=np.float32)


class _Found:
    """The best of each signal by section, while it is gathered; a section's row is its number in the index."""

    def __init__(self, index: Index, lang: str) -> None:
        self.index = index
        self.lang = lang
        self.signals = np.zeros((len(index.sections), len(SIGNALS)), dtype=np.float32)
        self.seen = np.zeros(len(index.sections), dtype=bool)
        self.near: dict[int, int] = {}

    def add(self, signal: str, sections: Rows, scores: Floats) -> None:
        np.maximum.at(self.signals[:, SIGNALS.index(signal)], sections, scores)
        self.seen[sections] = True

    def add_rows(self, signal: str, rows: Rows, scores: Floats, places: Places) -> None:
        """The scores of rows of the index; those in the person's language count as `own_` too."""
        sections = places.sections[rows]
        self.add(signal, sections, scores)
        own = places.langs[rows] == self.lang
        self.add(f"own_{signal}", sections[own], scores[own])

    def hits(self, weights: Floats) -> tuple[Hit, ...]:
        numbers = np.flatnonzero(self.seen)
        scores = self.signals[numbers] @ weights
        # Sections are numbered in the order of their keys, which decides between equal scores.
        order = np.lexsort((numbers, -scores))
        ranked = zip(
            numbers[order].tolist(), scores[order].tolist(), self.signals[numbers[order]].tolist(), strict=True
        )
        return tuple(
            Hit(document, section, score, Evidence._make(row), self.near.get(number))
            for number, score, row in ranked
            for document, section in (self.index.sections[number],)
        )


def _gather_passages(vector: Floats, index: Index, found: _Found) -> None:
    rows, scores = nearest(index.passage_vectors, vector, NEAREST_PASSAGES)
    found.add_rows("passage", rows, scores, index.passage_places)
    for row in rows.tolist():
        if index.passages[row].lang == found.lang:
            found.near.setdefault(int(index.passage_places.sections[row]), index.passages[row].start)


def _gather_questions(vector: Floats, index: Index, found: _Found) -> None:
    rows, scores = nearest(index.question_vectors, vector, NEAREST_QUESTIONS)
    found.add_rows("question", rows, scores, index.question_places)
    near: dict[int, list[float]] = {}
    for section, score in zip(index.question_places.sections[rows].tolist(), scores.tolist(), strict=True):
        near.setdefault(section, []).append(score)
    means = [sum(best[:3]) / 3 for best in near.values()]
    found.add("questions", np.array(list(near), dtype=np.int64), np.array(means, dtype=np.float32))


def _gather_words(query: Query, index: Index, found: _Found) -> None:
    scores = index.passage_words.scores(query.folded)
    rows = _best_rows(scores, NEAREST_WORDS)
    found.add_rows("words", rows, np.log1p(scores[rows]), index.passage_places)


def _gather_grams(query: Query, index: Index, found: _Found) -> None:
    scores = index.question_grams.scores(query.folded)
    rows = _best_rows(scores, NEAREST_QUESTIONS)
    found.add_rows("grams", rows, scores[rows], index.question_places)


def _best_rows(scores: Floats, count: int) -> Rows:
    count = min(count, len(scores))
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    rows = np.argpartition(-scores, count - 1)[:count]
    return rows[scores[rows] > 0]


def _gather_model(features: sparse.csr_matrix, ranker: Ranker, index: Index, found: _Found) -> None:
    scores = ranker.sections.scores(features)[0]
    scores = (scores - scores.mean()) / (scores.std() + 1e-6)
    numbers = np.array([index.named_sections.get(name, -1) for name in ranker.sections.classes])
    known = numbers >= 0
    found.seen[[number for number in numbers[np.argsort(-scores)[:MODEL_CANDIDATES]].tolist() if number >= 0]] = True
    of_section = np.zeros(len(index.sections), dtype=np.float32)
    of_section[numbers[known]] = scores[known]
    found.signals[:, SIGNALS.index("model")] = of_section
