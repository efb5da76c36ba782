"""The knowledge folder, read for the rules: every file that can be, and for the others why not."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from chatbot.checks.agreed import ALLOWED, PICTURES, PLACES, REVIEWED, Agreed, read_agreed
from chatbot.checks.findings import Finding, finding_of
from chatbot.checks.library import KnowledgeFile, Library
from chatbot.documents import QUESTIONS, document_paths, parse_document, read_text
from chatbot.errors import KnowledgeError
from chatbot.translated import TRANSLATIONS, Accepted, read_accepted

BESIDE = (ALLOWED, PLACES, REVIEWED, PICTURES, TRANSLATIONS, "README.md")


def read_library(folder: Path, today: date) -> Library:
    """The folder as the rules see it. Raises KnowledgeError only where there are no files at all."""
    files: list[KnowledgeFile] = []
    broken: list[Finding] = []
    for path in document_paths(folder):
        read = _read(path)
        if isinstance(read, KnowledgeFile):
            files.append(read)
        else:
            broken.append(read)
    agreed, accepted = Agreed(), Accepted({})
    try:
        agreed, accepted = read_agreed(folder), read_accepted(folder)
    except KnowledgeError as error:
        broken.append(finding_of(error, "agreed"))
    return Library(folder, tuple(files), agreed, accepted, today, tuple(broken), tuple(_strays(folder)))


def parse_file(path: Path, text: str, asked: str) -> KnowledgeFile:
    """A file from its text and the questions beside it. Raises KnowledgeError."""
    return KnowledgeFile(path, text, asked, parse_document(path, text, asked))


def _read(path: Path) -> KnowledgeFile | Finding:
    beside = path.with_suffix(QUESTIONS)
    try:
        return parse_file(path, read_text(path), read_text(beside) if beside.exists() else "")
    except KnowledgeError as error:
        return finding_of(error, "unreadable")


def _strays(folder: Path) -> Iterator[Path]:
    """Files with the endings of knowledge that lie where nothing reads them."""
    for path in sorted({*folder.glob("*"), *folder.glob("*/*"), *folder.glob("*/*/*")}):
        depth = len(path.relative_to(folder).parts)
        if path.suffix not in (".md", ".yaml", ".yml", ".markdown", ".txt") or not path.is_file():
            continue
        if depth == 2 and path.suffix == ".md":
            continue
        if depth == 1 and path.name in BESIDE:
            continue
        document = path.with_name(path.name.removesuffix(QUESTIONS) + ".md")
        if not (depth == 2 and path.name.endswith(QUESTIONS) and document.exists()):
            yield path
