"""Query -> Hits: sections in the order in which they answer it, each with the evidence for it.

Four signals are fused: the question's vector against passages and against stored questions (FAISS), and its words
against passages (BM25) and against stored questions (character n-grams). A section is the same in every language, so
evidence from any language counts; what the person's own language says counts more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from chatbot.index.store import Index
from chatbot.index.vectors import nearest
from chatbot.question import Query

Floats = npt.NDArray[np.float32]

NEAREST_PASSAGES = 60
NEAREST_QUESTIONS = 120
NEAREST_WORDS = 60

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

    def as_row(self) -> Floats:
        return np.array([getattr(self, each.name) for each in fields(self)], dtype=np.float32)


SIGNALS = tuple(each.name for each in fields(Evidence))


@dataclass(frozen=True)
class Hit:
    """A section with its score (higher is better, comparable within one question) and the evidence."""

    document_id: str
    section_id: str
    score: float
    evidence: Evidence

    @property
    def key(self) -> SectionKey:
        return self.document_id, self.section_id

    @property
    def name(self) -> str:
        return f"{self.document_id}#{self.section_id}"


@dataclass(frozen=True)
class Retrieved:
    """The hits, best first, and what is known of the question beside them."""

    hits: tuple[Hit, ...]
    known_words: float
    vector: Floats | None


@dataclass(frozen=True)
class Ranking:
    """How much each signal counts, by name. Fitted from labelled questions; these are the weights without a fit:
    0.7 for vectors and 0.3 for words, as measured on XQuAD (docs/decisions)."""

    weights: Mapping[str, float]


DEFAULT_RANKING = Ranking(
    {"passage": 10.0, "own_passage": 4.0, "question": 14.0, "own_question": 6.0, "words": 1.0, "own_words": 1.0, "grams": 3.0, "own_grams": 1.0}
)


def retrieve(query: Query, vector: Floats | None, index: Index, ranking: Ranking, leave_out: int | None = None) -> Retrieved:
    """The sections for the query. `vector`: (d,) of unit length, or None where the embedder is down: then words decide.
    `leave_out`: the origin of a stored question that is not to be matched with itself, when learning."""
    found: dict[SectionKey, dict[str, float]] = {}
    if vector is not None:
        _gather_passages(query, vector, index, found)
        _gather_questions(query, vector, index, found, leave_out)
    _gather_words(query, index, found)
    _gather_grams(query, index, found, leave_out)
    weights = np.array([ranking.weights.get(name, 0.0) for name in SIGNALS], dtype=np.float32)
    hits = [
        Hit(*key, score=float(evidence.as_row() @ weights), evidence=evidence)
        for key, evidence in ((key, Evidence(**signals)) for key, signals in found.items())
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.key))
    return Retrieved(tuple(hits), index.passage_words.known_share(query.folded), vector)


def _gather_passages(query: Query, vector: Floats, index: Index, found: dict[SectionKey, dict[str, float]]) -> None:
    for row, score in zip(*nearest(index.passage_vectors, vector, NEAREST_PASSAGES), strict=True):
        passage = index.passages[row]
        key = passage.document_id, passage.section_id
        _raise(found, key, "passage", float(score))
        if passage.lang == query.lang:
            _raise(found, key, "own_passage", float(score))


def _gather_questions(
    query: Query, vector: Floats, index: Index, found: dict[SectionKey, dict[str, float]], leave_out: int | None
) -> None:
    near: dict[SectionKey, dict[int, float]] = {}
    for row, score in zip(*nearest(index.question_vectors, vector, NEAREST_QUESTIONS), strict=True):
        spelled = index.questions[row]
        if spelled.origin == leave_out:
            continue
        key = spelled.question.document_id, spelled.question.section_id
        _raise(found, key, "question", float(score))
        if spelled.question.lang == query.lang:
            _raise(found, key, "own_question", float(score))
        by_origin = near.setdefault(key, {})
        by_origin[spelled.origin] = max(by_origin.get(spelled.origin, 0.0), float(score))
    for key, by_origin in near.items():
        best = sorted(by_origin.values(), reverse=True)[:3]
        _raise(found, key, "questions", sum(best) / 3)


def _gather_words(query: Query, index: Index, found: dict[SectionKey, dict[str, float]]) -> None:
    scores = index.passage_words.scores(query.folded)
    for row in _best_rows(scores, NEAREST_WORDS):
        passage = index.passages[row]
        key = passage.document_id, passage.section_id
        score = float(np.log1p(scores[row]))
        _raise(found, key, "words", score)
        if passage.lang == query.lang:
            _raise(found, key, "own_words", score)


def _gather_grams(query: Query, index: Index, found: dict[SectionKey, dict[str, float]], leave_out: int | None) -> None:
    scores = index.question_grams.scores(query.folded)
    if leave_out is not None:
        scores[leave_out] = 0.0
    for row in _best_rows(scores, NEAREST_QUESTIONS):
        question = index.origins[row]
        key = question.document_id, question.section_id
        _raise(found, key, "grams", float(scores[row]))
        if question.lang == query.lang:
            _raise(found, key, "own_grams", float(scores[row]))


def _best_rows(scores: Floats, count: int) -> Iterable[int]:
    count = min(count, len(scores))
    rows = np.argpartition(-scores, count - 1)[:count] if count else []
    return (int(row) for row in rows if scores[row] > 0)


def _raise(found: dict[SectionKey, dict[str, float]], key: SectionKey, signal: str, score: float) -> None:
    signals = found.setdefault(key, {})
    signals[signal] = max(signals.get(signal, 0.0), score)
