"""`chatbot translate-status`: which translations are missing or behind their original."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from
from chatbot.documents import Document, load_documents
from chatbot.translated import SectionStatus, accept, read_accepted, statuses, write_accepted

MEANS = {
    "missing": "is not translated",
    "behind": "is older than what its original says now",
    "unknown": "was never compared with its original",
}


@click.command("translate-status")
@click.option("--json", "as_json", is_flag=True, help="Print the state of every section as JSON.")
@click.option(
    "--accept",
    "accepted_id",
    metavar="ID",
    help="Record that the translations of a document, or of `all`, are up to date.",
)
@click.option("--lang", multiple=True, help="Only this language; may be given more than once.")
@folders
def command(
    as_json: bool, accepted_id: str | None, lang: tuple[str, ...], knowledge: Path | None, index: Path | None
) -> None:
    """Show what is missing or behind its original; exit 1 where something is."""
    folder = settings_from(knowledge=knowledge, index=index).knowledge
    documents = load_documents(folder)
    langs = lang or tuple(sorted({document.lang for document in documents}))
    if accepted_id is not None:
        _accept(folder, documents, accepted_id, langs)
    found = [status for status in statuses(documents, read_accepted(folder)) if status.lang in langs]
    open_ones = [status for status in found if status.state != "current"]
    if as_json:
        click.echo(json.dumps([asdict(status) for status in found]))
    else:
        _show(found, open_ones)
    raise SystemExit(1 if open_ones else 0)


def _accept(folder: Path, documents: Sequence[Document], document_id: str, langs: Sequence[str]) -> None:
    record = read_accepted(folder)
    originals = sorted({each.id for each in documents if each.front_matter.translation_of is None})
    for each in originals if document_id == "all" else [document_id]:
        record = accept(documents, record, each, langs)
    write_accepted(folder, record)


def _show(found: Sequence[SectionStatus], open_ones: Sequence[SectionStatus]) -> None:
    for status in open_ones:
        click.echo(f"{status.lang}/{status.document}#{status.section} {MEANS[status.state]}")
    if not open_ones:
        click.echo(f"All {len(found)} translated sections are up to date.")
        return
    counts = Counter(status.state for status in open_ones)
    click.echo(f"{', '.join(f'{number} {state}' for state, number in sorted(counts.items()))} of {len(found)} sections")
