"""`chatbot ask`: one answer, or one for each line of a file."""

import logging
from pathlib import Path
from typing import IO

import click

from chatbot.cli.options import folders, settings_from
from chatbot.errors import ChatbotError


@click.command("ask")
@click.argument("question", required=False)
@click.option("--lang", help="Language of the answer: az, en or ru. Without it, that of the question.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8"),
    help="A file of JSON lines {id, question, lang, history}, or - for standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@folders
def command(
    question: str | None,
    lang: str | None,
    batch: IO[str] | None,
    as_json: bool,
    knowledge: Path | None,
    index: Path | None,
) -> None:
    """Answer QUESTION in the words of its sources."""
    if (question is None) == (batch is None):
        raise click.UsageError("give a question, or a file of questions with --batch")
    if batch is not None and not as_json:
        raise click.UsageError("--batch prints JSON lines: add --json")
    from chatbot.cli.answer_text import answer_text  # noqa: PLC0415  these bring the model: not for --help
    from chatbot.cli.batches import answer_line, json_line, read_batch  # noqa: PLC0415
    from chatbot.engine import load_engine  # noqa: PLC0415
    from chatbot.question import Question  # noqa: PLC0415
    from chatbot.schema import answer_json  # noqa: PLC0415

    asked = read_batch(batch) if batch is not None else []
    logging.getLogger().setLevel(logging.ERROR)
    engine = load_engine(
        settings_from(knowledge=knowledge, index=index), say=lambda text: click.echo(f"chatbot: {text}", err=True)
    )
    if question is not None:
        answer = engine.ask(Question(question, lang=lang))
        click.echo(json_line(answer_json(answer)) if as_json else answer_text(answer))
        return
    failed = 0
    for each_id, each in asked:
        found, went_wrong = answer_line(engine, each_id, each)
        failed += went_wrong
        click.echo(json_line(found))
    if failed:
        raise ChatbotError(f"{failed} of {len(asked)} lines have no answer", mend="read their `error`")
