"""The engine that serves, replaced whole when another index version is put in use.

Whoever asks takes one engine and keeps it to the end of the request, so that no answer is of two versions.
"""

import logging
import threading
import time
from collections.abc import Callable

from chatbot.engine import Engine, open_engine
from chatbot.errors import ChatbotError
from chatbot.index.versions import CURRENT, VERSIONS
from chatbot.question import Question

LOOK_EVERY = 1.0
"""Seconds between two looks at which version is in use."""
TRY_AGAIN = 30.0
"""Seconds until a version that could not be taken is tried again."""
TINY_QUESTION = "112"

log = logging.getLogger(__name__)


class Serving:
    """The engine in use. Another version is loaded aside, by a thread of its own, while the old one goes on serving;
    one that is broken leaves the old one in use, and `problem` says so in one sentence. `told` hears of each
    change: `taken`, `failed` or `mended`, which version served before, and which does now."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], float] = time.monotonic,
        told: Callable[[str, str, str], None] = lambda *_: None,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._told = told
        self._looking = threading.Lock()
        self._next_look = clock()
        self._refused: tuple[str, float] | None = None
        self.problem: str | None = None
        self.taken = 0
        self.failed = 0

    def engine(self) -> Engine:
        """The engine for one request. At most once a second it looks whether another version is in use; the request
        does not wait for that one."""
        if self._clock() >= self._next_look and self._looking.acquire(blocking=False):
            waiting = self._waiting()
            if waiting is None:
                self._looked()
            else:
                self._begin(waiting)
        return self._engine

    def _begin(self, name: str) -> None:
        try:
            threading.Thread(target=self._take, args=(name,), name="take-index", daemon=True).start()
        except RuntimeError:  # no thread to be had now: the next look tries again
            log.exception("index %s can't be loaded now", name)
            self._looked()

    def _waiting(self) -> str | None:
        """The name of the version in use, where it is another than the one that serves and is due to be taken."""
        settings, folder = self._engine.settings, self._engine.folder
        try:
            name = (settings.index_folder / CURRENT).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if folder is not None and folder.name == name:
            if self.problem is not None:
                self.problem = None
                self._told("mended", self._engine.version, self._engine.version)
            return None
        if self._refused is not None and self._refused[0] == name and self._clock() < self._refused[1]:
            return None
        return name

    def _looked(self) -> None:
        self._next_look = self._clock() + LOOK_EVERY
        self._looking.release()

    def _take(self, name: str) -> None:
        """Load the named version and, where it answers, let it serve."""
        old = self._engine
        try:
            folder = old.settings.index_folder / VERSIONS / name
            new = open_engine(old.settings, folder, old.parts.embedder, old.degraded)
            for lang in new.parts.index.languages:
                new.ask(Question(TINY_QUESTION, page_lang=lang))
        except Exception as error:  # whatever is wrong with the new version, the old one goes on serving
            why = str(error) if isinstance(error, ChatbotError) else type(error).__name__
            self._refused = name, self._clock() + TRY_AGAIN
            self.problem = f"index {name} can't be used, so {old.version} goes on serving: {why}"
            self.failed += 1
            self._told("failed", old.version, old.version)
            log.error("%s", self.problem)
        else:
            self._engine, self._refused, self.problem = new, None, None
            self.taken += 1
            self._told("taken", old.version, new.version)
            log.info("index %s serves now", name)
        finally:
            self._looked()
