"""Index versions in one folder: each complete or absent, one of them in use.

<index>/versions/<number>-<name>/   a sealed index
<index>/current                     the name of the one in use
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatbot.errors import IndexUnusableError
from chatbot.index.store import MANIFEST, MEND

CURRENT = "current"
VERSIONS = "versions"
KEPT = 5


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """An empty folder beside the versions, removed at the end unless it was published."""
    versions = root / VERSIONS
    try:
        versions.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=versions))
    except OSError as error:
        raise IndexUnusableError(
            f"the index can't be written ({error.strerror})",
            where=str(root),
            mend="name another folder with --index DIR",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(root: Path, staged: Path, name: str) -> Path:
    """Give the sealed folder its name and put it in use, in two renames: whoever reads sees the old or the new one."""
    numbers = [int(path.name.split("-")[0]) for path in list_versions(root)]
    target = root / VERSIONS / f"{max(numbers, default=0) + 1:06d}-{name}"
    _sync(staged)
    staged.rename(target)
    use(root, target.name)
    _forget_old(root)
    return target


def use(root: Path, name: str) -> None:
    """Put the named version in use, at once."""
    with tempfile.NamedTemporaryFile("w", dir=root, prefix=".current-", delete=False) as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(root / CURRENT)


def current(root: Path) -> Path:
    """The folder of the version in use. Raises IndexUnusableError where there is none."""
    try:
        name = (root / CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusableError("there is no index", where=str(root), mend=MEND) from error
    folder = root / VERSIONS / name
    if not name or Path(name).name != name or not (folder / MANIFEST).is_file():
        raise IndexUnusableError(f"the index version in use, {name!r}, is missing", where=str(root), mend=MEND)
    return folder


def list_versions(root: Path) -> list[Path]:
    """The sealed versions, oldest first."""
    found = (path.parent for path in (root / VERSIONS).glob(f"[0-9]*/{MANIFEST}"))
    return sorted(folder for folder in found if folder.name.partition("-")[0].isdigit())


def _forget_old(root: Path) -> None:
    in_use = current(root)
    for folder in list_versions(root)[:-KEPT]:
        if folder != in_use:
            shutil.rmtree(folder, ignore_errors=True)
    for left in (root / VERSIONS).glob(".staging-*"):
        if left.stat().st_mtime < in_use.stat().st_mtime - 3600:
            shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
