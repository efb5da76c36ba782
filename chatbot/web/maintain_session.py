"""Who may see the maintainer's page: whoever gave the token, for half an hour, from this site's own pages."""

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Request
from itsdangerous import BadSignature, URLSafeSerializer

SESSION_SECONDS = 30 * 60
MINUTE = 60.0
MOST_A_CALLER = 5
MOST_TOGETHER = 30
MOST_CLOSED = 1000


class Sessions:
    """Sessions lie in a signed cookie, whose key is the token: another token ends them all."""

    def __init__(self, token: str, clock: Callable[[], float] = time.time) -> None:
        self._token = token.encode()
        self._clock = clock
        self._serializer = URLSafeSerializer(token, salt="maintain", signer_kwargs={"digest_method": hashlib.sha256})
        self._closed: deque[str] = deque(maxlen=MOST_CLOSED)

    def fits(self, token: str) -> bool:
        """Whether this is the token; it takes as long whatever was given."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self._token)

    def open(self) -> str:
        """A new session, as the cookie holds it."""
        return str(self._serializer.dumps([secrets.token_urlsafe(9), int(self._clock()) + SESSION_SECONDS]))

    def holds(self, cookie: str) -> bool:
        """Whether the cookie is a session that is still open."""
        try:
            nonce, until = self._serializer.loads(cookie)
        except BadSignature:
            return False
        return self._clock() < until and nonce not in self._closed

    def close(self, cookie: str) -> None:
        """End the session, in this process also for a copy of the cookie."""
        try:
            self._closed.append(self._serializer.loads(cookie)[0])
        except BadSignature:
            return


class Attempts:
    """Wrong tokens of the last minute. Callers are kept no longer than that, and nowhere but here."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: deque[tuple[float, str]] = deque()

    def too_many(self, caller: str) -> bool:
        """Whether the caller, or all together, have to wait."""
        with self._lock:
            while self._failed and self._clock() - self._failed[0][0] >= MINUTE:
                self._failed.popleft()
            own = sum(each == caller for _, each in self._failed)
            return own >= MOST_A_CALLER or len(self._failed) >= MOST_TOGETHER

    def failed(self, caller: str) -> None:
        """Count a wrong token."""
        with self._lock:
            self._failed.append((self._clock(), caller))


def from_this_site(request: Request) -> bool:
    """Whether a form of this site sent the request; a browser says so by one of two headers."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None or (origin == "null" and site is not None):
        return site is not None
    return urlsplit(origin).netloc == request.host
