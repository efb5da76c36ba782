"""A draft as the text of a knowledge file: what nobody knows yet is marked, so that `chatbot check` refuses it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import yaml

from chatbot.checks import UNFINISHED
from chatbot.drafts.material import Material
from chatbot.drafts.sections import DraftSection, draft_sections, first_heading

REVIEW_AFTER = timedelta(days=180)
UNWRITTEN = f"{UNFINISHED} one to five short sentences."


def imported(material: Material, origin: str, today: date) -> str:
    """The draft of an imported text."""
    title = material.title or first_heading(material.markdown) or f"{UNFINISHED} title"
    head = {
        "title": title,
        "kind": "guidance",
        "audience": ["everyone"],
        "sources": [
            {
                "publisher": material.publisher or f"{UNFINISHED} publisher",
                "title": title,
                "url": material.url or f"{UNFINISHED} address",
                **({"published": material.published} if material.published else {}),
            }
        ],
        "review_by": today + REVIEW_AFTER,
        "status": "draft",
    }
    notes = (
        f"{UNFINISHED} A draft, made by `chatbot import` from {origin} on {today}. Nobody has checked a word of it.",
        "Write it anew in plain words, in sections of one to five short sentences, each answering one question.",
        "Then put the file into knowledge/<lang>/, add questions, delete these lines and run `chatbot check`.",
    )
    return file_text(head, draft_sections(material.markdown, title), notes)


def skeleton(head: dict[str, object], sections: Sequence[str], original: str | None, today: date) -> str:
    """An empty document with the given sections; a translation names its `original` language."""
    whole = {**unfinished(head, today), **({"translation_of": original} if original else {})}
    return file_text(whole, [DraftSection(each, f"{UNFINISHED} question?", UNWRITTEN) for each in sections])


def unfinished(head: dict[str, object], today: date) -> dict[str, object]:
    """The front matter with all that only a person can fill in."""
    return {
        **head,
        "sources": [{"publisher": UNFINISHED, "title": UNFINISHED, "url": f"{UNFINISHED} https://…"}],
        "review_by": today + REVIEW_AFTER,
        "status": "draft",
    }


def questions(sections: Iterable[str], number: int) -> str:
    """A questions file with places for as many questions a section."""
    return "".join(f"{each}:\n" + f"- {UNFINISHED} question\n" * number for each in sections)


def file_text(head: dict[str, object], sections: Sequence[DraftSection], notes: Sequence[str] = ()) -> str:
    """The whole file."""
    comments = "".join(f"# {' '.join(note.split())}\n" for note in notes)
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=10_000)
    body = "\n\n".join(f"## {each.heading} {{#{each.id}}}\n\n{each.text}" for each in sections)
    return f"---\n{comments}{front}---\n\n{body}\n"
