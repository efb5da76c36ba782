"""Question -> why it gets its answer: what each stage found, what it left out, and how long it took."""

from collections.abc import Mapping
from dataclasses import dataclass

from chatbot.answer import Answer, Parts
from chatbot.decision import Triage
from chatbot.engine import Engine
from chatbot.language.detection import language_shares
from chatbot.question import Query, Question
from chatbot.retriever import DEFAULT_RANKING, Hit
from chatbot.triage.rules import Rule

MOST_CANDIDATES = 8


@dataclass(frozen=True)
class FittingRule:
    """A rule of triage that fits; `by`: for each of its groups the concepts named of it."""

    name: str
    sections: tuple[str, ...]
    by: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Candidate:
    """A section that was considered; `signals`: name -> the evidence and what it adds to the score; `quoted`: whether
    it stands in the answer."""

    section: str
    score: float
    signals: Mapping[str, tuple[float, float]]
    chosen: bool
    quoted: bool


@dataclass(frozen=True)
class QuotedSpan:
    """Where a quote stands: code points into the body whose SHA-256 is `sha256`."""

    lang: str
    section: str
    start: int
    end: int
    sha256: str
    text: str


@dataclass(frozen=True)
class Explanation:
    """All stages of one answer. `shares`: how likely each language is by the question's letters; `rules`: kind ->
    the rule that fits, or None; `likelihood`: of each kind of answer or reason for none."""

    question: str
    index: str
    lang: str
    why_lang: str
    shares: Mapping[str, float]
    spelled: str
    folded: str
    concepts: tuple[str, ...]
    rules: Mapping[str, FittingRule | None]
    known_words: float
    dense: bool
    candidates: tuple[Candidate, ...]
    kind: str
    reason: str | None
    likelihood: Mapping[str, float]
    confidence: float
    quotes: tuple[QuotedSpan, ...]
    notice: str | None
    milliseconds: Mapping[str, float]


def explain(engine: Engine, question: Question) -> Explanation:
    """Why the question gets its answer. Raises QuestionError where it is none."""
    answer = engine.ask(question)
    trace = answer.trace
    learned = engine.parts.learned
    shares = language_shares(question.text, learned.language) if learned else {}
    return Explanation(
        question=question.text,
        index=engine.folder.name if engine.folder else engine.version,
        lang=answer.lang,
        why_lang=_why_lang(question, trace.query, shares),
        shares=shares,
        spelled=trace.query.text,
        folded=trace.query.folded,
        concepts=tuple(sorted(trace.told.named)),
        rules=_rules(trace.told),
        known_words=trace.retrieved.known_words,
        dense=trace.retrieved.dense,
        candidates=tuple(_candidate(hit, answer, engine.parts) for hit in trace.retrieved.hits[:MOST_CANDIDATES]),
        kind=answer.kind,
        reason=trace.decision.reason,
        likelihood=dict(sorted(trace.decision.likelihood.items(), key=lambda each: -each[1])),
        confidence=answer.confidence,
        quotes=tuple(_spans(answer)),
        notice=answer.notice,
        milliseconds=trace.milliseconds,
    )


def _why_lang(question: Question, query: Query, shares: Mapping[str, float]) -> str:
    if question.lang is not None:
        return "it was asked for"
    if query.foreign is not None:
        return f"the question is in `{query.foreign}`, which is not offered; this is the nearest"
    if not any(letter.isalpha() for letter in question.text) or not shares:
        return "the question has no letters to tell by" if shares else "nothing was learned to tell languages by"
    if max(shares, key=lambda lang: shares[lang]) == query.lang:
        return "its letters are likest to this language"
    return "its letters leave it open, and the page or the question before is in this language"


def _rules(told: Triage) -> dict[str, FittingRule | None]:
    return {
        name: _fitting(rule, told.named)
        for name, rule in (("emergency", told.emergency), ("harm", told.harm), ("scope", told.scope))
    }


def _fitting(rule: Rule | None, named: frozenset[str]) -> FittingRule | None:
    if rule is None:
        return None
    return FittingRule(rule.name, rule.sections, tuple(tuple(sorted(group & named)) for group in rule.any_of))


def _candidate(hit: Hit, answer: Answer, parts: Parts) -> Candidate:
    ranking = parts.learned.ranker.ranking if parts.learned else DEFAULT_RANKING
    signals = hit.evidence._asdict()
    return Candidate(
        section=hit.name,
        score=hit.score,
        signals={name: (value, value * ranking.get(name, 0.0)) for name, value in signals.items() if value},
        chosen=hit.name in {each.name for each in answer.trace.decision.hits},
        quoted=hit.key in {(quote.document.id, quote.section.id) for quote in answer.quotes},
    )


def _spans(answer: Answer) -> list[QuotedSpan]:
    return [
        QuotedSpan(
            lang=quote.document.lang,
            section=f"{quote.document.id}#{quote.section.id}",
            start=quote.span.start,
            end=quote.span.end,
            sha256=quote.document.sha256,
            text=quote.text,
        )
        for quote in answer.quotes
    ]
