"""Markdown of any kind -> sections with ids, as a knowledge file has them."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from chatbot.language.folding import words
from chatbot.sections import is_id

LONGEST_ID = 5
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$")
_UNDERLINED = re.compile(r"^(?:=+|-+)\s*$")
_PART = re.compile(r"[^\W_]+")
_GIVEN_ID = re.compile(r"\s*\{#([a-z0-9-]+)\}$")


@dataclass(frozen=True)
class DraftSection:
    """A heading with its id, and the text under it."""

    id: str
    heading: str
    text: str


def draft_sections(markdown: str, title: str) -> tuple[DraftSection, ...]:
    """The sections; text before the first heading goes under `title`, a heading without text is left out."""
    found: list[DraftSection] = []
    for heading, lines in _pieces(markdown, title):
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
        if text:
            given = _GIVEN_ID.search(heading)
            plain = _GIVEN_ID.sub("", heading).strip() or title
            taken = {section.id for section in found}
            found.append(DraftSection(_free(given[1] if given else made_id(plain), taken), plain, text))
    return tuple(found)


def first_heading(markdown: str) -> str | None:
    """The heading that a Markdown text begins with, None where it begins otherwise."""
    found = _HEADING.match(markdown.lstrip().partition("\n")[0])
    return found[1] if found else None


def made_id(heading: str) -> str:
    """An id of the heading's first words, in Latin letters: `## Можно ли домой?` gives `mozhno-li-domoi`."""
    parts = _PART.findall(heading.lower())
    spelled = [part if part.isascii() else "".join(words(part)) for part in parts]
    return "-".join([part for part in spelled if is_id(part)][:LONGEST_ID]) or "section"


def _pieces(markdown: str, title: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading with the lines up to the next one; quotation marks of Markdown are taken off."""
    heading = title
    lines: list[str] = []
    for line in markdown.split("\n"):
        plain = re.sub(r"^(?:\s*>)+ ?", "", line).rstrip()
        found = _HEADING.match(plain)
        if found or (_UNDERLINED.match(plain) and lines and lines[-1].strip() and not lines[-1].startswith(("-", "*"))):
            following = found[1] if found else lines.pop()
            yield heading, lines
            heading, lines = following, []
        else:
            lines.append(plain)
    yield heading, lines


def _free(wanted: str, taken: Set[str]) -> str:
    number, section_id = 1, wanted
    while section_id in taken:
        number += 1
        section_id = f"{wanted}-{number}"
    return section_id
