"""Knowledge files, read and validated: `knowledge/<lang>/<document-id>.md` -> Document.

Spans are half-open, in Unicode code points, into the document's body: the text after the front matter.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.errors import KnowledgeError
from chatbot.language.sentences import sentence_spans

FENCE = "---"
LARGEST_FILE = 1_000_000

Kind = Literal["article", "guidance", "figures", "about"]
Audience = Literal[
    "everyone", "children-6-11", "children-12-17", "parents", "teachers", "farmers", "herders", "builders",
    "drivers", "returnees", "journalists",
]  # fmt: skip


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


@dataclass(frozen=True)
class Source:
    """Who published what a document says."""

    publisher: str
    title: str
    url: str
    published: date | None = None


class FrontMatter(BaseModel):
    """The head of a knowledge file; a key that is not listed here is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    kind: Kind
    audience: tuple[Audience, ...]
    sources: tuple[Source, ...] = Field(min_length=1)
    review_by: date
    status: Literal["draft", "approved"]
    as_of: date | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    translation_of: str | None = None


@dataclass(frozen=True)
class Document:
    """One knowledge file in one language."""

    id: str
    lang: str
    front_matter: FrontMatter
    body: str
    sha256: str
    sections: tuple[Section, ...]
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)


def load_documents(folder: Path) -> tuple[Document, ...]:
    """All documents under `folder`, ordered by language and id. Raises KnowledgeError at the first wrong file."""
    try:
        paths = sorted(folder.glob("*/*.md"))
        if not folder.is_dir() or not paths:
            raise KnowledgeError(
                "there are no knowledge files", where=str(folder), mend="name their folder with --knowledge DIR"
            )
        documents = tuple(load_document(path) for path in paths)
    except OSError as error:
        raise KnowledgeError(
            f"can't be read ({error.strerror})",
            where=str(error.filename or folder),
            mend="give this user the right to read it",
        ) from error
    _require_originals(documents, folder)
    return documents


def load_document(path: Path) -> Document:
    """The document in the file at `path`, with the questions that lie beside it. Raises KnowledgeError."""
    head, body, body_line = _split(path, _read_text(path))
    front_matter = _front_matter(path, head)
    lang = path.parent.name
    sections = _sections(path, lang, front_matter.kind, body, body_line)
    return Document(
        id=path.stem,
        lang=lang,
        front_matter=front_matter,
        body=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        sections=sections,
        questions=_questions(path.with_suffix(".questions.yaml"), {section.id for section in sections}),
    )


def fingerprint(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that `load_documents` reads, by its path inside `folder`."""
    paths = sorted([*folder.glob("*/*.md"), *folder.glob("*/*.questions.yaml")])
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _read_text(path: Path) -> str:
    data = path.read_bytes()
    if len(data) > LARGEST_FILE:
        raise KnowledgeError("the file is larger than 1 MB", where=str(path), mend="split it into several documents")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KnowledgeError("the file is not UTF-8", where=f"{path}:{line}", mend="save it as UTF-8") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise KnowledgeError("a NUL character stands in the text", where=f"{path}:{line}", mend="delete it")
    return text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)


def _split(path: Path, text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise KnowledgeError("the front matter is missing", where=f"{path}:1", mend="begin the file with a line ---")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise KnowledgeError("the front matter has no end", where=f"{path}:1", mend="close it with a line ---")


def _front_matter(path: Path, head: str) -> FrontMatter:
    try:
        node = yaml.compose(head, Loader=yaml.SafeLoader)
        data = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _yaml_error(path, error, first_line=2) from error
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        raise KnowledgeError("the front matter has no keys", where=f"{path}:2", mend="write lines such as `title: …`")
    try:
        return FrontMatter.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        line = next((k.start_mark.line + 2 for k, _ in node.value if k.value == key), 2)
        where = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(
            f"front matter `{where}`: {first['msg'].lower()}",
            where=f"{path}:{line}",
            mend=f"correct `{key}` in the front matter",
        ) from error


def _yaml_error(path: Path, error: Exception, first_line: int) -> KnowledgeError:
    mark = getattr(error, "problem_mark", None)
    line = first_line + mark.line if mark else first_line
    problem = getattr(error, "problem", None) or str(error)
    return KnowledgeError(
        f"this is not YAML: {problem}", where=f"{path}:{line}", mend="put texts with `:` in quotation marks"
    )


def _questions(path: Path, known: set[str]) -> dict[str, tuple[str, ...]]:
    """The questions that people ask, by the id of the section that answers them; none where there is no file."""
    if not path.exists():
        return {}
    try:
        data = yaml.safe_load(_read_text(path)) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _yaml_error(path, error, first_line=1) from error
    if not isinstance(data, dict):
        raise KnowledgeError(
            "there are no sections", where=f"{path}:1", mend="write `section-id:` and under it `- question`"
        )
    for section_id, asked in data.items():
        if section_id not in known:
            raise KnowledgeError(
                f"no section is named `{section_id}`", where=str(path), mend="use an id of the document"
            )
        if not isinstance(asked, list) or not all(isinstance(each, str) and each.strip() for each in asked):
            raise KnowledgeError(
                f"the questions of `{section_id}` are not a list of texts",
                where=str(path),
                mend="write `- ` before each",
            )
    return {str(section_id): tuple(asked) for section_id, asked in data.items()}


def _sections(path: Path, lang: str, kind: Kind, body: str, body_line: int) -> tuple[Section, ...]:
    tokens = MarkdownIt("commonmark", {"html": False}).parse(body)
    offsets = _line_offsets(body)
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
        blocks = tuple(_blocks(inside, body, offsets, lang, by_line=kind == "article"))
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
        if not text.strip() or not tail.endswith("}") or not _is_id(section_id):
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


def _is_id(text: str) -> bool:
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
    first_line, end_line = inline.map or (0, 0)
    lines = inline.content.split("\n")
    start = body.index(lines[0], offsets[first_line])
    if by_line:
        position = start
        for line in lines:
            position = body.index(line, position)
            yield from (Span(position + a, position + b) for a, b in sentence_spans(line, lang))
            position += len(line)
        return
    last = body.index(lines[-1], offsets[end_line - 1]) + len(lines[-1])
    yield from (Span(start + a, start + b) for a, b in sentence_spans(body[start:last], lang))


def _line_offsets(body: str) -> list[int]:
    """Where each line of the body starts, and at last where the body ends."""
    offsets = [0]
    for line in body.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    offsets[-1] = len(body)
    return offsets


def _require_originals(documents: Iterable[Document], folder: Path) -> None:
    known = {(document.lang, document.id): document for document in documents}
    for document in known.values():
        original = document.front_matter.translation_of
        if original is None:
            continue
        where = f"{folder / document.lang / document.id}.md"
        found = known.get((original, document.id))
        if found is None:
            raise KnowledgeError(
                f"its original in `{original}` is missing",
                where=where,
                mend=f"add {original}/{document.id}.md or delete `translation_of`",
            )
        if [section.id for section in found.sections] != [section.id for section in document.sections]:
            raise KnowledgeError(
                "its sections are not those of its original, in the same order",
                where=where,
                mend=f"compare it with {original}/{document.id}.md",
            )
        for mine, theirs in zip(document.sections, found.sections, strict=True):
            if len(mine.sentences) != len(theirs.sentences):
                raise KnowledgeError(
                    f"section `{mine.id}` has {len(mine.sentences)} sentences, its original {len(theirs.sentences)}",
                    where=where,
                    mend="translate sentence for sentence",
                )
