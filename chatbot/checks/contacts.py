"""Rules: telephone numbers and web addresses only from the list that people have agreed on."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from chatbot.checks.agreed import ALLOWED, Allowed
from chatbot.checks.findings import Finding
from chatbot.checks.library import Library
from chatbot.checks.tables import table_of

_LONG_NUMBER = re.compile(
    r"\+\d[\d ()-]{5,}\d|\(0\d{2,4}\)[\d -]{5,}|\b0\d{2}[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}\b"
    r"|\*\d{3,}#?|\b\d{3}[ -]\d{2}[ -]\d{2}\b"
)
_SHORT_NUMBER = re.compile(r"(?<![\d.,/*+–-])\d{3,4}(?![\d/]|[.,]\d|[ \u00a0\u202f]\d{3})")
_ADDRESS = re.compile(
    r"(?P<url>\b[a-z][a-z0-9+.-]*://[^\s<>()\"]+)|(?P<handle>(?<!\w)@\w+)|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<host>(?<![\w.@-])\w[\w-]*(?:\.\w[\w-]*)*\.[a-zа-я]{2,}(?![\w-])(?:/[^\s<>()\"]*)?)",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def telephones(library: Library) -> Iterator[Finding]:
    """Numbers to call that nobody has allowed."""
    if ALLOWED not in library.agreed.given:
        return
    allowed = library.agreed.allowed.telephones
    for said in library.said:
        table = table_of(said.file.lang)
        found = [match[0] for match in _LONG_NUMBER.finditer(said.text)]
        if table and table.is_call(said.text):
            found += [m[0] for m in _SHORT_NUMBER.finditer(said.text) if not _YEAR.fullmatch(m[0])]
        for number in found:
            if number not in allowed:
                mend = "correct it; a new number goes into knowledge/allowed.yaml only once it has been tried"
                yield said.file.finding(
                    "telephone", said.line, f"{number} is not an allowed telephone number: {said.text}", mend
                )


def addresses(library: Library) -> Iterator[Finding]:
    """Web addresses that nobody has allowed, in the text and among the sources."""
    if ALLOWED not in library.agreed.given:
        return
    mend = "correct it, or allow its host in knowledge/allowed.yaml"
    for said in library.said:
        for found in _ADDRESS.finditer(said.text):
            if not _is_allowed(found, library.agreed.allowed):
                what = f"{found[0]} is not an allowed address"
                yield said.file.finding("address", said.line, what, mend)
    for file in library.files:
        for number, source in enumerate(file.document.front_matter.sources):
            parts = urlsplit(source.url)
            line = file.line_of_key("publisher", number)
            if parts.scheme not in ("https", "http") or not parts.hostname:
                yield file.finding(
                    "address", line, f"source {number + 1}: {source.url} is no web address", "write it with https://"
                )
            elif not _is_host(parts.hostname, library.agreed.allowed):
                yield file.finding(
                    "address", line, f"source {number + 1}: {parts.hostname} is not an allowed address", mend
                )


def without_addresses(text: str) -> str:
    """The text with blanks for web addresses, which are written in Latin letters in every language."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), text)


def _is_allowed(found: re.Match[str], allowed: Allowed) -> bool:
    if found["handle"] or found["mail"]:
        return found[0] in allowed.addresses
    host = urlsplit(found["url"]).hostname if found["url"] else found["host"].partition("/")[0]
    return _is_host(host or "", allowed)


def _is_host(host: str, allowed: Allowed) -> bool:
    host = host.lower()
    return any(host == each or host.endswith(f".{each}") for each in allowed.addresses)
