"""What a rule returns."""

from dataclasses import dataclass
from typing import Literal

from chatbot.errors import KnowledgeError

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing to mend, in a file and line; an error stops a publication, a warning does not."""

    file: str
    line: int
    what: str
    mend: str
    rule: str
    level: Level = "error"


def finding_of(error: KnowledgeError, rule: str) -> Finding:
    """The error of a file that can't be read as what it should be."""
    file, _, line = (error.where or "").rpartition(":")
    if not line.isdigit():
        return Finding(error.where or "", 1, error.what, error.mend or "", rule)
    return Finding(file, int(line), error.what, error.mend or "", rule)
