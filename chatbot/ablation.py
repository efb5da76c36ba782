"""What each part of the search and the decision is worth: the labelled questions asked with the parts added one by one.

Until the last step nothing is learned: sections are ranked by the default weights of the signals in use, and rules
alone decide.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import bm25s
import numpy as np
import numpy.typing as npt

from chatbot.decision import Decision, decide, quoted_hits, split_label, triage
from chatbot.embedder import Embedder
from chatbot.engine import Engine
from chatbot.index.lexical import WordIndex
from chatbot.index.store import Index
from chatbot.labels import Label
from chatbot.question import Query, make_query
from chatbot.retriever import DEFAULT_RANKING, Retrieved, reranked, retrieve

Floats = npt.NDArray[np.float32]

DENSE = ("passage", "own_passage")
QUESTIONS = (*DENSE, "question", "own_question")
WORDS = (*QUESTIONS, "words", "own_words")
FOLDED = (*WORDS, "grams", "own_grams", "rule")
STEPS: Mapping[str, tuple[str, ...]] = {
    "passages' vectors alone": DENSE,
    "+ stored questions": QUESTIONS,
    "+ BM25, words as typed": WORDS,
    "+ folded words and n-grams": FOLDED,
}
LAST_STEP = "+ learned ranking and calibrated decision"


@dataclass(frozen=True)
class Step:
    """Rates in [0, 1] over the labelled questions, with the parts up to this one. The sections are those ranked first
    among what the right kind may quote."""

    name: str
    section_first: float
    section_in_three: float
    kind_right: float
    emergency_recall: float
    false_alarms: float
    held_back: float


def ablation(engine: Engine, labels: Sequence[Label]) -> Iterator[Step]:
    """One step after another. The engine needs its embedder and what it learned."""
    parts = engine.parts
    embedder, learned = parts.embedder, parts.learned
    if embedder is None or learned is None:
        raise ValueError("an ablation needs the embedder and what was learned")
    index = parts.index
    queries = [make_query(label.asked, learned.language, index.languages, index.spelling) for label in labels]
    vectors = _vectors(queries, embedder)
    typed = replace(parts.index, passage_words=TypedWords.of(parts.index))
    for name, signals in STEPS.items():
        weights = {signal: DEFAULT_RANKING[signal] for signal in signals}
        made = []
        for label, query, vector in zip(labels, queries, vectors, strict=True):
            told = triage(query)
            if signals == FOLDED:
                found = retrieve(query, vector, parts.index, None, told.sections)
            else:
                found = retrieve(replace(query, folded=label.question), vector, typed, None)
            found = reranked(found, weights)
            made.append(_Made(found, decide(told, found, None)))
        yield _step(name, labels, made)
    made = []
    for query, vector in zip(queries, vectors, strict=True):
        told = triage(query)
        found = retrieve(query, vector, parts.index, learned.ranker, told.sections)
        made.append(_Made(found, decide(told, found, learned)))
    yield _step(LAST_STEP, labels, made)


def table(steps: Sequence[Step]) -> str:
    """The steps as Markdown."""
    head = "| parts | section first | in three | kind right | emergency recall | false alarms | held back |"
    rows = [
        f"| {step.name} | {step.section_first:.3f} | {step.section_in_three:.3f} | {step.kind_right:.3f} "
        f"| {step.emergency_recall:.3f} | {step.false_alarms:.3f} | {step.held_back:.3f} |"
        for step in steps
    ]
    return "\n".join([head, "|---|---|---|---|---|---|---|", *rows])


class TypedWords(WordIndex):
    """BM25 over the words as they are typed, in lower case: what search without folding sees."""

    @classmethod
    def of(cls, index: Index) -> "TypedWords":
        rows = [_typed(passage.text) for passage in index.passages]
        numbers = {word: number for number, word in enumerate(sorted({word for row in rows for word in row}))}
        ranker = bm25s.BM25(method="lucene")
        ranker.index(([[numbers[word] for word in row] for row in rows], numbers), show_progress=False)
        return cls(ranker)

    def terms(self, text: str) -> list[str]:
        return _typed(text)


def _typed(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _vectors(queries: Sequence[Query], embedder: Embedder) -> Floats:
    return embedder.queries([query.text for query in queries])


@dataclass(frozen=True)
class _Made:
    """What came of one labelled question."""

    found: Retrieved
    decision: Decision


def _step(name: str, labels: Sequence[Label], made: Sequence[_Made]) -> Step:
    pairs = list(zip(labels, [each.decision.kind for each in made], strict=True))
    cited = [
        (label, [hit.name for hit in quoted_hits(split_label(label.label)[0], each.found.hits)])
        for label, each in zip(labels, made, strict=True)
        if label.sections
    ]
    return Step(
        name=name,
        section_first=_share([bool(names) and names[0] in label.sections for label, names in cited]),
        section_in_three=_share([any(each in label.sections for each in names) for label, names in cited]),
        kind_right=_share([kind == label.kind for label, kind in pairs]),
        emergency_recall=_share([kind == "emergency" for label, kind in pairs if label.kind == "emergency"]),
        false_alarms=_share([kind == "emergency" for label, kind in pairs if label.kind != "emergency"]),
        held_back=_share([kind == "no_answer" for label, kind in pairs if label.kind == "no_answer"]),
    )


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0
