"""The rules: is a file whole, is it true to its original, does it say only what it may, can it be read?"""

from collections.abc import Callable, Iterable

from chatbot.checks import (
    behind,
    characters,
    contacts,
    content,
    front_matter,
    links,
    negation,
    parity,
    pictures,
    reading,
    structure,
)
from chatbot.checks.findings import Finding
from chatbot.checks.library import Library

Rule = Callable[[Library], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    front_matter.reviews,
    front_matter.dates,
    front_matter.approval,
    front_matter.texts,
    front_matter.figures,
    structure.ids,
    structure.strays,
    structure.unfinished,
    structure.lengths,
    structure.unquotable,
    structure.steps,
    structure.questions,
    links.links,
    links.pictures,
    pictures.pictures,
    parity.originals,
    parity.heads,
    parity.sections,
    parity.numbers,
    parity.places,
    negation.negations,
    negation.lost,
    behind.behind,
    contacts.telephones,
    contacts.addresses,
    characters.unseen,
    characters.mixed,
    characters.foreign,
    content.banned,
    content.measures,
    content.deaths,
    reading.sentences,
    reading.sections,
)


def apply_rules(library: Library) -> list[Finding]:
    """What every rule finds, and the files that can't be read, by file and line."""
    found = [*library.broken, *(finding for rule in RULES for finding in rule(library))]
    return sorted(dict.fromkeys(found), key=lambda finding: (finding.file, finding.line, finding.rule, finding.what))
