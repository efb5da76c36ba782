"""The word lists of the redaction, folded, from redaction.json."""

import json
from dataclasses import dataclass, fields
from functools import cache, cached_property
from importlib.resources import files

from chatbot.language.folding import fold


@dataclass(frozen=True)
class Clues:
    """Folded words and phrases; `address_stems` are beginnings of words."""

    introducers: frozenset[str]
    labels: frozenset[str]
    honorifics: frozenset[str]
    kin: frozenset[str]
    address_stems: tuple[str, ...]
    address_words: frozenset[str]
    places: frozenset[str]
    ordinary: frozenset[str]
    number_words: frozenset[str]
    names: frozenset[str]

    @cached_property
    def longest_introducer(self) -> int:
        """In words."""
        return max(len(phrase.split()) for phrase in self.introducers)

    @cached_property
    def introducing(self) -> frozenset[str]:
        """The first words of introducers and labels."""
        return frozenset(phrase.split()[0] for phrase in self.introducers | self.labels)

    @cached_property
    def shortened(self) -> frozenset[str]:
        """Words that are often cut short with a full stop, which then ends no sentence."""
        return self.address_words | self.honorifics


@cache
def clues() -> Clues:
    """The lists."""
    data = json.loads(files("chatbot.records").joinpath("redaction.json").read_text("utf-8"))
    stems = tuple(sorted(fold(word) for word in data.pop("address_stems")))
    lists = {
        each.name: frozenset(fold(word) for word in data[each.name]) for each in fields(Clues) if each.name in data
    }
    return Clues(address_stems=stems, **lists)
