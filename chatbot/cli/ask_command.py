"""`chatbot ask`: one answer, or one for each line of a file."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from chatbot.answer import Answer
from chatbot.cli.options import folders, settings_from
from chatbot.engine import Engine, load_engine
from chatbot.errors import ChatbotError, QuestionError
from chatbot.messages import say
from chatbot.question import Question
from chatbot.schema import answer_json


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
    try:
        asked = list(_read_batch(batch)) if batch is not None else []
    except UnicodeDecodeError as error:
        raise QuestionError(
            "the file is not UTF-8", where=getattr(batch, "name", None), mend="save it as UTF-8"
        ) from error
    logging.getLogger().setLevel(logging.ERROR)
    engine = load_engine(
        settings_from(knowledge=knowledge, index=index), say=lambda text: click.echo(f"chatbot: {text}", err=True)
    )
    if question is not None:
        answer = engine.ask(Question(question, lang=lang))
        click.echo(json.dumps(answer_json(answer), ensure_ascii=False) if as_json else _shown(answer))
        return
    failed = 0
    for each_id, each in asked:
        found, went_wrong = _answer_line(engine, each_id, each)
        failed += went_wrong
        click.echo(json.dumps(found, ensure_ascii=not _encodable(found)))
    if failed:
        raise ChatbotError(f"{failed} of {len(asked)} lines have no answer", mend="read their `error`")


def _read_batch(file: IO[str]) -> Iterator[tuple[Any, Question]]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        where = f"{file.name}:{number}"
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise QuestionError(
                f"the line is not JSON ({error})", where=where, mend="write one JSON object a line"
            ) from error
        if not isinstance(data, dict) or not isinstance(data.get("question"), str):
            raise QuestionError("the line has no text `question`", where=where, mend='write {"id": …, "question": "…"}')
        history, lang = data.get("history") or [], data.get("lang")
        if not isinstance(history, list) or not all(isinstance(each, str) for each in history):
            raise QuestionError("`history` is not a list of texts", where=where, mend="correct the line")
        if not isinstance(lang, str | None):
            raise QuestionError("`lang` is not a text", where=where, mend="correct the line")
        yield data.get("id"), Question(data["question"], lang=lang, history=tuple(history))


def _encodable(found: dict[str, Any]) -> bool:
    """Whether the line can be written as UTF-8; one with a lone surrogate is escaped instead."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _answer_line(engine: Engine, each_id: Any, question: Question) -> tuple[dict[str, Any], bool]:
    """The answer with the line's own id; a question that is none gets an `error` in its place, and the rest go on."""
    try:
        return {**answer_json(engine.ask(question)), "id": each_id}, False
    except QuestionError as error:
        return {"id": each_id, "error": str(error)}, True


def _shown(answer: Answer) -> str:
    lines = []
    if answer.notice:
        lines += [answer.notice, ""]
    for quote in answer.quotes:
        source = quote.document.front_matter.sources[0]
        lines += [f"{quote.section.heading}", *(f"  {line}" for line in quote.text.splitlines())]
        lines += [f"  — {quote.document.front_matter.title}; {source.publisher}, {source.url}", ""]
    if answer.actions:
        lines += [say("Call: {numbers}", answer.lang, numbers=", ".join(action.label for action in answer.actions)), ""]
    if answer.suggestions:
        lines += [say("You can also ask:", answer.lang), *(f"  {text}" for text in answer.suggestions)]
    return "\n".join(lines).rstrip()
