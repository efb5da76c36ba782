"""Knowledge files, read and validated: `knowledge/<lang>/<document-id>.md` -> Document.

The body is the text after the front matter, its tabs and line ends made plain; every span counts its code points.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chatbot.errors import KnowledgeError
from chatbot.front_matter import FrontMatter, read_front_matter, read_yaml
from chatbot.sections import Section, cut_sections

FENCE = "---"
QUESTIONS = ".questions.yaml"
LARGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Document:
    """One knowledge file in one language."""

    id: str
    lang: str
    front_matter: FrontMatter
    body: str
    sha256: str
    sections: tuple[Section, ...]
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)


def load_documents(folder: Path) -> tuple[Document, ...]:
    """All documents under `folder`, ordered by language and id. Raises KnowledgeError at the first wrong file."""
    documents = tuple(load_document(path) for path in document_paths(folder))
    _require_originals(documents, folder)
    return documents


def document_paths(folder: Path) -> list[Path]:
    """The documents' files under `folder`. Raises KnowledgeError where there are none, or a folder can't be read."""
    paths = [path for path in _paths(folder) if path.suffix == ".md"]
    if not paths:
        raise KnowledgeError(
            "there are no knowledge files", where=str(folder), mend="name their folder with --knowledge DIR"
        )
    return paths


def load_document(path: Path) -> Document:
    """The document in the file at `path`, with the questions that lie beside it. Raises KnowledgeError."""
    beside = path.with_suffix(QUESTIONS)
    return parse_document(path, read_text(path), read_text(beside) if beside.exists() else "")


def parse_document(path: Path, text: str, asked: str) -> Document:
    """The document in a file's text, with the YAML text of its questions; `path` gives id and language.

    Raises KnowledgeError.
    """
    head, body, body_line = _split(path, text)
    front_matter = read_front_matter(path, head)
    lang = path.parent.name
    sections = cut_sections(path, lang, body, body_line, by_line=front_matter.kind == "article")
    return Document(
        id=path.stem,
        lang=lang,
        front_matter=front_matter,
        body=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        sections=sections,
        questions=_questions(path.with_suffix(QUESTIONS), asked, {section.id for section in sections}),
    )


def fingerprint(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that `load_documents` reads, by its path inside `folder`. Raises KnowledgeError."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(_read(path)).hexdigest() for path in _paths(folder)}


def _paths(folder: Path) -> list[Path]:
    """The documents and questions in the language folders, in order. `glob` would pass over a folder that it may not
    read, and the language would be gone."""
    if not folder.is_dir():
        return []
    try:
        inside = [path for lang in folder.iterdir() if lang.is_dir() for path in lang.iterdir()]
    except OSError as error:
        raise _unreadable(error, folder) from error
    return sorted(path for path in inside if path.name.endswith((".md", QUESTIONS)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(error, path) from error


def _unreadable(error: OSError, path: Path) -> KnowledgeError:
    return KnowledgeError(
        f"can't be read ({error.strerror})",
        where=str(error.filename or path),
        mend="give this user the right to read it",
    )


def read_text(path: Path) -> str:
    """A file's text with plain line ends and no tabs. Raises KnowledgeError where it is large or not UTF-8."""
    data = _read(path)
    if len(data) > LARGEST_FILE:
        raise KnowledgeError("the file is larger than 1 MB", where=str(path), mend="split it into several documents")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KnowledgeError("the file is not UTF-8", where=f"{path}:{line}", mend="save it as UTF-8") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise KnowledgeError("a NUL character stands in the text", where=f"{path}:{line}", mend="delete it")
    return text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)


def _split(path: Path, text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise KnowledgeError("the front matter is missing", where=f"{path}:1", mend="begin the file with a line ---")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise KnowledgeError("the front matter has no end", where=f"{path}:1", mend="close it with a line ---")


def _questions(path: Path, text: str, known: set[str]) -> dict[str, tuple[str, ...]]:
    """The questions that people ask, by the id of the section that answers them; none where the text says nothing."""
    data = read_yaml(path, text) or {}
    if not isinstance(data, dict):
        raise KnowledgeError(
            "there are no sections", where=f"{path}:1", mend="write `section-id:` and under it `- question`"
        )
    for section_id, asked in data.items():
        if section_id not in known:
            raise KnowledgeError(
                f"no section is named `{section_id}`", where=str(path), mend="use an id of the document"
            )
        if not isinstance(asked, list) or not all(isinstance(each, str) and each.strip() for each in asked):
            raise KnowledgeError(
                f"the questions of `{section_id}` are not a list of texts",
                where=str(path),
                mend="write `- ` before each",
            )
    return {str(section_id): tuple(asked) for section_id, asked in data.items()}


def _require_originals(documents: Iterable[Document], folder: Path) -> None:
    known = {(document.lang, document.id): document for document in documents}
    for document in known.values():
        original = document.front_matter.translation_of
        if original is None:
            continue
        where = f"{folder / document.lang / document.id}.md"
        found = known.get((original, document.id))
        if found is None:
            raise KnowledgeError(
                f"its original in `{original}` is missing",
                where=where,
                mend=f"add {original}/{document.id}.md or delete `translation_of`",
            )
        if [section.id for section in found.sections] != [section.id for section in document.sections]:
            raise KnowledgeError(
                "its sections are not those of its original, in the same order",
                where=where,
                mend=f"compare it with {original}/{document.id}.md",
            )
        for mine, theirs in zip(document.sections, found.sections, strict=True):
            if len(mine.sentences) != len(theirs.sentences):
                raise KnowledgeError(
                    f"section `{mine.id}` has {len(mine.sentences)} sentences, its original {len(theirs.sentences)}",
                    where=where,
                    mend="translate sentence for sentence",
                )
