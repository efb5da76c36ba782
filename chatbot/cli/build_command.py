"""`chatbot build`: publishes the knowledge files, where nothing speaks against it."""

from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from


@click.command("build")
@click.option("--accept", is_flag=True, help="Emergency answers may change: every change was read and is right.")
@click.option("--quick", is_flag=True, help="For an urgent correction: ask the canaries, not the labelled questions.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@folders
def command(accept: bool, quick: bool, as_json: bool, knowledge: Path | None, index: Path | None) -> None:
    """Check the knowledge files, build the index aside, ask it the labelled questions and the canaries, compare it with
    the index in use, and put it in use at once. Exit 1, with the old index in use, where something speaks against it.
    """
    from chatbot.cli.publication_text import publication_json, publication_text  # noqa: PLC0415  bring the model
    from chatbot.publishing import publish_knowledge  # noqa: PLC0415

    settings = settings_from(knowledge=knowledge, index=index)
    found = publish_knowledge(settings, lambda text: click.echo(f"chatbot: {text}", err=True), None, accept, quick)
    click.echo(publication_json(found) if as_json else publication_text(found, settings.index_folder, quick))
    for reason in found.reasons:
        click.echo(f"chatbot: {reason}", err=True)
    raise SystemExit(0 if found.published else 1)
