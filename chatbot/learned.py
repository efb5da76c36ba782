"""What is learned from the labelled questions when the index is built, kept beside it as safetensors and JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chatbot.errors import IndexUnusableError
from chatbot.linear import LinearModel, load_linear, save_linear
from chatbot.neighbours import Neighbours, load_neighbours, save_neighbours

FOLDER = "learned"


@dataclass(frozen=True)
class Scale:
    """Mean and spread of each number among the examples, to make numbers comparable."""

    mean: tuple[float, ...]
    spread: tuple[float, ...]


@dataclass(frozen=True)
class Ranker:
    """`sections`: which section such words and such a vector belong to; `ranking`: the weight of each signal of the
    retrieval, of which that is one."""

    sections: LinearModel
    ranking: Mapping[str, float]


@dataclass(frozen=True)
class Learned:
    """`language`: which language; `ranker`: which section answers; `kinds`: emergency, refusal, answer or no answer;
    `neighbours`: the labelled questions, which vote on that; `right`: the probability that first quote and kind are
    right."""

    language: LinearModel
    ranker: Ranker
    kinds: LinearModel
    numbers: Scale
    neighbours: Neighbours
    temperature: float
    right: LinearModel


def save_learned(learned: Learned, folder: Path) -> None:
    """Write the models into `folder`/learned."""
    target = folder / FOLDER
    target.mkdir()
    models = {
        "language": learned.language,
        "sections": learned.ranker.sections,
        "kinds": learned.kinds,
        "right": learned.right,
    }
    for name, model in models.items():
        save_linear(model, target / f"{name}.safetensors")
    save_neighbours(learned.neighbours, target)
    numbers = {
        "ranking": dict(learned.ranker.ranking),
        "mean": learned.numbers.mean,
        "spread": learned.numbers.spread,
        "temperature": learned.temperature,
    }
    (target / "numbers.json").write_text(json.dumps(numbers), "utf-8")


def load_learned(folder: Path) -> Learned | None:
    """The models kept with an index; None where it was built without labelled questions. Raises IndexUnusableError."""
    target = folder / FOLDER
    if not target.is_dir():
        return None
    try:
        numbers = json.loads((target / "numbers.json").read_text("utf-8"))
        return Learned(
            language=load_linear(target / "language.safetensors"),
            ranker=Ranker(load_linear(target / "sections.safetensors"), numbers["ranking"]),
            kinds=load_linear(target / "kinds.safetensors"),
            right=load_linear(target / "right.safetensors"),
            numbers=Scale(tuple(numbers["mean"]), tuple(numbers["spread"])),
            neighbours=load_neighbours(target),
            temperature=float(numbers["temperature"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnusableError(
            f"what was learned can't be read ({error})", where=str(target), mend="run `chatbot build`"
        ) from error
