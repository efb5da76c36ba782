"""A gap -> the beginning of a knowledge file, for a person to finish, refused by `chatbot check` until then."""

import json
from dataclasses import dataclass
from datetime import date

from chatbot.drafts.render import UNWRITTEN, file_text, unfinished
from chatbot.drafts.sections import DraftSection
from chatbot.language.folding import words
from chatbot.records.gaps import Gap

LONGEST_ID = 5


@dataclass(frozen=True)
class Draft:
    """The Markdown of a knowledge file, and the questions that lie beside it, in one language."""

    lang: str
    markdown: str
    questions: str


def begin_draft(gap: Gap, today: date) -> Draft:
    """The skeleton for the gap, in the language in which it was asked most."""
    lang = next(iter(gap.langs))
    own = [wording.text for wording in gap.wordings if wording.lang == lang]
    others = [f"# {wording.lang}: {_quoted(wording.text)}" for wording in gap.wordings if wording.lang != lang]
    section = section_id(own[0])
    head = unfinished({"title": own[0], "kind": "guidance", "audience": ["everyone"]}, today)
    markdown = file_text(head, [DraftSection(section, own[0], UNWRITTEN)])
    questions = [f"{section}:", *(f"- {_quoted(text)}" for text in own), *others]
    return Draft(lang, markdown, "\n".join(questions) + "\n")


def section_id(wording: str) -> str:
    """An id in a-z, 0-9 and `-`, from the first words."""
    plain = ["".join(letter for letter in word if letter.isascii()) for word in words(wording)]
    return "-".join([word for word in plain if word][:LONGEST_ID]) or "new-section"


def _quoted(text: str) -> str:
    """The text as YAML takes it, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
