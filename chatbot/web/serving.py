"""The development server's log lines, without what people asked."""

from werkzeug.serving import WSGIRequestHandler


class QuietHandler(WSGIRequestHandler):
    """Logs method, path and status; never the query, which may hold a question."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        path = getattr(self, "path", "").partition("?")[0]
        self.log("info", "%s %s %s", getattr(self, "command", "-"), path.encode("unicode_escape").decode(), code)
