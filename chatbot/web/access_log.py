"""One line a request: what was called, how it went. No address of a person, no query, nothing of what was asked."""

import logging
import time

from flask import Flask, Response, g, request

from chatbot.web.current import current_metrics

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
QUIET = ("operations.healthz", "operations.readyz", "operations.metrics")
"""Asked by machines every few seconds: logged at the level `debug`."""

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Has the application log and count each request; registered first, so that it sees what the others made of it."""
    app.before_request(_begin)
    app.after_request(_log)


def _begin() -> None:
    g.began = time.perf_counter()


def _log(response: Response) -> Response:
    # The template of the path, as `/<lang>/`: what somebody typed into an address stays out.
    route = request.url_rule.rule if request.url_rule is not None else None
    began = g.get("began", time.perf_counter())  # not set where the request was refused before any view
    current_metrics().count_request(response.status_code)
    log.log(
        logging.DEBUG if request.endpoint in QUIET else logging.INFO,
        "request",
        extra={
            "method": request.method if request.method in METHODS else "other",
            "route": route,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "bytes": response.calculate_content_length(),
        },
    )
    return response
