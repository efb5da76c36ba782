"""The OpenAPI 3.1 description, written from the models of bodies and responses."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chatbot.web.bodies import AskBody, FeedbackBody
from chatbot.web.contract import AnswerBody, DocumentBody, DocumentList, Health, Readiness
from chatbot.web.problems import PROBLEM_TYPE, Problem

SCHEMAS = "#/components/schemas/"
VERSION = "1.0.0"
SAID = {
    400: "The body is malformed",
    404: "Not here",
    413: "The body is too large",
    414: "The address is too long",
    415: "The body is not JSON, or packed",
    422: "A value is wrong",
    429: "Your address asks too often",
    500: "Something failed here",
    503: "Too many ask now, or the index can't be used",
}
ANYWHERE = (400, 413, 414, 415)
"""What a request may be refused for before it is looked at."""
AGAIN = (429, 503)
RETRY_AFTER = {"description": "Seconds until it is worth another try", "required": True, "schema": {"type": "integer"}}
VISIBLE = r"[\p{L}\p{M}\p{N}\p{P}\p{S}]"
MODELS: tuple[tuple[type[BaseModel], JsonSchemaMode], ...] = (
    (AskBody, "validation"),
    (FeedbackBody, "validation"),
    (AnswerBody, "serialization"),
    (DocumentList, "serialization"),
    (DocumentBody, "serialization"),
    (Health, "serialization"),
    (Readiness, "serialization"),
    (Problem, "serialization"),
)


def description(languages: Sequence[str], longest_question: int) -> dict[str, Any]:
    """The whole document, as JSON, with what only the knowledge files and the settings know."""
    _, schemas = models_json_schema(MODELS, ref_template=SCHEMAS + "{model}")
    asked = schemas["$defs"][AskBody.__name__]["properties"]
    asked["question"].update(minLength=1, maxLength=longest_question, pattern=VISIBLE)
    asked["lang"]["anyOf"][0]["enum"] = list(languages)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Mine risk chatbot",
            "version": VERSION,
            "description": "Answers questions about mines in the verified words of its files. Texts are drafts.",
        },
        "paths": _paths(),
        "components": {"schemas": schemas["$defs"]},
    }


def _paths() -> dict[str, Any]:
    lang = _parameter("lang", "The language's code")
    document = [lang, _parameter("id", "The document's id")]
    return {
        "/api/v1/ask": {"post": _operation("Ask a question", _ok(AnswerBody), (422, 429, 500, 503), AskBody)},
        "/api/v1/documents": {"get": _operation("List the documents", _ok(DocumentList), (500,))},
        "/api/v1/documents/{lang}/{id}": {
            "get": {**_operation("Read a document", _ok(DocumentBody), (404, 500)), "parameters": document}
        },
        "/api/v1/feedback": {
            "post": _operation(
                "Say whether an answer helped",
                {"204": {"description": "Counted"}},
                (422, 429, 500),
                FeedbackBody,
            )
        },
        "/healthz": {"get": _operation("Whether the process lives", _ok(Health), ())},
        "/readyz": {"get": _operation("Whether an index answers", _ok(Readiness), (503,))},
        "/metrics": {"get": _operation("Counters for Prometheus", {"200": {"description": "Text"}}, ())},
    }


def _operation(
    summary: str, done: dict[str, Any], problems: tuple[int, ...], body: type[BaseModel] | None = None
) -> dict[str, Any]:
    content = _content(PROBLEM_TYPE, Problem)
    failed: dict[str, Any] = {
        str(status): {"description": SAID[status], "content": content} for status in sorted({*ANYWHERE, *problems})
    }
    for status in {str(each) for each in AGAIN} & set(failed):
        failed[status]["headers"] = {"Retry-After": RETRY_AFTER}
    operation: dict[str, Any] = {"summary": summary, "responses": {**done, **failed}}
    if body is not None:
        operation["requestBody"] = {"required": True, "content": _content("application/json", body)}
    return operation


def _ok(model: type[BaseModel]) -> dict[str, Any]:
    return {"200": {"description": "Done", "content": _content("application/json", model)}}


def _content(mime: str, model: type[BaseModel]) -> dict[str, Any]:
    return {mime: {"schema": {"$ref": SCHEMAS + model.__name__}}}


def _parameter(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": text, "schema": {"type": "string"}}
