"""Pages and answers go out compressed: on a bad line that is the difference between waiting and reading."""

import gzip

from flask import Flask, Response, request

SMALLEST = 1000
LEVEL = 6
TYPES = ("text/html", "application/json")


def register(app: Flask) -> None:
    """Has the application compress what it writes itself; files are served as they lie."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The response, in gzip where the browser reads it and the body is worth it."""
    if response.direct_passthrough or response.mimetype not in TYPES or len(response.get_data()) < SMALLEST:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0 and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
