"""Rules over concepts, most urgent first: the first with all `any_of` met and no `none_of` named decides."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Rule:
    """`any_of`: groups of concepts, of each of which one must be named. `none_of`: concepts that rule it out."""

    name: str
    sections: tuple[str, ...]
    any_of: tuple[frozenset[str], ...]
    none_of: frozenset[str]

    def fits(self, named: frozenset[str]) -> bool:
        # A loop: a question is held against some hundreds of rules, and `all` would take twice as long.
        for group in self.any_of:
            if group.isdisjoint(named):
                return False
        return self.none_of.isdisjoint(named)


@cache
def read_rules(file_name: str) -> tuple[Rule, ...]:
    """The rules of a JSON file of this folder, in their order."""
    data = json.loads(files("chatbot.triage").joinpath(file_name).read_text("utf-8"))
    return tuple(
        Rule(
            name=rule["name"],
            sections=tuple(rule["sections"]),
            any_of=tuple(frozenset(group.split(" | ")) for group in rule["any_of"]),
            none_of=frozenset(rule.get("none_of", ())),
        )
        for rule in data
    )


def first_fit(rules: Iterable[Rule], named: frozenset[str]) -> Rule | None:
    return next((rule for rule in rules if rule.fits(named)), None)
