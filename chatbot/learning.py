"""Labelled questions -> Learned: fitted when the index is built, on `train` only.

Whatever feeds a later fit is computed on questions that the earlier fit has not seen: the ranking is fitted with the
section models of other folds of ideas, temperature and `right` on kinds predicted across such folds.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.model_selection import GroupKFold

from chatbot.decision import (
    Triage,
    cheapest,
    kind_features,
    quoted_hits,
    retrieval_numbers,
    right_features,
    split_label,
    triage,
)
from chatbot.errors import KnowledgeError
from chatbot.features import text_features
from chatbot.index.store import Index
from chatbot.labels import Label
from chatbot.language.detection import fit_detection
from chatbot.language.folding import fold
from chatbot.language.respelling import Spelling
from chatbot.learned import Learned, Ranker, Scale
from chatbot.linear import LinearModel, fit_linear, fit_margins
from chatbot.neighbours import learn_neighbours
from chatbot.question import Query, make_query
from chatbot.retriever import SIGNALS, Retrieved, reranked, retrieve

Floats = npt.NDArray[np.float32]

FOLDS = 3
SECTION_STRENGTH = 0.3
KIND_STRENGTH = 3.0
RANKED = 20
"""How many sections of a question, the likeliest by the section model, teach the ranking: the rest are wrong."""
NEVER_SEEN = -30.0
"""The score of a kind of which a fold holds no example."""
STORED = -1
"""Stands for the labelled question where a stored one is meant."""

_Fold = tuple[Sequence[int], Sequence[int]]
"""Numbers of the labelled questions to learn from, and of those held out."""


@dataclass(frozen=True)
class _Example:
    query: Query
    vector: Floats
    told: Triage
    label: str
    sections: tuple[str, ...]
    idea: str


def fit(index: Index, labels: Sequence[Label], vectors: Floats) -> Learned:
    """Learn from the index and the labelled questions; `vectors`: (n, d), one for each label's `learning_texts`.
    Raises KnowledgeError where the labelled questions are of one idea alone."""
    if len({label.idea for label in labels}) < 2:
        raise KnowledgeError(
            "the labelled questions are all of one idea", where="train.jsonl", mend="add some of other ideas"
        )
    language = fit_detection([(question.lang, question.text) for question in index.questions])
    labelled = [_labelled(label, vector, language, index) for label, vector in zip(labels, vectors, strict=True)]
    folds = list(_folds(labelled))
    with_all = [*folds, (range(len(labelled)), ())]
    *of_folds, sections = _fit_sections(_section_examples(index, labelled), with_all)
    retrieved = _retrieved(index, labelled, zip(folds, of_folds, strict=True))
    ranking = _fit_ranking(labelled, retrieved)
    retrieved = [reranked(found, ranking) for found in retrieved]
    texts = sparse.vstack([found.features for found in retrieved]).tocsr()
    neighbours = learn_neighbours(texts, [example.label for example in labelled])
    votes = neighbours.votes(texts, [example.idea for example in labelled])
    numbers = _scale(retrieved)
    rows = [kind_features(found, numbers, each) for found, each in zip(retrieved, votes, strict=True)]
    features = sparse.vstack(rows).tocsr()
    *of_folds, kinds = _fit_kinds(features, labelled, with_all)
    temperature, right = _calibrate(features, labelled, retrieved, zip(folds, of_folds, strict=True))
    return Learned(language, Ranker(sections, ranking), kinds, numbers, neighbours, temperature, right)


def learning_texts(labels: Sequence[Label], spelling: Spelling) -> list[str]:
    """What has to be embedded of each label: the query's text, which for a follow-up holds the question before."""
    return [make_query(label.asked, None, (label.lang,), spelling).text for label in labels]


def _labelled(label: Label, vector: Floats, language: LinearModel, index: Index) -> _Example:
    query = make_query(label.asked, language, index.languages, index.spelling)
    return _Example(query, vector, triage(query), label.label, label.sections, label.idea)


def _retrieved(
    index: Index,
    examples: Sequence[_Example],
    folds: Iterable[tuple[_Fold, LinearModel]],
) -> list[Retrieved]:
    """What is found for each example by the section model of the fold that has not seen its idea."""
    found: dict[int, Retrieved] = {}
    for (_, held), sections in folds:
        for number in held:
            each = examples[number]
            found[number] = retrieve(each.query, each.vector, index, Ranker(sections, {}), each.told.sections)
    return [found[number] for number in range(len(examples))]


def _folds(examples: Sequence[_Example]) -> Iterator[_Fold]:
    """Numbers to learn from and numbers held out; an idea is never in both."""
    ideas = [example.idea for example in examples]
    for learn, held in GroupKFold(min(FOLDS, len(set(ideas)))).split(ideas, groups=ideas):
        yield learn.tolist(), held.tolist()


@dataclass(frozen=True)
class _SectionExamples:
    """Rows from which sections are learned; `owners`: (n,) the number of the labelled question, or STORED."""

    features: sparse.csr_matrix
    names: npt.NDArray[np.str_]
    owners: npt.NDArray[np.int64]


def _section_examples(index: Index, labelled: Sequence[_Example]) -> _SectionExamples:
    """Every stored question, and every labelled one once for each of its sections."""
    rows = [
        (fold(question.text), vector, f"{question.document_id}#{question.section_id}", STORED)
        for question, vector in zip(
            index.questions, index.question_vectors.reconstruct_n(0, len(index.questions)), strict=True
        )
    ]
    for number, example in enumerate(labelled):
        rows += [(example.query.folded, example.vector, name, number) for name in example.sections]
    folded, vectors, names, owners = zip(*rows, strict=True)
    return _SectionExamples(text_features(folded, np.stack(vectors)), np.array(names), np.array(owners))


def _fit_sections(examples: _SectionExamples, folds: Sequence[_Fold]) -> list[LinearModel]:
    """For each fold: which section do such words and such a vector belong to?"""

    def fit_one(fold_: _Fold) -> LinearModel:
        rows = np.isin(examples.owners, [*fold_[0], STORED])
        return fit_margins(examples.features[rows], examples.names[rows].tolist(), SECTION_STRENGTH)

    return [fit_one(each) for each in folds]


def _fit_ranking(examples: Sequence[_Example], retrieved: Sequence[Retrieved]) -> dict[str, float]:
    """The weight of each signal: a logistic model that tells right sections from the others that were found."""
    rows, marks = [], []
    for example, found in zip(examples, retrieved, strict=True):
        if not example.sections:
            continue
        kind, _ = split_label(example.label)
        likely = sorted(quoted_hits(kind, found.hits, most=None), key=lambda hit: -hit.evidence.model)
        for hit in likely[:RANKED]:
            rows.append(np.array(hit.evidence, np.float32))
            marks.append("right" if hit.name in example.sections else "wrong")
    model = _fit_right(np.stack(rows) if rows else np.zeros((0, len(SIGNALS)), np.float32), marks)
    weights = model.weights[:, model.classes.index("right")] - model.weights[:, model.classes.index("wrong")]
    return dict(zip(SIGNALS, (float(weight) for weight in weights), strict=True))


def _scale(retrieved: Sequence[Retrieved]) -> Scale:
    numbers = np.stack([retrieval_numbers(found) for found in retrieved])
    return Scale(tuple(numbers.mean(axis=0).tolist()), tuple((numbers.std(axis=0) + 1e-3).tolist()))


def _fit_kinds(features: sparse.csr_matrix, examples: Sequence[_Example], folds: Sequence[_Fold]) -> list[LinearModel]:
    """For each fold: which kind? Each kind counts the same in all, however many examples it has."""

    def fit_one(fold_: _Fold) -> LinearModel:
        labels = [examples[number].label for number in fold_[0]]
        counts = Counter(labels)
        weights = np.array([len(labels) / len(counts) / counts[label] for label in labels], dtype=np.float32)
        return fit_linear(features[fold_[0]], labels, KIND_STRENGTH, np.sqrt(weights))

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the library works outside Python's lock
        return list(pool.map(fit_one, folds))


def _calibrate(
    features: sparse.csr_matrix,
    examples: Sequence[_Example],
    retrieved: Sequence[Retrieved],
    folds: Iterable[tuple[_Fold, LinearModel]],
) -> tuple[float, LinearModel]:
    """The temperature (Guo et al. 2017, arXiv:1706.04599) and the model of being right, across folds of ideas."""
    classes = sorted({example.label for example in examples})
    scores = np.full((len(examples), len(classes)), NEVER_SEEN, dtype=np.float32)
    for (_, held), model in folds:
        scores[np.ix_(held, [classes.index(name) for name in model.classes])] = model.scores(features[held])
    truth = np.array([classes.index(example.label) for example in examples])
    temperature = float(minimize_scalar(lambda t: _loss(scores / t, truth), bounds=(0.2, 5.0), method="bounded").x)
    likelihoods = [dict(zip(classes, row, strict=True)) for row in _softmax(scores / temperature)]
    hits, marks = [], []
    for example, found, likelihood in zip(examples, retrieved, likelihoods, strict=True):
        kind, _ = split_label(cheapest(likelihood, example.told))
        quoted = quoted_hits(kind, found.hits)
        hits.append(quoted)
        fits = kind == split_label(example.label)[0] and (not quoted or quoted[0].name in example.sections)
        marks.append("right" if fits else "wrong")
    return temperature, _fit_right(right_features(likelihoods, hits), marks)


def _fit_right(rows: Floats, marks: list[str]) -> LinearModel:
    """Which rows are right? Two made-up rows of average numbers, one right and one wrong, keep few examples from
    proving anything (Platt 1999)."""
    average = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1], np.float32)
    return fit_linear(np.vstack([rows, average, average]), [*marks, "right", "wrong"], strength=1.0)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _loss(scores: Floats, truth: npt.NDArray[np.int64]) -> float:
    likelihood = _softmax(scores)[np.arange(len(truth)), truth]
    return float(-np.log(likelihood + 1e-9).mean())
