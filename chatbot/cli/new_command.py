"""`chatbot new`: the skeleton of a document in every language."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click

from chatbot.checks import FEWEST_QUESTIONS
from chatbot.cli.options import folders, settings_from
from chatbot.documents import QUESTIONS, Document, load_documents
from chatbot.drafts.render import questions, skeleton
from chatbot.front_matter import Audience, Kind
from chatbot.sections import is_id


@click.command("new")
@click.argument("document_id", metavar="ID")
@click.option("--title", required=True, help="Title in the language of the original.")
@click.option(
    "--section", "sections", multiple=True, default=("first-question",), help="Id of a section; more than once."
)
@click.option("--kind", type=click.Choice(get_args(Kind)), default="guidance", show_default=True)
@click.option(
    "--audience", type=click.Choice(get_args(Audience)), multiple=True, default=("everyone",), help="For whom."
)
@click.option("--original", help="Language of the original; by default that of most documents.")
@click.option("--lang", "langs", multiple=True, help="A language to write it in; by default all that there are.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths of the files as JSON.")
@folders
def command(
    document_id: str,
    title: str,
    sections: tuple[str, ...],
    kind: str,
    audience: tuple[str, ...],
    original: str | None,
    langs: tuple[str, ...],
    as_json: bool,
    knowledge: Path | None,
    index: Path | None,
) -> None:
    """Begin the document ID (a-z, 0-9 and -) in every language, with a file of questions for each."""
    for each in (document_id, *sections):
        if not is_id(each):
            raise click.UsageError(f"`{each}` is no id: write it in a-z, 0-9 and -")
    folder = settings_from(knowledge=knowledge, index=index).knowledge
    documents = load_documents(folder)
    first = original or _usual_original(documents)
    languages = sorted({first, *(langs or {document.lang for document in documents})})
    paths = {lang: folder / lang / f"{document_id}.md" for lang in languages}
    for path in paths.values():
        if path.exists() or path.with_suffix(QUESTIONS).exists():
            raise click.UsageError(f"{path} is there already: choose another id")
    _write(paths, {"title": title, "kind": kind, "audience": list(audience)}, sections, first)
    if as_json:
        click.echo(json.dumps([str(path) for path in paths.values()]))
        return
    for path in paths.values():
        click.echo(str(path))
    click.echo("Fill in every TODO, then run `chatbot check`.")


def _write(paths: dict[str, Path], head: dict[str, object], sections: tuple[str, ...], first: str) -> None:
    today = datetime.now(UTC).date()
    for lang, path in paths.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(skeleton(head, sections, None if lang == first else first, today), "utf-8", newline="\n")
        path.with_suffix(QUESTIONS).write_text(questions(sections, FEWEST_QUESTIONS), "utf-8", newline="\n")


def _usual_original(documents: tuple[Document, ...]) -> str:
    """The language in which most originals are written."""
    originals = Counter(each.lang for each in documents if each.front_matter.translation_of is None)
    return originals.most_common(1)[0][0]
