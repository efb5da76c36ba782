"""Query -> Hits: sections in the order in which they answer it, each with the evidence for it.

The question's vector is compared with passages and with stored questions (FAISS), its words with passages (BM25) and
with stored questions (character n-grams); a linear model says which section such words and such a vector belong to; a
triage rule may name sections. A section is the same in every language, so evidence from any language counts; what the
person's own language says counts more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter

import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.features import text_features
from chatbot.index.store import Index
from chatbot.index.vectors import nearest
from chatbot.learned import Learned
from chatbot.question import Query

Floats = npt.NDArray[np.float32]

NEAREST_PASSAGES = 60
NEAREST_QUESTIONS = 120
NEAREST_WORDS = 60
MODEL_CANDIDATES = 10

SectionKey = tuple[str, str]
"""(document id, section id)"""


@dataclass(frozen=True)
class Evidence:
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

    def as_row(self) -> Floats:
        return np.array(_SIGNALS_OF(self), dtype=np.float32)


SIGNALS = tuple(each.name for each in fields(Evidence))
_SIGNALS_OF = attrgetter(*SIGNALS)


@dataclass(frozen=True)
class Hit:
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
    learned: Learned | None = None,
    named: Sequence[str] = (),
) -> Retrieved:
    """The sections for the query. `vector`: (d,) of unit length, or None where the embedder is down: then words decide.
    `named`: sections (`document#section`) that a triage rule names, the best first."""
    found = _Found()
    if vector is not None:
        _gather_passages(query, vector, index, found)
        _gather_questions(query, vector, index, found)
    _gather_words(query, index, found)
    _gather_grams(query, index, found)
    for place, name in enumerate(named):
        if section_key(name) in index.section_keys:
            found.add(section_key(name), "rule", 1 / (1 + place))
    dimensions = index.manifest.dimensions
    features = text_features(
        [query.folded], np.zeros((1, dimensions), np.float32) if vector is None else vector.reshape(1, -1)
    )
    if learned is not None:
        _gather_model(features, learned, found)
    weights = ranking_weights(DEFAULT_RANKING if learned is None else learned.ranking)
    return Retrieved(found.hits(weights), index.passage_words.known_share(query.folded), features, vector is not None)


def reranked(retrieved: Retrieved, ranking: Mapping[str, float]) -> Retrieved:
    """The same hits, scored and ordered by other weights."""
    weights = ranking_weights(ranking)
    if not retrieved.hits:
        return retrieved
    scores = (np.stack([hit.evidence.as_row() for hit in retrieved.hits]) @ weights).tolist()
    hits = _ordered(replace(hit, score=score) for hit, score in zip(retrieved.hits, scores, strict=True))
    return replace(retrieved, hits=hits)


def section_key(name: str) -> SectionKey:
    """`document#section` -> (document, section)."""
    document_id, _, section_id = name.partition("#")
    return document_id, section_id


def ranking_weights(ranking: Mapping[str, float]) -> Floats:
    """(signals,) float32 in the order of `Evidence`."""
    return np.array([ranking.get(name, 0.0) for name in SIGNALS], dtype=np.float32)


class _Found:
    """The best of each signal by section, while it is gathered."""

    def __init__(self) -> None:
        self.signals: dict[SectionKey, dict[str, float]] = {}
        self.near: dict[SectionKey, int] = {}

    def add(self, key: SectionKey, signal: str, score: float) -> None:
        signals = self.signals.setdefault(key, {})
        signals[signal] = max(signals.get(signal, 0.0), score)

    def hits(self, weights: Floats) -> tuple[Hit, ...]:
        if not self.signals:
            return ()
        rows = [[signals.get(name, 0.0) for name in SIGNALS] for signals in self.signals.values()]
        scores = (np.array(rows, dtype=np.float32) @ weights).tolist()
        found = zip(self.signals.items(), scores, strict=True)
        return _ordered(Hit(*key, score, Evidence(**signals), self.near.get(key)) for (key, signals), score in found)


def _ordered(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.key)))


def _gather_passages(query: Query, vector: Floats, index: Index, found: _Found) -> None:
    for row, score in zip(*nearest(index.passage_vectors, vector, NEAREST_PASSAGES), strict=True):
        passage = index.passages[row]
        key = passage.document_id, passage.section_id
        found.add(key, "passage", float(score))
        if passage.lang == query.lang:
            found.add(key, "own_passage", float(score))
            found.near.setdefault(key, passage.start)


def _gather_questions(query: Query, vector: Floats, index: Index, found: _Found) -> None:
    near: dict[SectionKey, list[float]] = {}
    for row, score in zip(*nearest(index.question_vectors, vector, NEAREST_QUESTIONS), strict=True):
        question = index.questions[row]
        key = question.document_id, question.section_id
        found.add(key, "question", float(score))
        if question.lang == query.lang:
            found.add(key, "own_question", float(score))
        near.setdefault(key, []).append(float(score))
    for key, scores in near.items():
        found.add(key, "questions", sum(scores[:3]) / 3)


def _gather_words(query: Query, index: Index, found: _Found) -> None:
    scores = index.passage_words.scores(query.folded)
    for row in _best_rows(scores, NEAREST_WORDS):
        passage = index.passages[row]
        key = passage.document_id, passage.section_id
        score = float(np.log1p(scores[row]))
        found.add(key, "words", score)
        if passage.lang == query.lang:
            found.add(key, "own_words", score)


def _gather_grams(query: Query, index: Index, found: _Found) -> None:
    scores = index.question_grams.scores(query.folded)
    for row in _best_rows(scores, NEAREST_QUESTIONS):
        question = index.questions[row]
        key = question.document_id, question.section_id
        found.add(key, "grams", float(scores[row]))
        if question.lang == query.lang:
            found.add(key, "own_grams", float(scores[row]))


def _best_rows(scores: Floats, count: int) -> Iterable[int]:
    count = min(count, len(scores))
    if count == 0:
        return []
    return [int(row) for row in np.argpartition(-scores, count - 1)[:count] if scores[row] > 0]


def _gather_model(features: sparse.csr_matrix, learned: Learned, found: _Found) -> None:
    scores = learned.sections.scores(features)[0]
    scores = (scores - scores.mean()) / (scores.std() + 1e-6)
    by_name = dict(zip(learned.sections.classes, scores, strict=True))
    for number in np.argsort(-scores)[:MODEL_CANDIDATES]:
        found.add(section_key(learned.sections.classes[number]), "model", 0.0)
    for key, signals in found.signals.items():
        signals["model"] = float(by_name.get("#".join(key), 0.0))
