"""Which other sites may read the API: those in the settings, letter by letter; by default none."""

from flask import Flask, Response, request

from chatbot.web.current import current_settings

API = "/api/v1/"
METHODS = "GET, POST, OPTIONS"
HEADERS = "Content-Type"
PREFLIGHT_SECONDS = 600


def register(app: Flask) -> None:
    """Has the application tell browsers who may read the API."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """The response, readable for an allowed origin. Any other gets no header, and its browser refuses."""
    if not request.path.startswith(API):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin not in current_settings().allowed_origins:
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = HEADERS
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response
