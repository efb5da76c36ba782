"""Addresses -> names to count by: keyed hashes, whose key lives a day and only in memory.

With Redis the key lies there, so that all processes give an address the same name; Redis forgets it after a day.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Any

import redis

DAY = 24 * 60 * 60
NETWORK_BYTES = 8
"""Of an IPv6 address the first 64 bits name the line; the rest changes at will."""
KEY = "chatbot/callers/{day}"
UNKNOWN = b"?"


class Callers:
    """Names addresses. `url`: the Redis that keeps the day's key, or None."""

    def __init__(
        self, url: str | None, options: Mapping[str, Any] | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._redis = redis.Redis.from_url(url, **(options or {})) if url else None
        self._clock = clock
        self._lock = Lock()
        self._day = -1
        self._key = b""

    def name(self, address: str | None) -> str:
        """The address's name for today."""
        return hashlib.blake2b(network(address), key=self._todays_key(), digest_size=16).hexdigest()

    def _todays_key(self) -> bytes:
        day = int(self._clock() // DAY)
        with self._lock:
            if day != self._day:
                self._day, self._key = day, self._shared_key(day) or secrets.token_bytes(32)
            return self._key

    def _shared_key(self, day: int) -> bytes | None:
        if self._redis is None:
            return None
        try:
            name = KEY.format(day=day)
            self._redis.set(name, secrets.token_bytes(32), nx=True, ex=DAY)
            found = self._redis.get(name)
        except redis.RedisError:
            return None
        return found if isinstance(found, bytes) else None


def network(address: str | None) -> bytes:
    """The bytes that tell one line from another: a whole IPv4 address, the first half of an IPv6 one."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return UNKNOWN
    if not isinstance(found, IPv6Address):
        return found.packed
    return found.ipv4_mapped.packed if found.ipv4_mapped else found.packed[:NETWORK_BYTES]
