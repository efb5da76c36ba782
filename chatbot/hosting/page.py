"""A page's HTML -> what it holds of the widget."""

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ELEMENT = "mine-risk-chat"
SCRIPT_END = "/widget.js"
FRAME_END = "/embed/frame"

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class HostPage:
    """Scripts and frames of the widget with their full addresses in `src`; `elements` with what is linked in each;
    `policies`: content security policies in the page's own head."""

    url: str
    scripts: tuple[Attributes, ...]
    frames: tuple[Attributes, ...]
    elements: tuple[tuple[Attributes, tuple[str, ...]], ...]
    policies: tuple[str, ...]

    @property
    def origin(self) -> str:
        return origin_of(self.url)


def origin_of(url: str) -> str:
    """The address's origin as browsers send it."""
    parts = urlsplit(url)
    port = None if (parts.scheme, parts.port) in (("http", 80), ("https", 443)) else parts.port
    return f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port else "")


def read_page(url: str, html: str) -> HostPage:
    """What the page at the address holds."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    return HostPage(url, tuple(reader.scripts), tuple(reader.frames), tuple(reader.elements), tuple(reader.policies))


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.scripts: list[Attributes] = []
        self.frames: list[Attributes] = []
        self.elements: list[tuple[Attributes, tuple[str, ...]]] = []
        self.policies: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" in given:
            self._add(self.scripts, given, SCRIPT_END)
        elif tag == "iframe" and "src" in given:
            self._add(self.frames, given, FRAME_END)
        elif tag == ELEMENT:
            self.elements.append((given, ()))
            self._inside = True
        elif tag == "a" and self._inside and "href" in given:
            attributes, links = self.elements[-1]
            self.elements[-1] = (attributes, (*links, urljoin(self.url, given["href"])))
        elif tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(given.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == ELEMENT:
            self._inside = False

    def _add(self, found: list[Attributes], given: dict[str, str], end: str) -> None:
        address = urljoin(self.url, given["src"])
        path = urlsplit(address).path
        if path.endswith(end) and "/embed/" in path:
            found.append({**given, "src": address})
