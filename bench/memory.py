"""What a process holds in memory, from /proc/<pid>/smaps_rollup."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Memory:
    """Megabytes (10^6 bytes). `rss`: all pages in memory; `pss`: shared pages divided among those who share them."""

    rss: float
    pss: float


def memory_of(pid: int) -> Memory:
    """Raises OSError where there is no such process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
    return Memory(kilobytes["Rss"] * 1024 / 1e6, kilobytes["Pss"] * 1024 / 1e6)
