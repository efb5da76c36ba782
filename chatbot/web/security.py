"""The headers of every response. Readers get no cookie, and their browser asks nobody but this server."""

from collections.abc import Iterable

from flask import Flask, Response, request


def policy(framed_by: Iterable[str] = ("'none'",)) -> str:
    """The content security policy of a page that only these origins may frame."""
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "script-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {' '.join(framed_by)}",
        ]
    )


POLICY = policy()
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
OVER_HTTPS = ("Strict-Transport-Security", "max-age=31536000")


def register(app: Flask) -> None:
    """Has the application add the headers."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """The response with those headers that its view did not set; what was asked and answered stays in no cache."""
    for name, value in HEADERS:
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault(*OVER_HTTPS)
    return response
