"""Rules: what no file may say. The lists of words lie in the language tables and hold words alone."""

import re
from collections.abc import Iterator

from chatbot.checks.amounts import amounts
from chatbot.checks.findings import Finding
from chatbot.checks.library import Library
from chatbot.checks.tables import Table, table_of

KILLED_OR_INJURED = "397"


def banned(library: Library) -> Iterator[Finding]:
    """Words that belong to how munitions work or are made harmless; asked questions are not looked at."""
    for said in library.said:
        table = table_of(said.file.lang)
        if table and (found := _words(table.banned).search(table.small(said.text))):
            what = f"`{found[0]}` belongs to how munitions work: {said.text}"
            yield said.file.finding("banned", said.line, what, "say what a person has to do, not how the object works")


def measures(library: Library) -> Iterator[Finding]:
    """Weights, depths and distances with a number: sources disagree, and a number invites a try."""
    for said in library.said:
        table = table_of(said.file.lang)
        if table and said.file.document.front_matter.kind == "guidance":
            pattern = rf"\d[\d .,–-]*\s?(?:{'|'.join(table.measures)})(?!\w)"
            if found := re.search(pattern, table.small(said.text)):
                what = f"`{found[0]}` is a weight, depth or distance: {said.text}"
                yield said.file.finding("measure", said.line, what, "leave the number out")


def deaths(library: Library) -> Iterator[Finding]:
    """The figure of people killed or injured, called deaths. An article keeps its words."""
    for said in library.said:
        table = table_of(said.file.lang)
        if table is None or said.file.document.front_matter.kind == "article":
            continue
        found = amounts(said.text, said.file.lang)
        if found and KILLED_OR_INJURED in found.figures and _calls_deaths(table.small(said.text), table):
            what = f"{KILLED_OR_INJURED} are killed or injured, not deaths: {said.text}"
            yield said.file.finding("killed-or-injured", said.line, what, "write killed or injured")


def _calls_deaths(small: str, table: Table) -> bool:
    says = {name: bool(_words(getattr(table, name)).search(small)) for name in ("deaths", "injuries", "denials")}
    return says["deaths"] and not says["injuries"] and not says["denials"]


def _words(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(beginnings)})\w*")
