"""Files of questions, one JSON object a line, and the answer to each."""

import json
from collections.abc import Iterator
from typing import IO, Any

from chatbot.engine import Engine
from chatbot.errors import QuestionError
from chatbot.question import Question
from chatbot.schema import answer_json


def read_batch(file: IO[str]) -> list[tuple[Any, Question]]:
    """The lines' ids and questions. Raises QuestionError at the first line that is none."""
    try:
        return list(_lines(file))
    except UnicodeDecodeError as error:
        raise QuestionError("the file is not UTF-8", where=file.name, mend="save it as UTF-8") from error


def _lines(file: IO[str]) -> Iterator[tuple[Any, Question]]:
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


def json_line(found: dict[str, Any]) -> str:
    """The value as JSON; one with a lone surrogate, which UTF-8 can't carry, is escaped."""
    text = json.dumps(found, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(found)
    return text


def answer_line(engine: Engine, each_id: Any, question: Question) -> tuple[dict[str, Any], bool]:
    """The answer with the line's own id; a question that is none gets an `error` in its place, and the rest go on."""
    try:
        return {**answer_json(engine.ask(question)), "id": each_id}, False
    except QuestionError as error:
        return {"id": each_id, "error": str(error)}, True
