"""Fetching over HTTP, within bounds: http and https alone, a few redirects, so many bytes, so many seconds."""

import http.client
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from chatbot.errors import FetchError

LARGEST = 2_000_000
SECONDS = 15.0
PART = 65_536
AGENT = "mine-risk-chatbot embed-check"


@dataclass(frozen=True)
class Fetched:
    """What came back; `url` is where the redirects ended. `headers` keeps those that come more than once."""

    url: str
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(self.headers.get_content_charset() or "utf-8", "replace")


class _WebRedirects(HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        require_web_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def require_web_address(url: str) -> None:
    """Raises FetchError where the address is not of http or https, or names no host."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        fits = False
    if not fits:
        raise FetchError("this is no address of a web page", where=url, mend="begin it with https:// or http://")


def fetch(
    url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, largest: int = LARGEST
) -> Fetched:
    """The response, whatever its status. Raises FetchError where there is none within the bounds."""
    require_web_address(url)
    asked = Request(url, method=method, headers={"User-Agent": AGENT, **(headers or {})})  # noqa: S310  # checked above
    until = time.monotonic() + SECONDS
    with _named(url):
        try:
            response = build_opener(_WebRedirects).open(asked, timeout=SECONDS)
        except HTTPError as refused:
            response = refused
        with response:
            return Fetched(response.url, response.status, response.headers, _body(response, url, until, largest))


def _body(response: http.client.HTTPResponse | HTTPError, url: str, until: float, largest: int) -> bytes:
    body = b""
    while part := response.read1(PART):
        body += part
        if len(body) > largest:
            raise FetchError(f"the page is longer than {largest} bytes", where=url, mend="check a smaller page")
        if time.monotonic() > until:
            raise FetchError(f"the page took longer than {SECONDS:.0f} seconds", where=url, mend="try again later")
    return body


@contextmanager
def _named(url: str) -> Iterator[None]:
    """Gives what goes wrong on the line its name."""
    try:
        yield
    except FetchError:
        raise
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        mend = "check the address, and that the site answers"
        raise FetchError(f"it can't be fetched ({reason})", where=url, mend=mend) from error
