"""The documents of every version that was ever in use, so that a link to a quote can still be read after an edit.

<index>/bodies/<sha256 of the body>/<lang>/<document>.md   the document, as a knowledge file
<index>/bodies/seen.jsonl                                  from when on each document had which body, oldest first
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import yaml

from chatbot.documents import FENCE, Document, load_document
from chatbot.errors import KnowledgeError

BODIES = "bodies"
SEEN = "seen.jsonl"


@dataclass(frozen=True)
class Sighting:
    """From `since` (ISO 8601) on the document had this body; without a hash there was no such document."""

    lang: str
    document: str
    sha256: str | None
    since: str


def keep_bodies(root: Path, documents: Iterable[Document]) -> None:
    """Write those documents that are not kept yet."""
    for document in documents:
        path = _path(root, document.lang, document.id, document.sha256)
        if path.is_file():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        head = yaml.safe_dump(document.front_matter.model_dump(mode="json", exclude_none=True), allow_unicode=True)
        written = path.with_suffix(".part")
        written.write_text(f"{FENCE}\n{head}{FENCE}\n{document.body}", "utf-8", newline="")
        written.replace(path)


def note_seen(root: Path, documents: Iterable[Document], now: datetime) -> None:
    """Note from `now` on which body each document has, where that is new; a document that is gone is noted too."""
    latest = {(each.lang, each.document): each.sha256 for each in read_seen(root)}
    found = {(document.lang, document.id): document.sha256 for document in documents}
    since = now.isoformat(timespec="seconds")
    changed = [
        Sighting(lang, document_id, found.get((lang, document_id)), since)
        for lang, document_id in sorted({*latest, *found})
        if latest.get((lang, document_id)) != found.get((lang, document_id))
    ]
    if not changed:
        return
    path = root / BODIES / SEEN
    path.parent.mkdir(parents=True, exist_ok=True)
    # A write that was cut short leaves half a line; the next one begins on its own.
    begin = "\n" if path.exists() and not path.read_bytes().endswith(b"\n") else ""
    with path.open("a", encoding="utf-8") as file:
        file.write(begin + "".join(f"{json.dumps(asdict(each))}\n" for each in changed))


def read_seen(root: Path) -> Iterator[Sighting]:
    """The notes, oldest first; a line that was cut short is left out."""
    path = root / BODIES / SEEN
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        try:
            yield Sighting(**json.loads(line))
        except (ValueError, TypeError):
            continue


def find_body(root: Path, lang: str, document_id: str, prefix: str) -> Document | None:
    """The kept document whose body's hash begins so, or None where none does or what is kept is damaged."""
    for each in read_seen(root):
        if each.lang != lang or each.document != document_id or not each.sha256 or not each.sha256.startswith(prefix):
            continue
        path = _path(root, lang, document_id, each.sha256)
        try:
            found = load_document(path) if path.is_file() else None
        except (OSError, KnowledgeError):
            return None
        return found if found is not None and found.sha256 == each.sha256 else None
    return None


def changed_at(root: Path, lang: str, document_id: str, sha256: str) -> str | None:
    """When the document last stopped having this body, as noted, or None where it was not noted."""
    notes = [each for each in read_seen(root) if (each.lang, each.document) == (lang, document_id)]
    ends = [after.since for before, after in pairwise(notes) if before.sha256 == sha256]
    return ends[-1] if ends else None


def _path(root: Path, lang: str, document_id: str, sha256: str) -> Path:
    return root / BODIES / sha256 / lang / f"{document_id}.md"
