"""How responses leave a worker: whole, and with the connection where another worker has less to do.

A worker keeps a connection while its reader stays: of 16 that come at once one worker may get all, and the others are
idle. So a worker with more questions than another closes each connection with its answer; the reader's next question
opens another, which any worker may take.
"""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from chatbot.server.loads import Loads


def whole(application: WSGIApplication) -> WSGIApplication:
    """The same application, its bodies as lists: granian writes these at once with the head, others piece by piece."""

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        pieces = application(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            if close := getattr(pieces, "close", None):  # as PEP 3333 wants
                close()

    return answered


def sharing(application: WSGIApplication, loads: Loads) -> WSGIApplication:
    """The same application, for one of several workers. Questions are what is posted; all else takes no time."""

    def shared(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            # WSGI leaves this header to servers, and granian has no other way to be told. HTTP/2 has no such header.
            closes = loads.lighter_elsewhere() and environ["SERVER_PROTOCOL"].startswith("HTTP/1")
            closing = [("Connection", "close")] if closes else []
            return start_response(status, [*headers, *closing], *more)

        if environ["REQUEST_METHOD"] != "POST":
            return application(environ, start_response)
        loads.enter()
        try:
            return application(environ, start)
        finally:
            loads.leave()

    return shared
