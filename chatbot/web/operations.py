"""For those who run the chatbot: does it live, does it answer, its counters, the description of its API."""

import logging
import time
from typing import cast

from flask import Blueprint, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST

from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.web.api import json_response
from chatbot.web.contract import Health, Readiness
from chatbot.web.current import current_engine, current_metrics, current_settings, offered, serving
from chatbot.web.openapi import description
from chatbot.web.problems import RETRY_AFTER, problem

TINY_QUESTION = "112"
TRUSTED_SECONDS = 1.0
"""How long an answer proves that the next one will come."""

blueprint = Blueprint("operations", __name__)
log = logging.getLogger(__name__)


class LastTry:
    """When which engine answered last: whoever asks for that all the time does not keep the engine at work."""

    def __init__(self) -> None:
        self._answered = "", -TRUSTED_SECONDS

    def require_answer(self, engine: Engine) -> None:
        """Raises what the engine raises; it is asked at most once a second, unless it failed."""
        version, when = self._answered
        if version != engine.version or time.monotonic() - when >= TRUSTED_SECONDS:
            engine.ask(Question(TINY_QUESTION))
            self._answered = engine.version, time.monotonic()


def _last_try() -> LastTry:
    return cast(LastTry, current_app.extensions.setdefault("chatbot_last_try", LastTry()))


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 while the process lives."""
    return json_response(Health(status="ok").model_dump())


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 with the index in use where a tiny question gets an answer, else 503."""
    engine = current_engine()
    try:
        _last_try().require_answer(engine)
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
