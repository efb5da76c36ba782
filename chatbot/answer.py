"""Question -> Answer: the stages, in their order."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from chatbot.decision import Decision, Triage, decide, triage
from chatbot.embedder import Embedder
from chatbot.errors import EmbedderError
from chatbot.index.store import Index
from chatbot.language.table import language_table
from chatbot.learned import Learned
from chatbot.messages import long_date, say
from chatbot.pictures import NO_PICTURES, Picture, Pictures
from chatbot.question import Query, Question, make_query, read_question
from chatbot.quotes import Quote, quote_section, unique
from chatbot.retriever import Hit, Retrieved, retrieve
from chatbot.suggestions import suggest

Floats = npt.NDArray[np.float32]

EMERGENCY_CALLS = ("112", "102")


@dataclass(frozen=True)
class Action:
    """Something to tap: a telephone call."""

    label: str
    href: str


@dataclass(frozen=True)
class Trace:
    """How the answer came about, for those who look after it: each stage's outcome and its milliseconds."""

    query: Query
    told: Triage
    retrieved: Retrieved
    decision: Decision
    milliseconds: dict[str, float]


@dataclass(frozen=True)
class Answer:
    """What a person gets; `trace` is not shown to them."""

    id: str
    kind: str
    lang: str
    notice: str | None
    quotes: tuple[Quote, ...]
    actions: tuple[Action, ...]
    pictures: tuple[Picture, ...]
    suggestions: tuple[str, ...]
    confidence: float
    trace: Trace


@dataclass(frozen=True)
class Parts:
    """What an answer is made from. `embedder` and `learned` are None where they are missing: words decide then."""

    index: Index
    embedder: Embedder | None
    learned: Learned | None
    longest_question: int = 1000
    pictures: Pictures = NO_PICTURES


def answer(question: Question, parts: Parts) -> Answer:
    """The answer to a question. Raises QuestionError where it is none."""
    clock = _Clock()
    with clock.stage("question"):
        checked = read_question(question, parts.index.languages, parts.longest_question)
        # Without a model the language is a guess, and nothing can be spelled by it.
        model, spelling = (parts.learned.language, parts.index.spelling) if parts.learned else (None, None)
        query = make_query(checked, model, parts.index.languages, spelling)
    with clock.stage("triage"):
        told = triage(query)
    with clock.stage("embed"):
        vector = _embed(query, parts)
    with clock.stage("retrieve"):
        # In another language than the question's the same is found: the files say the same in each.
        asked = replace(query, lang=query.asked_in) if query.asked_in else query
        retrieved = retrieve(asked, vector, parts.index, parts.learned.ranker if parts.learned else None, told.sections)
    with clock.stage("decide"):
        decision = decide(told, retrieved, parts.learned if vector is not None else None)
    with clock.stage("quote"):
        quotes = _quotes(query, decision, parts.index)
        if decision.kind != "no_answer" and not quotes:
            decision = Decision("no_answer", "not_in_files", (), decision.confidence, decision.likelihood)
    return Answer(
        id=secrets.token_urlsafe(16),
        kind=decision.kind,
        lang=query.lang,
        notice=next(_notices(query, decision, quotes, degraded=vector is None), None),
        quotes=quotes,
        actions=_actions(decision, quotes),
        pictures=parts.pictures.of([(quote.document.id, quote.section.id) for quote in quotes], query.lang),
        suggestions=suggest(query.lang, parts.index, retrieved.hits, quotes, (checked.text, *checked.history)),
        confidence=round(decision.confidence, 4),
        trace=Trace(query, told, retrieved, decision, clock.milliseconds),
    )


def _embed(query: Query, parts: Parts) -> Floats | None:
    """The question's vector, or None where the model is missing or fails: an answer by words is better than none."""
    if parts.embedder is None:
        return None
    stored = parts.index.stored_vector(query.text)
    if stored is not None:
        return stored
    try:
        return parts.embedder.query(query.text)
    except EmbedderError:
        return None


def _quotes(query: Query, decision: Decision, index: Index) -> tuple[Quote, ...]:
    """The best section's quote and, where they come close to it, those of the next."""

    def near(hit: Hit) -> int | None:
        return None if query.asked_in else hit.near

    quotes = [
        quote_section(index, query.lang, hit.document_id, hit.section_id, query.folded, near(hit))
        for hit in decision.hits
        if decision.hits[0].score - hit.score <= CLOSE[decision.kind]
    ]
    return unique(quotes)


CLOSE = {"emergency": 1.0, "refusal": 0.5, "answer": 1.0, "no_answer": 0.0}
"""How far a second section's log-odds may be behind the first to be quoted too."""


def _actions(decision: Decision, quotes: tuple[Quote, ...]) -> tuple[Action, ...]:
    """Calls to tap: always in an emergency and with a refusal, else where the quoted text says to call."""
    calls: tuple[str, ...] = EMERGENCY_CALLS if decision.kind in ("emergency", "refusal") else ()
    if decision.kind == "answer":
        said = {word for quote in quotes for word in quote.text.replace("-", " ").replace(".", " ").split()}
        calls = tuple(number for number in ("112", "102", "103", "101") if number in said)
    return tuple(Action(number, f"tel:{number}") for number in calls)


def _notices(query: Query, decision: Decision, quotes: tuple[Quote, ...], degraded: bool) -> Iterator[str]:
    """What has to be said beside the quotes, the most needed first; a person reads only that."""
    lang = query.lang
    if decision.kind == "refusal":
        yield say("We do not help with this, because it can kill. Read the rule and call 112.", lang)
    if decision.reason == "off_topic":
        yield say("This chatbot answers only questions about mines and explosive objects.", lang)
    if decision.reason == "not_in_files":
        yield say("Our files do not hold an answer to this. If somebody is in danger, call 112.", lang)
    if degraded:
        yield say("Only some parts of the chatbot work now, so this answer may not fit. In danger, call 112.", lang)
    if query.foreign is not None:
        yield say("Your language is not among ours, so the answer is in {language}.", lang, language=_name(lang))
    if quotes and quotes[0].document.lang != lang:
        yield say("We have this only in {language}.", lang, language=_name(quotes[0].document.lang))
    if quotes and quotes[0].document.front_matter.kind in DATED_KINDS and quotes[0].document.front_matter.as_of:
        date = long_date(quotes[0].document.front_matter.as_of, lang)
        yield say("The newest figure here is of {date}; it may have changed since.", lang, date=date)


DATED_KINDS = ("figures", "article")


def _name(lang: str) -> str:
    return language_table(lang).name


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.milliseconds[name] = (time.perf_counter() - started) * 1000
