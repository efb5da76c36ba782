"""`chatbot rollback`: an earlier index version in use again."""

import json
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from


@click.command("rollback")
@click.argument("version", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@folders
def command(version: str | None, as_json: bool, knowledge: Path | None, index: Path | None) -> None:
    """Put VERSION (its number or name) in use again, or else the one before the version in use."""
    from chatbot.building import put_back  # noqa: PLC0415  brings FAISS: not for --help

    folder = put_back(settings_from(knowledge=knowledge, index=index), version)
    if as_json:
        click.echo(json.dumps({"in_use": folder.name}))
        return
    click.echo(f"index {folder.name} is in use")
    click.echo("The knowledge files stay as they are: mend them, then run `chatbot build`.")
