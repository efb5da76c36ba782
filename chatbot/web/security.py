"""The headers of every response. Readers get no cookie, and their browser asks nobody but this server."""

from flask import Flask, Response, request

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)


def register(app: Flask) -> None:
    """Has the application add the headers."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """The response with its headers; what was asked and answered stays in no cache."""
    for name, value in HEADERS:
        response.headers[name] = value
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
