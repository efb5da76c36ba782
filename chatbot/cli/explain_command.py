"""`chatbot explain`: why a question gets its answer."""

import logging
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from


@click.command("explain")
@click.argument("question")
@click.option("--lang", help="Language of the answer: az, en or ru. Without it, that of the question.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@folders
def command(question: str, lang: str | None, as_json: bool, knowledge: Path | None, index: Path | None) -> None:
    """Show why QUESTION gets its answer: language, folding, triage, candidates, decision, spans, times."""
    from chatbot.cli.explanation_text import explanation_json, explanation_text  # noqa: PLC0415  bring the model
    from chatbot.engine import load_engine  # noqa: PLC0415
    from chatbot.explaining import explain  # noqa: PLC0415
    from chatbot.question import Question  # noqa: PLC0415

    logging.getLogger().setLevel(logging.ERROR)
    engine = load_engine(
        settings_from(knowledge=knowledge, index=index), say=lambda text: click.echo(f"chatbot: {text}", err=True)
    )
    found = explain(engine, Question(question, lang=lang))
    click.echo(explanation_json(found) if as_json else explanation_text(found))
