"""`chatbot versions`: the kept index versions."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli.options import folders, settings_from

if TYPE_CHECKING:
    from chatbot.index.history import Version


@click.command("versions")
@click.option("--json", "as_json", is_flag=True, help="Print the versions as JSON.")
@folders
def command(as_json: bool, knowledge: Path | None, index: Path | None) -> None:
    """List the kept index versions, newest first; * marks the one in use."""
    from chatbot.index.history import read_history  # noqa: PLC0415  brings FAISS: not for --help

    settings = settings_from(knowledge=knowledge, index=index)
    found = read_history(settings.index_folder)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found]))
        return
    for each in found:
        click.echo(_line(each))


def _line(each: "Version") -> str:
    told = [f"{'*' if each.in_use else ' '} {each.name}  {each.at}"]
    if each.documents is not None:
        told.append(f"{each.documents} documents, {each.passages} passages, {each.questions} questions")
    if each.canaries is not None:
        told.append(f"{each.canaries[0] - each.canaries[1]} of {each.canaries[0]} canaries")
    if each.figures:
        names = ("kind_right", "section_first", "emergency_recall")
        told.append(", ".join(f"{name} {each.figures[name]:.3f}" for name in names if name in each.figures))
    else:
        told.append("not evaluated")
    return "; ".join(told)
