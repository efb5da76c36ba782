"""How many questions each worker has now, for all workers to see: one small file a worker, in the server's folder."""

import os
from pathlib import Path
from threading import Lock

from chatbot.web.metrics import lives

PREFIX = "load-"
SIZE = 4
"""Bytes of a file: one number, written and read at once."""


class Loads:
    """The load of this process, and those of the others that share the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"{PREFIX}{os.getpid()}"
        self._forget_dead()
        self._file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        self._lock = Lock()
        self._number = 0
        self._add(0)

    def enter(self) -> None:
        """A question came."""
        self._add(1)

    def leave(self) -> None:
        """It was answered or refused."""
        self._add(-1)

    def lighter_elsewhere(self) -> bool:
        """Whether the next question of somebody who is being answered here would find fewer before it elsewhere."""
        return self._number > 1 and any(self._read(path) < self._number - 1 for path in self._others())

    def _add(self, change: int) -> None:
        with self._lock:
            self._number += change
            os.pwrite(self._file, self._number.to_bytes(SIZE, "little"), 0)

    def _read(self, path: Path) -> int:
        try:
            return int.from_bytes(path.read_bytes(), "little")
        except FileNotFoundError:  # another process has just forgotten a dead one
            return self._number

    def _others(self) -> list[Path]:
        return [path for path in self._folder.glob(f"{PREFIX}*") if path != self._path]

    def _forget_dead(self) -> None:
        """A worker that was killed left its number."""
        for path in self._others():
            if not lives(int(path.name.removeprefix(PREFIX))):
                path.unlink(missing_ok=True)
