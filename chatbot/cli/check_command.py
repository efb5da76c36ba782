"""`chatbot check`: lints the knowledge files."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from chatbot.checks import Finding, check_knowledge
from chatbot.cli.options import folders, settings_from


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How findings are printed; github makes annotations of them.",
)
@folders
def command(as_json: bool, form: str, knowledge: Path | None, index: Path | None) -> None:
    """Check the knowledge files; exit 1 where something is wrong. Warnings alone are no reason to stop."""
    settings = settings_from(knowledge=knowledge, index=index)
    findings = check_knowledge(settings.knowledge, datetime.now(UTC).date())
    errors = sum(finding.level == "error" for finding in findings)
    if as_json or form == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    elif form == "github":
        for finding in findings:
            click.echo(_annotation(finding))
    else:
        _show(findings, errors)
    raise SystemExit(1 if errors else 0)


def _show(findings: Sequence[Finding], errors: int) -> None:
    for finding in findings:
        level = "" if finding.level == "error" else "warning: "
        click.echo(f"{finding.file}:{finding.line}: {level}{finding.what}; {finding.mend} [{finding.rule}]", err=True)
    if findings:
        click.echo(f"{errors} errors, {len(findings) - errors} warnings")
    else:
        click.echo("The knowledge files are in order.")


def _annotation(finding: Finding) -> str:
    """The line that makes GitHub show the finding beside the file's line."""
    file, title = (_escaped(text, ",:") for text in (_relative(finding.file), finding.rule))
    text = _escaped(f"{finding.what}; {finding.mend}")
    return f"::{finding.level} file={file},line={finding.line},title={title}::{text}"


def _relative(file: str) -> str:
    """The path as seen from here, where it is under here."""
    path = Path(file).resolve()
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else file


def _escaped(text: str, more: str = "") -> str:
    for letter in "%\r\n" + more:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
