"""`chatbot build`: the index from the knowledge files, re-embedding only what changed."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from


@click.command("build")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@folders
def command(as_json: bool, knowledge: Path | None, index: Path | None) -> None:
    """Build the index from the knowledge files."""
    from chatbot.engine import build  # noqa: PLC0415

    settings = settings_from(knowledge=knowledge, index=index)
    report = build(settings)
    if as_json:
        click.echo(json.dumps(asdict(report)))
        return
    click.echo(
        f"{report.documents} documents, {report.passages} passages, {report.questions} questions; "
        f"{report.embedded} texts embedded, {report.labelled} labelled questions learned, in {report.seconds:.1f} s"
    )
    click.echo(f"index {report.version} in {settings.index_folder}")
