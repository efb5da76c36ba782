"""Bytes of a Markdown, HTML, plain text or PDF file -> Material."""

import re
from pathlib import Path

import yaml

from chatbot.drafts.material import Material, day
from chatbot.drafts.pages import from_html
from chatbot.drafts.pdf import from_pdf
from chatbot.errors import ImportFileError

LARGEST = 20_000_000
LONGEST = 500_000
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p)\b", re.I | re.S
)
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.S)


def read_material(data: bytes, name: str, url: str | None) -> Material:
    """What the file says. `name` is shown in errors and may tell the format by its ending. Raises ImportFileError."""
    if len(data) > LARGEST:
        raise ImportFileError("the file is larger than 20 MB", where=name, mend="import the part that you need")
    if not data.strip():
        raise ImportFileError("the file is empty", where=name, mend="name a file with text")
    material = _read(data, name, url)
    if not material.markdown.strip():
        raise ImportFileError(
            "there is no text in the file", where=name, mend="give a file with text, not a picture of it"
        )
    if len(material.markdown) > LONGEST:
        raise ImportFileError(
            "the text is far too long for a document", where=name, mend="import the part that you need"
        )
    return material


def _read(data: bytes, name: str, url: str | None) -> Material:
    if data.startswith(b"%PDF-"):
        return from_pdf(data, name, url)
    text = _decoded(data, name)
    if Path(name).suffix.lower() in (".html", ".htm", ".xhtml") or _HTML.match(text):
        return from_html(text, name, url)
    return _from_markdown(text, url)


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFileError(
            "the file is not text in UTF-8",
            where=name,
            mend="give Markdown, HTML, plain text or PDF; save text as UTF-8",
        ) from error
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        raise ImportFileError("the file is not text", where=name, mend="give Markdown, HTML, plain text or PDF")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").expandtabs(4)


def _from_markdown(text: str, url: str | None) -> Material:
    head = _HEAD.match(text)
    try:
        known = yaml.safe_load(head[1]) if head else {}
    except (yaml.YAMLError, ValueError, RecursionError):
        known = {}
    known = known if isinstance(known, dict) else {}

    def told(*keys: str) -> str | None:
        return next((str(known[key]) for key in keys if known.get(key)), None)

    return Material(
        markdown=text[head.end() :] if head else text,
        title=told("title"),
        publisher=told("publisher", "author"),
        url=url or told("url", "source"),
        published=day(told("published", "date")),
    )
