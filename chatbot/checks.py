"""Knowledge files -> findings: what a maintainer has to mend before publishing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chatbot.documents import Document, load_document, load_documents
from chatbot.errors import KnowledgeError

FEWEST_QUESTIONS = 6


@dataclass(frozen=True)
class Finding:
    """One thing to mend, in a file and line."""

    file: str
    line: int
    what: str
    mend: str


def check_knowledge(folder: Path, today: date) -> list[Finding]:
    """All findings in the folder, by file and line. Raises KnowledgeError only where there are no files at all."""
    findings: list[Finding] = []
    documents: list[Document] = []
    paths = sorted(folder.glob("*/*.md"))
    if not paths:
        load_documents(folder)
    for path in paths:
        try:
            documents.append(load_document(path))
        except KnowledgeError as error:
            findings.append(_finding(error))
        except OSError as error:
            findings.append(
                Finding(str(path), 1, f"can't be read ({error.strerror})", "give this user the right to read it")
            )
    if not findings:
        try:
            load_documents(folder)
        except KnowledgeError as error:
            findings.append(_finding(error))
    for document in documents:
        findings += _check_document(folder, document, today)
    return sorted(findings, key=lambda finding: (finding.file, finding.line))


def _check_document(folder: Path, document: Document, today: date) -> Iterator[Finding]:
    file = str(folder / document.lang / f"{document.id}.md")
    head = document.front_matter
    if head.review_by < today:
        yield Finding(file, 1, f"`review_by` passed on {head.review_by}", "review the document and set a new date")
    if head.kind == "figures" and head.as_of is None:
        yield Finding(file, 1, "figures without `as_of`", "add the date of the newest figure")
    if not head.sources:
        yield Finding(file, 1, "no source", "name at least one under `sources`")
    for section in document.sections:
        asked = document.questions.get(section.id, ())
        if len(asked) < FEWEST_QUESTIONS:
            line = document.body[: section.start].count("\n") + 1
            yield Finding(
                file,
                line,
                f"section `{section.id}` has {len(asked)} questions",
                f"add questions until there are {FEWEST_QUESTIONS}",
            )


def _finding(error: KnowledgeError) -> Finding:
    file, _, line = (error.where or "").rpartition(":")
    if not line.isdigit():
        return Finding(error.where or "", 1, error.what, error.mend or "")
    return Finding(file, int(line), error.what, error.mend or "")
