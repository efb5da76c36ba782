"""The places at work and the line before them, both bounded; whoever came first is served first."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from chatbot.errors import OverloadedError

PATIENCE = 5.0
"""Seconds in which whoever was let into the line gets a place, or is refused: browsers and people give up later."""


class Places:
    """At most `at_work` work at once, and at most `waiting` more are let in."""

    def __init__(
        self, at_work: int, waiting: int, patience: float = PATIENCE, show: Callable[[int], None] = lambda _: None
    ) -> None:
        self.patience = patience
        self._show = show
        self._most_inside = at_work + waiting
        self._lock = Lock()
        self._inside = 0
        self._free = at_work
        self._line: deque[Event] = deque()

    @property
    def inside(self) -> int:
        """How many are at work or wait, for a place or for somebody's answer to the same question."""
        return self._inside

    @contextmanager
    def room(self) -> Iterator[None]:
        """Lets in whoever may wait. Raises OverloadedError at once where there is no room."""
        with self._lock:
            if self._inside >= self._most_inside:
                raise OverloadedError("too many ask now")
            self._inside += 1
            self._show(self._inside)
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                self._show(self._inside)

    @contextmanager
    def place(self) -> Iterator[float]:
        """Gives a place at work, and the seconds that were waited for it. Raises OverloadedError after the patience."""
        arrived = time.monotonic()
        self._enter()
        try:
            yield time.monotonic() - arrived
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Event()
            self._line.append(turn)
        if turn.wait(self.patience):
            return
        with self._lock:
            if turn.is_set():  # the place came while the lock was waited for
                return
            self._line.remove(turn)
        raise OverloadedError("no place came free in time")

    def _leave(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().set()
            else:
                self._free += 1
