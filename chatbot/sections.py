"""Markdown -> sections with the spans of their sentences.

Spans are half-open, in Unicode code points, into the document's body: the text after the front matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatbot.errors import KnowledgeError
from chatbot.language.sentences import sentence_spans


@dataclass(frozen=True)
class Span:
    """A stretch of a document's body."""

    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A paragraph or a whole list, with the spans of its sentences."""

    kind: Literal["paragraph", "list"]
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Section:
    """A heading and its text; `start` is the heading's line, `end` the next section's start."""

    id: str
    heading: str
    start: int
    end: int
    blocks: tuple[Block, ...]

    @property
    def sentences(self) -> tuple[Span, ...]:
        return tuple(sentence for block in self.blocks for sentence in block.sentences)


def cut_sections(path: Path, lang: str, body: str, body_line: int, by_line: bool) -> tuple[Section, ...]:
    """The sections of the body, whose first line is the file's line `body_line`. Raises KnowledgeError.

    `by_line`: a line break ends a sentence, as in an article.
    """
    tokens = MarkdownIt("commonmark", {"html": False}).parse(body)
    offsets = _line_offsets(body)
    _refuse_quotations(path, tokens, body_line)
    heads = list(_headings(path, tokens, body_line))
    if not heads:
        raise KnowledgeError(
            "the document has no section", where=f"{path}:{body_line}", mend="write `## Heading {#section-id}`"
        )
    if body[: offsets[heads[0].line]].strip():
        raise KnowledgeError(
            "text stands before the first section",
            where=f"{path}:{body_line}",
            mend="put it under a `## Heading {#section-id}`",
        )
    sections = []
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        inside = tokens[head.token : following.token if following else None]
        blocks = tuple(_blocks(inside, body, offsets, lang, by_line=by_line))
        if not any(block.sentences for block in blocks):
            raise KnowledgeError(
                f"section `{head.id}` has no text",
                where=f"{path}:{body_line + head.line}",
                mend="write its text or delete the heading",
            )
        end = offsets[following.line] if following else len(body)
        sections.append(Section(head.id, head.text, offsets[head.line], end, blocks))
    return tuple(sections)


@dataclass(frozen=True)
class _Heading:
    id: str
    text: str
    line: int
    token: int


def _headings(path: Path, tokens: list[Token], body_line: int) -> Iterator[_Heading]:
    seen: set[str] = set()
    for number, token in enumerate(tokens):
        if token.type != "heading_open" or token.tag != "h2" or token.level != 0:
            continue
        line = token.map[0] if token.map else 0
        text, _, tail = tokens[number + 1].content.rpartition("{#")
        section_id = tail.removesuffix("}")
        where = f"{path}:{body_line + line}"
        if not text.strip() or not tail.endswith("}") or not is_id(section_id):
            raise KnowledgeError(
                "the heading has no section id",
                where=where,
                mend="write `## Heading {#section-id}`, the id in a-z, 0-9 and -",
            )
        if section_id in seen:
            raise KnowledgeError(
                f"the section id `{section_id}` stands twice", where=where, mend="give each section its own id"
            )
        seen.add(section_id)
        yield _Heading(section_id, text.strip(), line, number)


def _refuse_quotations(path: Path, tokens: list[Token], body_line: int) -> None:
    """A `>` at the beginning of a line would stand in the middle of a quoted sentence."""
    for token in tokens:
        if token.type == "blockquote_open":
            raise KnowledgeError(
                "a line begins with `>`",
                where=f"{path}:{body_line + (token.map[0] if token.map else 0)}",
                mend="delete the `>`; name whom you quote in the sentence or under `sources`",
            )


def is_id(text: str) -> bool:
    """Whether the text can name a document or a section."""
    return bool(text) and all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in text)


def _blocks(tokens: list[Token], body: str, offsets: list[int], lang: str, by_line: bool) -> Iterator[Block]:
    """The paragraphs and lists among a section's tokens; headings inside are passed over."""
    depth = 0
    items: list[Span] = []
    for before, token in pairwise(tokens):
        if token.type.endswith(("_list_open", "_list_close")):
            depth += token.nesting
            if depth == 0:
                yield Block("list", tuple(items))
                items = []
        elif token.type == "inline" and before.type == "paragraph_open":
            sentences = list(_sentences(token, body, offsets, lang, by_line))
            if depth:
                items += sentences
            else:
                yield Block("paragraph", tuple(sentences))


def _sentences(inline: Token, body: str, offsets: list[int], lang: str, by_line: bool) -> Iterator[Span]:
    """Spans of the sentences of a paragraph. An article keeps its lines: there a line break ends a sentence."""
    spans = _line_spans(inline, body, offsets)
    pieces = spans if by_line else [Span(spans[0].start, spans[-1].end)]
    for piece in pieces:
        found = sentence_spans(body[piece.start : piece.end], lang)
        yield from (Span(piece.start + start, piece.start + end) for start, end in found)


def _line_spans(inline: Token, body: str, offsets: list[int]) -> list[Span]:
    """Where the lines of a paragraph stand in the body: at the end of theirs, after indents and list marks. Lines of
    strange white space alone, which the parser strips from the paragraph's ends, are passed over."""
    first, end = inline.map or (0, 0)
    lines = inline.content.split("\n")
    for skipped in range(end - first - len(lines) + 1):
        numbers = range(first + skipped, first + skipped + len(lines))
        starts = [
            body.rfind(line, offsets[number], offsets[number + 1]) for number, line in zip(numbers, lines, strict=True)
        ]
        if min(starts) >= 0:
            return [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    raise ValueError(f"the parser gave text that is not in its lines: {inline.content!r}")


def _line_offsets(body: str) -> list[int]:
    """Where each line of the body starts, and at last where the body ends."""
    offsets = [0]
    for line in body.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    offsets[-1] = len(body)
    return offsets
