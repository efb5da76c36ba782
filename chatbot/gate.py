"""Evaluations of two indexes -> what changes between them, and what forbids putting the new one in use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from chatbot.answer import Answer
from chatbot.decision import RULES_OF
from chatbot.documents import Document
from chatbot.evaluation import Figures, under_bars
from chatbot.triage.rules import read_rules

MAY_FALL: Mapping[str, float] = {
    "emergency_recall": 0.0,
    "refusal_recall": 0.0,
    "verbatim": 0.0,
    "kind_right": 0.01,
    "section_first": 0.01,
    "section_in_three": 0.01,
    "held_back": 0.01,
    "language_right": 0.01,
}
"""How much less than in the index in use a figure over all questions may be. What can kill may not fall at all; the
others move by some questions in a hundred whenever the index learns anew, without any text having become worse."""

MAY_RISE: Mapping[str, float] = {"false_alarms": 0.01, "false_refusals": 0.01, "wrong_answers": 0.01}
"""The same for figures that are better when they are lower."""


@dataclass(frozen=True)
class Said:
    """What an index answers to one question; `quotes`: pairs of a section's name and the words."""

    id: str
    question: str
    lang: str
    wanted: str
    kind: str
    quotes: tuple[tuple[str, str], ...] = ()

    @property
    def emergency(self) -> bool:
        return "emergency" in (self.kind, self.wanted)


@dataclass(frozen=True)
class Evaluation:
    """What an index makes of the labelled questions and the canaries. `key` stands for those questions: only what was
    asked the same can be compared. `failed`: one line for each canary that fails."""

    key: str
    figures: Mapping[str, Figures] = field(default_factory=dict)
    canaries: int = 0
    failed: tuple[str, ...] = ()
    answers: tuple[Said, ...] = ()

    @property
    def missed(self) -> list[str]:
        """One line for each bar that is missed; none where no labelled question was asked."""
        return under_bars(self.figures)


@dataclass(frozen=True)
class Change:
    """A question that is answered otherwise than by the index in use."""

    question: str
    lang: str
    emergency: bool
    before: Said
    after: Said


def said(id_: str, question: str, lang: str, wanted: str, answer: Answer) -> Said:
    """What is kept of an answer, to compare with."""
    quotes = tuple((f"{quote.document.id}#{quote.section.id}", quote.text) for quote in answer.quotes)
    return Said(id_, question, lang, wanted, answer.kind, quotes)


def changes(before: Evaluation, after: Evaluation) -> list[Change]:
    """The questions whose kind of answer or quoted words change, emergencies first."""
    known = {each.id: each for each in before.answers}
    found = []
    for new in after.answers:
        old = known.get(new.id)
        if old is not None and (old.kind, _words(old)) != (new.kind, _words(new)):
            found.append(Change(new.question, new.lang, old.emergency or new.emergency, old, new))
    return sorted(found, key=lambda change: not change.emergency)


def _words(each: Said) -> list[str]:
    return [text for _, text in each.quotes]


def changed_steps(before: Sequence[Document], after: Sequence[Document]) -> list[str]:
    """`lang/document#section` of each section of emergency steps that is gone or has other words."""
    old, new = _steps(before), _steps(after)
    return sorted(name for name, text in old.items() if new.get(name) != text)


def _steps(documents: Sequence[Document]) -> dict[str, str]:
    names = {name for rule in read_rules(RULES_OF["emergency"]) for name in rule.sections}
    return {
        f"{document.lang}/{document.id}#{section.id}": document.body[section.start : section.end].strip()
        for document in documents
        for section in document.sections
        if f"{document.id}#{section.id}" in names
    }


def refusals(before: Evaluation | None, after: Evaluation) -> Iterator[str]:
    """One line for each reason not to publish that nobody can accept away."""
    for line in after.failed:
        yield f"canary: {line}"
    over = after.figures.get("all")
    if over is not None and over.verbatim is not None and over.verbatim < 1.0:
        yield f"a quote is not word for word: verbatim is {over.verbatim:.3f}"
    if before is None:
        return
    met_not = {_bar(line) for line in before.missed}
    for line in after.missed:
        if before.figures and _bar(line) not in met_not:
            yield f"a bar that the index in use meets is missed: {line}"
    if before.figures and over is not None:
        yield from _fallen(before.figures["all"], over)


def _bar(line: str) -> str:
    """Group and name of a line of `under_bars`, without the numbers."""
    return line.partition(" is ")[0]


def _fallen(before: Figures, after: Figures) -> Iterator[str]:
    old, new = asdict(before), asdict(after)
    for name, most in [*MAY_FALL.items(), *MAY_RISE.items()]:
        if old[name] is None or new[name] is None:
            continue
        worse = old[name] - new[name] if name in MAY_FALL else new[name] - old[name]
        if worse > most + 1e-9:
            yield f"{name} is {new[name]:.3f}, in the index in use {old[name]:.3f}; it may differ by {most:.3f}"
