"""The knowledge folder as the rules see it: files with their lines, and the same sentence in each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from chatbot.checks.agreed import Agreed
from chatbot.checks.findings import Finding
from chatbot.documents import Document
from chatbot.sections import Section, Span
from chatbot.translated import Accepted


@dataclass(frozen=True)
class KnowledgeFile:
    """A file that could be read, its text as it stands and the document in it."""

    path: Path
    text: str
    asked: str
    document: Document

    @property
    def lang(self) -> str:
        return self.document.lang

    @property
    def head(self) -> str:
        """The front matter, with its fences."""
        return self.text[: len(self.text) - len(self.document.body)]

    def line(self, position: int) -> int:
        """The line in the file of a position in the body."""
        return self.head.count("\n") + self.document.body.count("\n", 0, position) + 1

    def line_of_key(self, key: str, number: int = 0) -> int:
        """The line of the `number`th place in the front matter that begins with `key:`; 1 where there is none."""
        lines = [n for n, line in enumerate(self.head.split("\n"), 1) if line.lstrip(" -{").startswith(f"{key}:")]
        return lines[number] if number < len(lines) else 1

    def finding(self, rule: str, line: int, what: str, mend: str) -> Finding:
        return Finding(str(self.path), line, what, mend, rule)

    def warning(self, rule: str, line: int, what: str, mend: str) -> Finding:
        return Finding(str(self.path), line, what, mend, rule, "warning")

    def text_of(self, span: Span) -> str:
        return self.document.body[span.start : span.end]


@dataclass(frozen=True)
class Said:
    """A title, heading or sentence in one language, with its place."""

    file: KnowledgeFile
    line: int
    text: str


@dataclass(frozen=True)
class Row:
    """The same title, heading or sentence in each language that has it; `section` is empty for a title."""

    document: str
    section: str
    said: Mapping[str, Said]
    original: str

    @property
    def place(self) -> str:
        return f"{self.document}#{self.section}"

    @cached_property
    def fingerprint(self) -> str:
        """Of the texts in all languages: what a person has confirmed stays confirmed until one of them changes."""
        texts = "\0".join(f"{lang}\0{said.text}" for lang, said in sorted(self.said.items()))
        return sha256(texts.encode()).hexdigest()[:12]

    def translations(self) -> Iterator[tuple[str, Said]]:
        return ((lang, said) for lang, said in self.said.items() if lang != self.original)


@dataclass(frozen=True)
class Family:
    """A document in all its languages, the original among them."""

    original: KnowledgeFile
    translations: tuple[KnowledgeFile, ...]

    def rows(self) -> Iterator[Row]:
        """The title, and the headings and sentences of each section, as far as the languages have equally many."""
        files = (self.original, *self.translations)
        yield self._row("", [Said(f, f.line_of_key("title"), f.document.front_matter.title) for f in files])
        for section in self.original.document.sections:
            said = {f.lang: list(_said(f, mine)) for f in files if (mine := f.document.section(section.id))}
            parallel = {lang: each for lang, each in said.items() if len(each) == len(said[self.original.lang])}
            for each in zip(*parallel.values(), strict=True):
                yield self._row(section.id, list(each))

    def _row(self, section: str, said: list[Said]) -> Row:
        return Row(self.original.document.id, section, {each.file.lang: each for each in said}, self.original.lang)


@dataclass(frozen=True)
class Library:
    """Everything that the rules look at. `broken`: files that can't be read, with why. `strays`: files of no use."""

    folder: Path
    files: tuple[KnowledgeFile, ...]
    agreed: Agreed
    accepted: Accepted
    today: date
    broken: tuple[Finding, ...] = ()
    strays: tuple[Path, ...] = ()

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The documents that have an original here."""
        by_id = sorted(self.files, key=lambda file: file.document.id)
        return tuple(
            Family(originals[0], tuple(each for each in files if each is not originals[0]))
            for files in (list(group) for _, group in groupby(by_id, key=lambda file: file.document.id))
            if (originals := [each for each in files if each.document.front_matter.translation_of is None])
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for family in self.families for row in family.rows())

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every title, heading and sentence of every file."""
        return tuple(said for file in self.files for said in every_said(file))

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({file.lang for file in self.files}))


def every_said(file: KnowledgeFile) -> Iterator[Said]:
    """The title, headings and sentences of a file."""
    yield Said(file, file.line_of_key("title"), file.document.front_matter.title)
    for section in file.document.sections:
        yield from _said(file, section)


def _said(file: KnowledgeFile, section: Section) -> Iterator[Said]:
    yield Said(file, file.line(section.start), section.heading)
    for span in section.sentences:
        yield Said(file, file.line(span.start), file.text_of(span))
