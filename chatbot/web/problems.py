"""What went wrong -> a problem document (RFC 9457) for programs, a plain page in their language for people."""

import json
import logging
import traceback
from collections.abc import Sequence
from http import HTTPStatus

from flask import Flask, Response, render_template, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException, SecurityError

from chatbot.errors import IndexUnusableError, OverloadedError, QuestionError
from chatbot.web.limits import TooOftenError

PROBLEM_TYPE = "application/problem+json"
PROGRAM_PATHS = ("/api/", "/openapi.json", "/healthz", "/readyz", "/metrics")
SOON = "5"
BUSY = "busy"
RETRY_AFTER = ("Retry-After", "30")

log = logging.getLogger(__name__)


class Problem(BaseModel):
    """A problem document; its type says no more than its status does."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def register(app: Flask) -> None:
    """Has the application turn every error into a problem document or an error page."""
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(SecurityError, host_problem)
    app.register_error_handler(QuestionError, question_problem)
    app.register_error_handler(IndexUnusableError, index_problem)
    app.register_error_handler(OverloadedError, overloaded_problem)
    app.register_error_handler(TooOftenError, too_often_problem)
    app.register_error_handler(Exception, unexpected_problem)


def http_problem(error: HTTPException) -> Response:
    """The response to what Flask or a view refused, with its own headers, such as Allow."""
    headers = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    return problem(error.code or 500, error.description or "", headers)


def host_problem(_: SecurityError) -> Response:
    """400 for a host name that is none of the server's: always a document, for no page can link anywhere then."""
    return _document(400, "this server does not answer to that host name")


def question_problem(error: QuestionError) -> Response:
    """422 for a question that is none."""
    return problem(422, str(error))


def index_problem(error: IndexUnusableError) -> Response:
    """503 while the index can't be used."""
    log.error("the index is unusable: %s", error)
    return problem(503, "the index can't be used now; try again later", [RETRY_AFTER])


def overloaded_problem(_: OverloadedError) -> Response:
    """503 while too many ask."""
    return problem(503, "too many ask now; ask again in some seconds", [("Retry-After", SOON)], BUSY)


def too_often_problem(error: TooOftenError) -> Response:
    """429 for an address that asks too often."""
    detail = f"too many questions came from your address; ask again in {error.seconds} seconds"
    return problem(429, detail, [("Retry-After", str(error.seconds))])


def unexpected_problem(error: Exception) -> Response:
    """500. The log gets the error's place without its message, which may hold what a person typed."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error("%s at %s", type(error).__name__, " < ".join(f"{each.filename}:{each.lineno}" for each in frames[::-1]))
    return problem(500, "something failed here; the question is not at fault")


def problem(status: int, detail: str, headers: Sequence[tuple[str, str]] = (), state: str = "") -> Response:
    """The response that says what is wrong, as the asker can read it. `state`: which page, where the status has two."""
    if not wants_json():
        response = Response(render_template("error.html", status=status, state=state), status)
    else:
        response = _document(status, detail)
    response.headers.extend(headers)
    return response


def _document(status: int, detail: str) -> Response:
    said = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail).model_dump()
    return Response(json.dumps(said, ensure_ascii=False), status, content_type=PROBLEM_TYPE)


def wants_json() -> bool:
    """Whether a program asks: by the address, or because it accepts JSON rather than a page."""
    if request.path.startswith(PROGRAM_PATHS):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", PROBLEM_TYPE], "text/html")
    return best != "text/html"
