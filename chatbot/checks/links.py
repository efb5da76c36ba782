"""Rules: links inside the text lead somewhere, and pictures say in words what they show."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatbot.checks.findings import Finding
from chatbot.checks.library import KnowledgeFile, Library


def links(library: Library) -> Iterator[Finding]:
    """Links to documents or sections that are not there, and links of a kind that a reader can't follow."""
    for file in library.files:
        for line, token in _tokens(file, "link_open"):
            target = str(token.attrGet("href") or "")
            wrong = _wrong(target, file, library)
            if wrong:
                yield file.finding("link", line, f"the link `{target}` {wrong}", "correct or delete it")


def pictures(library: Library) -> Iterator[Finding]:
    """Pictures in the text without alternative text."""
    for file in library.files:
        for line, token in _tokens(file, "image"):
            if not token.content.strip():
                what = f"the picture `{token.attrGet('src')}` has no alternative text"
                yield file.finding("picture-text", line, what, "write what it shows: ![a red sign with a skull](…)")


def _tokens(file: KnowledgeFile, kind: str) -> Iterator[tuple[int, Token]]:
    """The inline tokens of a kind, each with the line of its paragraph."""
    body = file.document.body
    if "](" not in body and "]:" not in body and "<" not in body:
        return
    for block in MarkdownIt("commonmark", {"html": False}).parse(body):
        for token in block.children or ():
            if token.type == kind:
                yield file.head.count("\n") + (block.map[0] if block.map else 0) + 1, token


def _wrong(target: str, file: KnowledgeFile, library: Library) -> str | None:
    parts = urlsplit(target)
    if parts.scheme == "tel":
        return (
            None if unquote(parts.path) in library.agreed.allowed.telephones else "is not an allowed telephone number"
        )
    if parts.scheme or parts.netloc:
        return None if parts.scheme in ("http", "https") else "is of a kind that is not followed"
    steps = [step for step in parts.path.split("/") if step not in ("", "..", ".", "documents")]
    lang = steps.pop(0) if len(steps) == 2 else file.lang
    if len(steps) > 1:
        return "leads nowhere"
    document_id = steps[0].removesuffix(".md") if steps else file.document.id
    found = next((each for each in library.files if (each.lang, each.document.id) == (lang, document_id)), None)
    if found is None:
        return f"leads to a document `{lang}/{document_id}` that is not there"
    if parts.fragment and found.document.section(parts.fragment) is None:
        return f"leads to a section `{parts.fragment}` that is not there"
    return None
