"""Knowledge files -> findings: what a maintainer has to mend before publishing."""

from datetime import date
from pathlib import Path

from chatbot.checks.findings import Finding, Level
from chatbot.checks.library import Library
from chatbot.checks.reader import read_library
from chatbot.checks.rules import apply_rules
from chatbot.checks.structure import FEWEST_QUESTIONS, UNFINISHED

__all__ = [
    "FEWEST_QUESTIONS",
    "UNFINISHED",
    "Finding",
    "Level",
    "Library",
    "apply_rules",
    "check_knowledge",
    "read_library",
]


def check_knowledge(folder: Path, today: date) -> list[Finding]:
    """All findings in the folder, by file and line. Raises KnowledgeError only where there are no files at all."""
    return apply_rules(read_library(folder, today))
