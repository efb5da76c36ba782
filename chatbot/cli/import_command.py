"""`chatbot import`: a draft knowledge file from a file or page."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from
from chatbot.drafts.formats import LARGEST, read_material
from chatbot.drafts.render import imported
from chatbot.errors import ImportFileError


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the draft here, not to the screen.")
@click.option("--force", is_flag=True, help="Write over the file that --out names.")
@click.option("--url", help="Address that the file was taken from.")
@click.option("--json", "as_json", is_flag=True, help="Print the draft, or where it is, as JSON.")
@folders
def command(
    file: Path,
    out: Path | None,
    force: bool,
    url: str | None,
    as_json: bool,
    knowledge: Path | None,
    index: Path | None,
) -> None:
    """Make a draft of FILE (Markdown, HTML, plain text or PDF; - reads standard input), for a person to finish."""
    if out is not None and out.exists() and not force:
        raise click.UsageError(f"{out} is there already: name another file, or write over it with --force")
    name = "standard input" if str(file) == "-" else str(file)
    material = read_material(_read(file, name), name, url)
    text = imported(material, url or Path(name).name, datetime.now(UTC).date())
    if out is not None:
        _write(out, text)
    if as_json:
        click.echo(json.dumps({"out": str(out) if out else None, "text": text}, ensure_ascii=False))
    elif out is None:
        click.echo(text, nl=False)
    else:
        click.echo(f"A draft is in {out}. Read and finish it; nothing is published by this.")
        if out.resolve().is_relative_to(settings_from(knowledge=knowledge, index=index).knowledge.resolve()):
            click.echo("It lies in the knowledge folder: no index can be built until it is finished.")


def _read(file: Path, name: str) -> bytes:
    """The file's bytes, one more than are allowed at most."""
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise ImportFileError(
            f"can't be read ({error.strerror})", where=name, mend="name a file that is there and may be read"
        ) from error


def _write(out: Path, text: str) -> None:
    try:
        out.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise ImportFileError(
            f"can't be written ({error.strerror})", where=str(out), mend="name a file in a folder that is there"
        ) from error
