"""What is learned from the labelled questions when the index is built, kept beside it as safetensors and JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chatbot.errors import IndexUnusableError
from chatbot.linear import LinearModel, load_linear, save_linear

FOLDER = "learned"


@dataclass(frozen=True)
class Scale:
    """Mean and spread of each number among the examples, to make numbers comparable."""

    mean: tuple[float, ...]
    spread: tuple[float, ...]


@dataclass(frozen=True)
class Learned:
    """`language`: which language; `sections`: which section answers; `ranking`: the weight of each retrieval signal;
    `kinds`: emergency, refusal, answer or no answer; `right`: the probability that first quote and kind are right."""

    language: LinearModel
    sections: LinearModel
    ranking: Mapping[str, float]
    kinds: LinearModel
    numbers: Scale
    temperature: float
    right: LinearModel


def save_learned(learned: Learned, folder: Path) -> None:
    """Write the models into `folder`/learned."""
    target = folder / FOLDER
    target.mkdir()
    for name in ("language", "sections", "kinds", "right"):
        save_linear(getattr(learned, name), target / f"{name}.safetensors")
    numbers = {
        "ranking": dict(learned.ranking),
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
            sections=load_linear(target / "sections.safetensors"),
            kinds=load_linear(target / "kinds.safetensors"),
            right=load_linear(target / "right.safetensors"),
            ranking=numbers["ranking"],
            numbers=Scale(tuple(numbers["mean"]), tuple(numbers["spread"])),
            temperature=float(numbers["temperature"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnusableError(
            f"what was learned can't be read ({error})", where=str(target), mend="run `chatbot build`"
        ) from error
