"""Labelled questions -> Learned: fitted when the index is built, on `train` only.

Whatever feeds a later fit is computed on questions that the earlier fit has not seen: the ranking is fitted with a
section model that knows only the stored questions, temperature and `right` on kinds predicted across folds of ideas.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.model_selection import GroupKFold

from chatbot.decision import (
    RULES_OF,
    Triage,
    kind_features,
    quoted_hits,
    retrieval_numbers,
    right_features,
    split_label,
    triage,
)
from chatbot.features import text_features
from chatbot.index.store import Index
from chatbot.labels import Label
from chatbot.language.detection import fit_detection
from chatbot.language.folding import fold
from chatbot.learned import Learned, Scale
from chatbot.linear import LinearModel, fit_linear, fit_margins
from chatbot.question import Query, make_query
from chatbot.retriever import SIGNALS, Retrieved, retrieve
from chatbot.triage.rules import read_rules

Floats = npt.NDArray[np.float32]

FOLDS = 5
SECTION_STRENGTH = 0.3
KIND_STRENGTH = 3.0
STORED_SHARE = 4
"""Of the stored questions every fourth teaches the kinds too; all of them would drown the labelled ones."""


@dataclass(frozen=True)
class _Example:
    query: Query
    vector: Floats
    told: Triage
    label: str
    sections: tuple[str, ...]
    idea: str
    row: int | None = None


def fit(index: Index, labels: Sequence[Label], vectors: Floats) -> Learned:
    """Learn from the index and the labelled questions; `vectors`: (n, d), one for each label's `learning_texts`."""
    language = fit_detection([(question.lang, question.text) for question in index.questions])
    labelled = [_labelled(label, vector, language, index) for label, vector in zip(labels, vectors, strict=True)]
    sections = _fit_sections(index, [])
    learned = Learned(language, sections, {}, sections, Scale((), ()), 1.0, sections)
    learned = replace(learned, ranking=_fit_ranking(index, labelled, learned))
    examples = [*labelled, *_stored(index)]
    retrieved = [
        retrieve(each.query, each.vector, index, learned, each.told.sections, leave_out=each.row) for each in examples
    ]
    learned = replace(learned, numbers=_scale(retrieved))
    features = sparse.vstack(
        [kind_features(each.told, found, learned.numbers) for each, found in zip(examples, retrieved, strict=True)]
    ).tocsr()
    learned = replace(learned, kinds=_fit_kinds(features, examples))
    temperature, right = _calibrate(features, examples, retrieved, len(labelled))
    return replace(learned, temperature=temperature, right=right, sections=_fit_sections(index, labelled))


def learning_texts(labels: Sequence[Label]) -> list[str]:
    """What has to be embedded of each label: the query's text, which for a follow-up holds the question before."""
    return [make_query(label.asked, None, (label.lang,)).text for label in labels]


def _labelled(label: Label, vector: Floats, language: LinearModel, index: Index) -> _Example:
    query = make_query(label.asked, language, index.languages)
    return _Example(query, vector, triage(query), label.label, label.sections, label.idea)


def _stored(index: Index) -> list[_Example]:
    """Stored questions as examples: those of emergency steps as emergencies, those of other documents as answers."""
    steps = {section for rule in read_rules(RULES_OF["emergency"]) for section in rule.sections}
    partly = {name.partition("#")[0] for name in steps}
    examples = []
    for row, question in enumerate(index.questions):
        name = f"{question.document_id}#{question.section_id}"
        if row % STORED_SHARE or (question.document_id in partly and name not in steps):
            continue
        folded = fold(question.text)
        query = Query(question.text, folded, folded, question.lang)
        label = "emergency" if name in steps else "answer"
        vector = np.asarray(index.question_vectors.reconstruct(row))
        examples.append(_Example(query, vector, triage(query), label, (name,), f"stored-{row}", row))
    return examples


def _fit_sections(index: Index, labelled: Sequence[_Example]) -> LinearModel:
    """Which section do such words and such a vector belong to? Learned from the stored and the labelled questions."""
    folded = [fold(question.text) for question in index.questions]
    vectors = list(index.question_vectors.reconstruct_n(0, len(index.questions)))
    names = [f"{question.document_id}#{question.section_id}" for question in index.questions]
    for example in labelled:
        if example.sections:
            folded.append(example.query.folded)
            vectors.append(example.vector)
            names.append(example.sections[0])
    return fit_margins(text_features(folded, np.stack(vectors)), names, SECTION_STRENGTH)


def _fit_ranking(index: Index, labelled: Sequence[_Example], learned: Learned) -> dict[str, float]:
    """The weight of each signal: a logistic model that tells right sections from the others that were found."""
    rows, marks = [], []
    for example in labelled:
        if not example.sections:
            continue
        kind, _ = split_label(example.label)
        found = retrieve(example.query, example.vector, index, learned, example.told.sections)
        for hit in quoted_hits(kind, found.hits, most=None):
            rows.append(hit.evidence.as_row())
            marks.append("right" if hit.name in example.sections else "wrong")
    model = fit_linear(np.stack(rows), marks, strength=1.0)
    weights = model.weights[:, model.classes.index("right")] - model.weights[:, model.classes.index("wrong")]
    return dict(zip(SIGNALS, (float(weight) for weight in weights), strict=True))


def _scale(retrieved: Sequence[Retrieved]) -> Scale:
    numbers = np.stack([retrieval_numbers(found) for found in retrieved])
    return Scale(tuple(numbers.mean(axis=0).tolist()), tuple((numbers.std(axis=0) + 1e-3).tolist()))


def _fit_kinds(features: sparse.csr_matrix, examples: Sequence[_Example]) -> LinearModel:
    """Which kind? Each kind counts the same in all, however many examples it has."""
    labels = [example.label for example in examples]
    counts = {label: labels.count(label) for label in set(labels)}
    weights = np.array([len(labels) / len(counts) / counts[label] for label in labels], dtype=np.float32)
    return fit_linear(features, labels, KIND_STRENGTH, np.sqrt(weights))


def _calibrate(
    features: sparse.csr_matrix, examples: Sequence[_Example], retrieved: Sequence[Retrieved], labelled: int
) -> tuple[float, LinearModel]:
    """The temperature (Guo et al. 2017, arXiv:1706.04599) and the model of being right, across folds of ideas."""
    classes = sorted({example.label for example in examples})
    scores = np.zeros((labelled, len(classes)), dtype=np.float32)
    groups = [example.idea for example in examples]
    for learn, held in GroupKFold(FOLDS).split(groups, groups=groups):
        model = _fit_kinds(features[learn], [examples[number] for number in learn])
        mine = [number for number in held if number < labelled]
        order = [model.classes.index(name) for name in classes]
        scores[mine] = model.scores(features[mine])[:, order]
    truth = np.array([classes.index(example.label) for example in examples[:labelled]])
    temperature = float(minimize_scalar(lambda t: _loss(scores / t, truth), bounds=(0.2, 5.0), method="bounded").x)
    likelihoods = [dict(zip(classes, row, strict=True)) for row in _softmax(scores / temperature)]
    hits, marks = [], []
    for example, found, likelihood in zip(examples, retrieved, likelihoods, strict=False):
        kind, _ = split_label(max(likelihood, key=lambda name: likelihood[name]))
        quoted = quoted_hits(kind, found.hits)
        hits.append(quoted)
        fits = kind == split_label(example.label)[0] and (not quoted or quoted[0].name in example.sections)
        marks.append("right" if fits else "wrong")
    return temperature, fit_linear(right_features(likelihoods, hits), marks, strength=1.0)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _loss(scores: Floats, truth: npt.NDArray[np.int64]) -> float:
    likelihood = _softmax(scores)[np.arange(len(truth)), truth]
    return float(-np.log(likelihood + 1e-9).mean())
