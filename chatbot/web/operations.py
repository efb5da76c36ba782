"""For those who run the chatbot: does it live, does it answer, its counters, the description of its API."""

import logging

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from chatbot.question import Question
from chatbot.web.api import json_response
from chatbot.web.contract import Health, Readiness
from chatbot.web.current import current_engine, current_metrics, current_settings, offered, serving
from chatbot.web.openapi import description
from chatbot.web.problems import RETRY_AFTER, problem

TINY_QUESTION = "112"

blueprint = Blueprint("operations", __name__)
log = logging.getLogger(__name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 while the process lives."""
    return json_response(Health(status="ok").model_dump())


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 with the index in use where a tiny question gets an answer, else 503."""
    engine = current_engine()
    try:
        engine.ask(Question(TINY_QUESTION))
    except Exception as error:  # whatever fails here, no question can be answered
        log.error("not ready: %s", type(error).__name__)
        return problem(503, "the index does not answer", [RETRY_AFTER])
    ready = Readiness(
        status="ready",
        index=engine.version,
        degraded=engine.degraded is not None,
        documents=len(engine.documents),
        languages=list(engine.parts.index.languages),
        problem=serving().problem,
    )
    return json_response(ready.model_dump())


@blueprint.get("/metrics")
def metrics() -> Response:
    """The counters of all processes that serve, as Prometheus reads them."""
    return Response(current_metrics().text(), content_type=CONTENT_TYPE_LATEST)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of the API."""
    return json_response(description(offered(), current_settings().max_question_chars))
