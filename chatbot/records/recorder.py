"""Answers and readers' words -> events. Nothing that goes wrong here reaches the person who asked."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain

from chatbot.answer import Answer
from chatbot.documents import Document
from chatbot.records.database import connect
from chatbot.records.redaction import known_words, redact
from chatbot.records.store import Event
from chatbot.records.tickets import Memory, Ticket, Tickets
from chatbot.records.writer import Outcome, Writer, reason
from chatbot.settings import Settings

log = logging.getLogger(__name__)

LONGEST_READ = 1000
COUNTED_ONLY = ("emergency", "refusal")
"""Kinds of which no text is ever kept."""


class Recorder:
    """Gives answers their ids and keeps what maintainers need. `writer` None: nothing is kept."""

    def __init__(
        self, tickets: Tickets, writer: Writer | None, redacted: Callable[[str], str | None], today: Callable[[], date]
    ) -> None:
        self._tickets = tickets
        self._writer = writer
        self._redacted = redacted
        self._today = today
        self._asked = Memory()
        self._voted = Memory()

    def answered(self, asked: str, answer: Answer) -> Answer:
        """The answer with its id; it is counted, and a question without an answer is kept, redacted."""
        ticket, signed = self._issue(answer)
        try:
            self._keep_answer(ticket, asked, answer)
        except Exception as error:  # an answer is worth more than its record
            log.error("an answer is not counted: %s", reason(error))
        return replace(answer, id=signed)

    def shown_again(self, asked: str, answer: Answer) -> Answer:
        """The answer with an id for readers' words, where its question was counted before: now it is not."""
        ticket, signed = self._issue(answer)
        try:
            self._remember(ticket, asked)
        except Exception as error:  # as above
            log.error("a question is not remembered: %s", reason(error))
        return replace(answer, id=signed)

    def helped(self, signed: str, helpful: bool, comment: str | None = None) -> bool:
        """Whether this is the first word on the answer with that id; it is counted, and a `no` with the redacted
        question kept."""
        ticket = self._tickets.read(signed)
        if ticket is None:
            return False
        first = self._voted.first_time(ticket.nonce)
        try:
            self._keep_word(ticket, helpful, comment, first)
        except Exception as error:  # the reader has said it; no more is needed from them
            log.error("a reader's word is not counted: %s", reason(error))
        return first

    def start(self) -> None:
        """Bring the database up to date and delete what is too old, in the background."""
        if self._writer is not None:
            self._writer.start()

    def flush(self) -> bool:
        """Whether all is written."""
        return self._writer is None or self._writer.flush()

    def _keep_answer(self, ticket: Ticket, asked: str, answer: Answer) -> None:
        if self._writer is None:
            return
        event = Event(self._today(), ticket.kind, ticket.lang, ticket.sections)
        if ticket.kind == "no_answer":
            text = self._redacted(asked[:LONGEST_READ]) or ""
            event = replace(event, cause=answer.trace.decision.reason or "not_in_files", text=text)
        else:
            self._remember(ticket, asked)
        self._writer.put(event)

    def _remember(self, ticket: Ticket, asked: str) -> None:
        """Keep the question for a reader's `no`; that of no answer is kept at once."""
        if self._writer is not None and ticket.kind not in (*COUNTED_ONLY, "no_answer"):
            self._asked.keep(ticket.nonce, self._redacted(asked[:LONGEST_READ]) or "")

    def _issue(self, answer: Answer) -> tuple[Ticket, str]:
        sections = tuple(dict.fromkeys(f"{quote.document.id}#{quote.section.id}" for quote in answer.quotes))
        return self._tickets.issue(answer.kind, answer.lang, sections)

    def _keep_word(self, ticket: Ticket, helpful: bool, comment: str | None, first: bool) -> None:
        if self._writer is None or not first:
            return
        event = Event(self._today(), ticket.kind, ticket.lang, ticket.sections, helpful)
        text = self._asked.take(ticket.nonce)
        if text and not helpful:
            said = self._redacted(comment[:LONGEST_READ]) if comment else None
            event = replace(event, cause="unhelpful", text=text, comment=said or "")
        self._writer.put(event)


def new_recorder(settings: Settings, documents: tuple[Document, ...], count: Outcome) -> Recorder:
    """The recorder that the settings ask for; nothing is opened yet. Raises SettingsError."""
    url = settings.database_url
    known = own_words(documents) if url else frozenset()
    writer = Writer(connect(url), settings.retention_days, this_day, count) if url else None
    return Recorder(Tickets(settings.secret), writer, lambda text: redact(text, known), this_day)


def this_day() -> date:
    """Today in UTC."""
    return datetime.now(UTC).date()


def own_words(documents: Iterable[Document]) -> frozenset[str]:
    """The folded words of the documents and of the questions beside them that are no names."""
    return known_words(text for each in documents for text in (each.body, *chain(*each.questions.values())))
