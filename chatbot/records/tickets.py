"""The id of an answer: a signed ticket that says what was answered and nothing about the person.

The server keeps no state a person. It only remembers, for a quarter of an hour and in this process, the redacted
question of an answer, so that a reader's `no` can bring it along; where that is lost, the `no` is counted alone.
"""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

REMEMBERED_SECONDS = 15 * 60
MOST_REMEMBERED = 5000


@dataclass(frozen=True)
class Ticket:
    """What an id says: a random number, the kind and language of the answer, and the sections that it quoted."""

    nonce: str
    kind: str
    lang: str
    sections: tuple[str, ...]


class Tickets:
    """Makes and reads ids. `key`: the same in all processes that serve, or empty for one of this process alone."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeSerializer(
            key or secrets.token_hex(32), salt="answer", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def issue(self, kind: str, lang: str, sections: tuple[str, ...]) -> tuple[Ticket, str]:
        """A new ticket, and its id: letters, digits, `-`, `_` and `.`."""
        ticket = Ticket(secrets.token_urlsafe(9), kind, lang, sections)
        return ticket, str(self._serializer.dumps([ticket.nonce, kind, lang, list(sections)]))

    def read(self, text: str) -> Ticket | None:
        """The ticket of an id, or None where no process with this key issued it."""
        try:
            nonce, kind, lang, sections = self._serializer.loads(text)
        except BadSignature:
            return None
        return Ticket(nonce, kind, lang, tuple(sections))


class Memory:
    """A few texts by nonce, for some minutes; what is oldest goes first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._texts: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def keep(self, nonce: str, text: str) -> None:
        """Remember the text."""
        with self._lock:
            self._keep(nonce, text)

    def first_time(self, nonce: str) -> bool:
        """Whether the nonce was not remembered; now it is."""
        with self._lock:
            known = nonce in self._texts
            self._keep(nonce, "")
        return not known

    def take(self, nonce: str) -> str | None:
        """The text, which is then forgotten, or None."""
        with self._lock:
            kept_at, text = self._texts.pop(nonce, (0.0, None))
        return text if text is not None and self._clock() - kept_at < REMEMBERED_SECONDS else None

    def _keep(self, nonce: str, text: str) -> None:
        now = self._clock()
        self._texts[nonce] = (now, text)
        while len(self._texts) > MOST_REMEMBERED or self._too_old(now):
            self._texts.popitem(last=False)

    def _too_old(self, now: float) -> bool:
        kept_at, _ = next(iter(self._texts.values()))
        return now - kept_at >= REMEMBERED_SECONDS
