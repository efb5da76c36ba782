"""Index versions in one folder: each complete or absent, one of them in use.

<index>/versions/<number>-<name>/   a sealed index, and when it was published
<index>/current                     the name of the one in use
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from chatbot.errors import IndexUnusableError
from chatbot.index.manifest import MANIFEST, MEND

CURRENT = "current"
VERSIONS = "versions"
PUBLISHED = "published.json"
KEPT = 10
"""How many versions stay where the settings do not say."""

_STAGING = ".staging-"
_GONE = ".gone-"
_LOCK = ".lock"


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """An empty folder beside the versions, removed at the end unless it was published."""
    versions = root / VERSIONS
    try:
        versions.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=versions))
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


def publish(
    root: Path, staged: Path, name: str, kept: int = KEPT, counts: Mapping[str, int] | None = None, over: str = ""
) -> Path:
    """Give the sealed folder its name and put it in use, in two renames: whoever reads sees the old or the new one.

    `counts` are kept with the date; `over`: the name of the version that has to be in use still, where one was
    compared with. Raises IndexUnusableError where it is not.
    """
    with _alone(root):
        if over and current(root).name != over:
            raise IndexUnusableError(
                "another version was put in use meanwhile", where=str(root), mend="run `chatbot build` again"
            )
        numbers = [int(path.name.split("-")[0]) for path in list_versions(root)]
        target = root / VERSIONS / f"{max(numbers, default=0) + 1:06d}-{name}"
        told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **(counts or {})}
        (staged / PUBLISHED).write_text(json.dumps(told), "utf-8")
        _sync(staged)
        staged.rename(target)
        _put_in_use(root, target.name)
        _forget_old(root, kept)
    return target


def use(root: Path, name: str) -> Path:
    """Put the named version in use, at once. Raises IndexUnusableError where there is none of that name."""
    with _alone(root):
        found = next((folder for folder in list_versions(root) if folder.name == name), None)
        if found is None:
            raise IndexUnusableError(
                f"there is no index version {name!r}", where=str(root), mend="see `chatbot versions`"
            )
        _put_in_use(root, found.name)
        return found


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


def find_version(root: Path, name: str | None) -> Path:
    """The version that `name` stands for: its whole name, its number, or its hash; without one that before the version
    in use. Raises IndexUnusableError where none fits, or more than one."""
    versions = list_versions(root)
    if name is None:
        in_use = current(root)
        earlier = [folder for folder in versions if folder.name < in_use.name]
        if not earlier:
            raise IndexUnusableError(
                f"there is no version before {in_use.name}", where=str(root), mend="see `chatbot versions`"
            )
        return earlier[-1]
    fitting = [folder for folder in versions if name in _names(folder)]
    if len(fitting) != 1:
        told = "fits no" if not fitting else "fits more than one"
        raise IndexUnusableError(f"{name!r} {told} index version", where=str(root), mend="see `chatbot versions`")
    return fitting[0]


def _names(folder: Path) -> set[str]:
    number, _, digest = folder.name.partition("-")
    return {folder.name, number, str(int(number)), digest}


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Waits until no other process is publishing; the lock goes with the process that holds it."""
    with (root / _LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _put_in_use(root: Path, name: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=root, prefix=".current-", delete=False) as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(root / CURRENT)
    _sync_folder(root)


def _forget_old(root: Path, kept: int) -> None:
    """Removes what is too old. A version is renamed first, so that none is ever seen half removed; who has its files
    open keeps them."""
    in_use = current(root)
    for folder in list_versions(root)[: -max(kept, 1)]:
        if folder != in_use:
            folder.rename(folder.with_name(f"{_GONE}{folder.name}"))
    for left in (root / VERSIONS).glob(f"{_GONE}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in (root / VERSIONS).glob(f"{_STAGING}*"):
        if left.stat().st_mtime < in_use.stat().st_mtime - 3600:
            shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
