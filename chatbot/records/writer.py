"""Events -> the database, off the way of an answer: a bounded queue and one thread.

Whatever is wrong with the database costs events, never an answer: it is counted, and the log says so once a minute.
"""

import atexit
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from queue import Empty, Full, Queue

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from chatbot.records.database import upgrade, writing
from chatbot.records.store import Event, forget, write

log = logging.getLogger(__name__)

MOST_WAITING = 2000
MOST_AT_ONCE = 200
GATHERED, ENOUGH = 0.5, 8
"""Seconds in which events come together into one transaction, and how many are not waited beyond: with one transaction
for each, a busy worker spent two fifths of its time on them; a worker that is killed loses those that it gathered."""
LONGEST_QUIET = 3600.0
LAST_WORDS = 5.0
LOG_EVERY = 60.0

Outcome = Callable[[str, int], None]
"""Told `written` or `lost`, and how many; also of none, which only says whether the database could be written to."""


class Writer:
    """Writes events in the order in which they came, and each day deletes what is older than `keep_days`."""

    def __init__(self, engine: Engine, keep_days: int, today: Callable[[], date], count: Outcome) -> None:
        self._engine = engine
        self._keep = timedelta(days=keep_days)
        self._today = today
        self._count = count
        self._waiting: Queue[Event | threading.Event] = Queue(MOST_WAITING)
        self._enough = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ready = False
        self._forgotten_on: date | None = None
        self._logged_at: float | None = None

    def start(self) -> None:
        """Run the thread, unless it runs; after a fork it is started anew."""
        if self._thread is not None and self._thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                first = self._thread is None
                self._thread = threading.Thread(target=self._run, name="records", daemon=True)
                self._thread.start()
                if first:
                    atexit.register(self.flush, LAST_WORDS)

    def put(self, event: Event) -> None:
        """Hand over an event; where too many wait already, it is lost."""
        try:
            self._waiting.put_nowait(event)
        except Full:
            self._lost(1, "too many events wait")
        if self._waiting.qsize() >= ENOUGH:
            self._enough.set()
        self.start()

    def flush(self, seconds: float = LAST_WORDS) -> bool:
        """Whether all that was handed over so far was dealt with in that time."""
        if self._thread is None or not self._thread.is_alive():
            return self._waiting.empty()
        done = threading.Event()
        try:
            self._waiting.put(done, timeout=seconds)
        except Full:
            return False
        self._enough.set()
        return done.wait(seconds)

    def _run(self) -> None:
        self._deal_with([])
        while True:
            events, asked = self._next()
            self._deal_with(events)
            if asked is not None:
                asked.set()

    def _next(self) -> tuple[list[Event], threading.Event | None]:
        """What came together, and who wants to hear when it is dealt with. Only the first wakes this thread: each time
        takes the interpreter from an answer."""
        events: list[Event] = []
        with suppress(Empty):
            found = self._waiting.get(timeout=LONGEST_QUIET)
            self._enough.wait(GATHERED)
            self._enough.clear()
            while isinstance(found, Event):
                events.append(found)
                if len(events) == MOST_AT_ONCE:
                    self._enough.set()  # more may wait
                    return events, None
                found = self._waiting.get_nowait()
            return events, found
        return events, None

    def _deal_with(self, events: list[Event]) -> None:
        """Write them; where that fails, once more with the tables brought up to date, as after the file was deleted."""
        was_ready = self._ready
        problem = self._try(events)
        if problem is not None and was_ready:
            problem = self._try(events)
        if problem is not None:
            self._lost(len(events), problem)
        else:
            self._count("written", len(events))

    def _try(self, events: list[Event]) -> str | None:
        """Why they could not be written, in a few words without their content, or None."""
        today = self._today()
        try:
            if not self._ready:
                upgrade(self._engine)
                self._ready = True
            if not events and self._forgotten_on == today:
                return None
            with writing(self._engine) as connection:
                write(connection, events)
                if self._forgotten_on != today:
                    forget(connection, today - self._keep)
            self._forgotten_on = today
        except Exception as error:  # nothing that a database does may end this thread
            self._ready = False
            return reason(error)
        return None

    def _lost(self, number: int, problem: str) -> None:
        self._count("lost", number)
        now = time.monotonic()
        if self._logged_at is None or now - self._logged_at >= LOG_EVERY:
            self._logged_at = now
            log.error("counts and questions are not kept: %s", problem)


def reason(error: Exception) -> str:
    """The kind of an error and, from the database itself, its first line; never a statement or its values."""
    cause = error.orig if isinstance(error, SQLAlchemyError) and hasattr(error, "orig") else None
    told = (str(cause).strip().splitlines() or [""])[0] if cause is not None else ""
    kind = type(cause or error).__name__
    return f"{kind}: {told}" if told else kind
