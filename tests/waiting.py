"""Waits for what another thread does."""

import time
from collections.abc import Callable


def until(happened: Callable[[], object], seconds: float = 4.0) -> None:
    """Raises AssertionError where it does not happen in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
