"""Request bodies of the API, read strictly: JSON text -> a checked value, or the problem that says what is wrong."""

import json
from typing import Any, NoReturn, TypeVar

from flask import abort, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.question import HISTORY_USED

LONGEST_COMMENT = 500
LONGEST_NAME = 60
DEEPEST = 8
"""Lists and objects inside each other; the bodies of the contract need two."""

Body = TypeVar("Body", bound="StrictBody")


class StrictBody(BaseModel):
    """A body whose unknown keys and wrong types are errors."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AskBody(StrictBody):
    """A question, at most 1,000 characters; the whole body at most 16 KB."""

    question: str
    lang: str | None = Field(default=None, description="Language of the answer; null: that of the question.")
    history: list[str] = Field(
        default=[],
        description=f"The person's earlier questions, oldest first. Only the last {HISTORY_USED} count: leave out "
        "older ones, and the oldest of these where the body would grow over its limit.",
    )
    audience: str | None = None


class FeedbackBody(StrictBody):
    """Whether the answer with that `id` helped. The comment is kept only with a `no`, redacted."""

    id: str = Field(pattern=r"^[A-Za-z0-9_.-]{1,1000}$")
    helpful: bool
    comment: str | None = Field(default=None, max_length=LONGEST_COMMENT)


def read_body(model: type[Body]) -> Body:
    """The request's body. Ends the request with 400, 413, 415 or 422 where it is none."""
    if not request.is_json:
        abort(415, "send JSON with the header Content-Type: application/json")
    try:
        given = _cleaned(json.loads(_whole_body().decode("utf-8"), parse_constant=_no_constant))
    except (ValueError, RecursionError):
        abort(400, "the body is not JSON in UTF-8, or is nested too deep")
    if not isinstance(given, dict):
        abort(422, "body: Input should be a JSON object")
    try:
        return model.model_validate(given)
    except ValidationError as error:
        abort(422, _sentences(error))


def _whole_body() -> bytes:
    """The body. One without a length that reaches the limit was cut there: it ends the request with 413."""
    data = request.get_data(cache=False)
    most = request.max_content_length
    if request.content_length is None and most is not None and len(data) >= most:
        abort(413)
    return data


def _cleaned(value: Any, room: int = DEEPEST) -> Any:
    """The JSON value with halves of letters, as phones send of a cut emoji, put right: UTF-8 can't carry them. Raises
    ValueError where it is nested deeper than `room`."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | dict) and not room:
        raise ValueError("nested too deep")
    if isinstance(value, list):
        return [_cleaned(each, room - 1) for each in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(each, room - 1) for key, each in value.items()}
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _sentences(error: ValidationError) -> str:
    """What is wrong, key by key; never the value, which is the person's."""
    told = error.errors(include_url=False, include_context=False, include_input=False)
    where = [".".join(str(part)[:LONGEST_NAME] for part in each["loc"]) or "body" for each in told]
    return "; ".join(f"{place}: {each['msg']}" for place, each in zip(where, told, strict=True))
