"""Canaries: questions whose answer must hold before anything is published, in `knowledge/canaries.jsonl`.

One for each emergency and each telephone number, in each language. They lie beside the texts because who changes a
number there changes it here too, on purpose.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from chatbot.answer import Answer
from chatbot.errors import KnowledgeError
from chatbot.question import Question

CANARIES = "canaries.jsonl"


@dataclass(frozen=True)
class Canary:
    """A question, the kinds that its answer may be of, a section that has to be quoted, and texts that have to stand in
    that quote: a number whole, not as a part of a longer one."""

    question: str
    lang: str
    kinds: tuple[str, ...]
    section: str
    says: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"canary {self.lang} {self.question}"

    @property
    def asked(self) -> Question:
        return Question(self.question, page_lang=self.lang)


_CANARY = TypeAdapter(Canary)


def read_canaries(knowledge: Path) -> tuple[Canary, ...]:
    """The canaries beside the knowledge files; none where there is no file. Raises KnowledgeError."""
    path = knowledge / CANARIES
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_CANARY.validate_python(json.loads(line)))
        except (ValueError, ValidationError) as error:
            raise KnowledgeError(
                f"this is no canary ({error})", where=f"{path}:{number}", mend="compare it with its neighbours"
            ) from error
    return tuple(found)


def what_fails(canary: Canary, answer: Answer) -> str | None:
    """What is wrong with the answer, in one line, or None."""
    if answer.kind not in canary.kinds:
        return f"it is {answer.kind}, not {' or '.join(canary.kinds)}"
    quoted = [f"{quote.document.id}#{quote.section.id}" for quote in answer.quotes]
    if canary.section not in quoted:
        return f"it quotes {', '.join(quoted) or 'nothing'}, not {canary.section}"
    said = "\n".join(
        quote.text for quote in answer.quotes if f"{quote.document.id}#{quote.section.id}" == canary.section
    )
    missing = [text for text in canary.says if not re.search(rf"(?<!\d){re.escape(text)}(?!\d)", said)]
    return f"its quote does not hold {', '.join(missing)}" if missing else None
