"""What lies before the application: proxies of one's own, the names that it answers to, how much may come in."""

import re

from flask import Flask, abort, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from chatbot.settings import Settings
from chatbot.web.current import current_settings

MOST_FIELDS = 100
LONGEST_HOST = 260
HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


def register(app: Flask, settings: Settings) -> None:
    """Has the application believe and answer to whom the settings name, and refuse what is large."""
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body_bytes
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    app.before_request(refuse_what_is_odd)


def refuse_what_is_odd() -> None:
    """Ends the request with 400, 413, 414 or 415 before anything of it is read."""
    host = request.environ.get("HTTP_HOST", "")
    if host and (len(host) > LONGEST_HOST or HOST.fullmatch(host) is None):
        raise SecurityError("the host name is none")
    most = current_settings().max_body_bytes
    if len(request.query_string) > most:
        abort(414, "the address is too long; send the question in the body")
    if request.content_length is not None and request.content_length > most:
        abort(413)
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        abort(415, "send the body as it is, without Content-Encoding")
