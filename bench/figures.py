"""What a measure finds: raw values, each beside what it is measured against in the same run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


class MissingError(Exception):
    """Something is not installed that a measure needs. The text says what, and the mend."""


@dataclass(frozen=True)
class Goal:
    """What the ratio or the value itself may be `at_most`, or has to be `at_least`."""

    of: Literal["ratio", "value"]
    at_most: float | None = None
    at_least: float | None = None

    @property
    def bound(self) -> float:
        return self.at_most if self.at_most is not None else self.at_least or 0.0

    def met(self, found: float) -> bool:
        return found <= self.bound if self.at_most is not None else found >= self.bound


@dataclass(frozen=True)
class Figure:
    """`value` of `what`, and `base` of `against`, both in `unit` and of the same run."""

    what: str
    value: float
    unit: str
    against: str
    base: float
    goal: Goal | None = None

    @property
    def ratio(self) -> float:
        return self.value / self.base if self.base else float("nan")

    @property
    def judged(self) -> float:
        """The number that the goal is about."""
        return self.value if self.goal is not None and self.goal.of == "value" else self.ratio

    @property
    def met(self) -> bool | None:
        return self.goal.met(self.judged) if self.goal is not None else None


@dataclass(frozen=True)
class Found:
    """What one measure found; `raw`: all that is worth keeping beside the figures; `missing`: why (a part of) it was
    left out, and the mend."""

    figures: tuple[Figure, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)
    missing: str | None = None


def figure_json(figure: Figure) -> dict[str, Any]:
    goal = figure.goal
    return {
        "what": figure.what,
        "value": figure.value,
        "unit": figure.unit,
        "against": figure.against,
        "base": figure.base,
        "ratio": figure.ratio if figure.base else None,
        "goal": {"of": goal.of, "at_most": goal.at_most, "at_least": goal.at_least} if goal else None,
        "met": figure.met,
    }


def figure_of(told: Mapping[str, Any]) -> Figure:
    """The figure that `figure_json` wrote."""
    goal = Goal(**told["goal"]) if told["goal"] else None
    return Figure(told["what"], told["value"], told["unit"], told["against"], told["base"], goal)


def found_json(found: Found, sizes: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """`sizes`: their name; `about`: when and on what it was measured."""
    return {
        "about": {**about, "sizes": sizes},
        "figures": [figure_json(each) for each in found.figures],
        "missing": found.missing,
        "raw": found.raw,
    }
