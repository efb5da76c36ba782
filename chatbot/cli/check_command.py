"""`chatbot check`: lints the knowledge files."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from chatbot.checks import check_knowledge
from chatbot.cli.options import folders, settings_from


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@folders
def command(as_json: bool, knowledge: Path | None, index: Path | None) -> None:
    """Check the knowledge files; exit 1 where something is wrong."""
    settings = settings_from(knowledge=knowledge, index=index)
    findings = check_knowledge(settings.knowledge, datetime.now(UTC).date())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.file}:{finding.line}: {finding.what}; {finding.mend}", err=True)
        click.echo(f"{len(findings)} findings" if findings else "The knowledge files are in order.")
    raise SystemExit(1 if findings else 0)
