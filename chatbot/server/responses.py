"""How responses leave a worker: whole, and with the connection where others wait.

Whoever is free takes a new connection, and keeps it while its reader stays: of 16 that come at once one worker may get
all, and the others are idle. So a worker in which questions wait closes each connection with its answer; the reader's
next question opens another, which a free worker takes.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from chatbot.web.limits import CROWDED


@contextmanager
def _closed(body: Iterable[bytes]) -> Iterator[Iterable[bytes]]:
    """The body, closed afterwards where it wants to be (PEP 3333)."""
    try:
        yield body
    finally:
        if close := getattr(body, "close", None):
            close()


def whole(application: WSGIApplication) -> WSGIApplication:
    """The same application, its bodies as lists: granian writes these at once with the head, others piece by piece."""

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with _closed(application(environ, start_response)) as pieces:
            return [b"".join(pieces)]

    return answered


def sharing(application: WSGIApplication) -> WSGIApplication:
    """The same application, for one of several workers."""

    def shared(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            # WSGI leaves this header to servers, and granian has no other way to be told. HTTP/2 has no such header.
            closes = environ.get(CROWDED) and environ["SERVER_PROTOCOL"].startswith("HTTP/1")
            closing = [("Connection", "close")] if closes else []
            return start_response(status, [*headers, *closing], *more)

        return application(environ, start)

    return shared
