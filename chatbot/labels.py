"""Labelled questions, as `evals/*.jsonl` holds them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from chatbot.errors import KnowledgeError
from chatbot.question import Question


@dataclass(frozen=True)
class Label:
    """One question with what is right for it; `idea`: the situation behind it, never in both train and test."""

    id: str
    idea: str
    question: str
    lang: str
    style: str
    kind: str
    reason: str | None = None
    sections: tuple[str, ...] = ()
    history: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The class that the decision learns: the kind, or the reason for no answer."""
        return self.reason or "off_topic" if self.kind == "no_answer" else self.kind

    @property
    def asked(self) -> Question:
        return Question(self.question, history=self.history)


_LABEL = TypeAdapter(Label)
_LABELS = TypeAdapter(tuple[Label, ...])


def read_labels(path: Path) -> tuple[Label, ...]:
    """The labelled questions of a JSON-lines file; none where there is no file. Raises KnowledgeError."""
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_LABEL.validate_python(json.loads(line)))
        except (ValueError, ValidationError) as error:
            raise KnowledgeError(
                f"this is no labelled question ({error})",
                where=f"{path}:{number}",
                mend="compare it with its neighbours",
            ) from error
    return tuple(found)


def fingerprint_labels(labels: Iterable[Label]) -> str:
    """A SHA-256 of the labelled questions, in their order."""
    return hashlib.sha256(_LABELS.dump_json(tuple(labels))).hexdigest()
