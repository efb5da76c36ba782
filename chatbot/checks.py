"""Knowledge files -> findings: what a maintainer has to mend before publishing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chatbot.documents import Document, document_paths, load_document, load_documents
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
    """All findings in the folder, by file and line. Raises KnowledgeError only where no files are found at all."""
    findings: list[Finding] = []
    documents: list[Document] = []
    for path in document_paths(folder):
        try:
            documents.append(load_document(path))
        except KnowledgeError as error:
            findings.append(_finding(error))
    if not findings:
        try:
            load_documents(folder)
        except KnowledgeError as error:
            findings.append(_finding(error))
    for document in documents:
        findings += _check_document(folder / document.lang / f"{document.id}.md", document, today)
    return sorted(findings, key=lambda finding: (finding.file, finding.line))


def _check_document(path: Path, document: Document, today: date) -> Iterator[Finding]:
    file, lines = str(path), path.read_text("utf-8").count("\n") + 1
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
            line = lines - document.body[section.start :].count("\n")
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
