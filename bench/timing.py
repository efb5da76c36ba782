"""Times -> medians and percentiles."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

Value = TypeVar("Value")


def timed(call: Callable[[], Value]) -> tuple[float, Value]:
    """The milliseconds that the call took, and what it gave."""
    started = time.perf_counter()
    value = call()
    return (time.perf_counter() - started) * 1000, value


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` percent of the values do not exceed; interpolated."""
    return float(np.percentile(values, share)) if values else float("nan")


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median and percentiles, for the raw values of a series."""
    return {"count": len(values), **{f"p{share}": percentile(values, share) for share in (5, 25, 50, 75, 90, 99, 100)}}
