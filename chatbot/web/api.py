"""The API of the contract, version 1."""

import json
from typing import Any

from flask import Blueprint, Response, abort, request

from chatbot.question import Question
from chatbot.schema import answer_json, document_json
from chatbot.web import limits
from chatbot.web.bodies import AskBody, FeedbackBody, read_body
from chatbot.web.current import current_engine, current_metrics, current_recorder, offered
from chatbot.web.static_files import hashed_address

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.post("/ask")
def ask() -> Response:
    """The answer to the question in the body."""
    body = read_body(AskBody)
    question = Question(
        body.question,
        lang=body.lang,
        history=tuple(body.history),
        audience=body.audience,
        page_lang=request.accept_languages.best_match(offered()),
    )
    answer = current_recorder().answered(body.question, limits.ask(question))
    current_metrics().count_answer(answer)
    return json_response(answer_json(answer, hashed_address))


@blueprint.get("/documents")
def documents() -> Response:
    """All documents, without their text."""
    return json_response({"documents": [document_json(each, whole=False) for each in current_engine().documents]})


@blueprint.get("/documents/<lang>/<document_id>")
def document(lang: str, document_id: str) -> Response:
    """One document with its body and hash."""
    found = current_engine().parts.index.document(lang, document_id)
    if found is None:
        abort(404, f"there is no document {document_id!r} in {lang!r}")
    return json_response(document_json(found, whole=True))


@blueprint.post("/feedback")
def feedback() -> Response:
    """Nothing: the word is counted; of an answer that did not help, question and comment are kept, redacted."""
    limits.require_seldom()
    body = read_body(FeedbackBody)
    current_recorder().helped(body.id, body.helpful, body.comment)
    current_metrics().count_feedback(body.helpful)
    return Response(status=204)


def json_response(value: Any) -> Response:
    """The value as JSON in UTF-8, its keys in the contract's order."""
    return Response(json.dumps(value, ensure_ascii=False), content_type="application/json")
