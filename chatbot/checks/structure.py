"""Rules: how a file is built, and what lies beside it."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from chatbot.checks.findings import Finding
from chatbot.checks.library import KnowledgeFile, Library
from chatbot.sections import is_id

UNFINISHED = "TODO"
MOST_SENTENCES = 8
MOST_WORDS = 130
FEWEST_QUESTIONS = 6
QUOTABLE = ("heading", "paragraph", "list_item", "bullet_list", "ordered_list", "inline")
_STEP = re.compile(r"^(\d+)[.)] ", re.M)


def ids(library: Library) -> Iterator[Finding]:
    """File names that can't be the id of a document."""
    for file in library.files:
        if not is_id(file.document.id):
            yield file.finding("id", 1, f"`{file.document.id}` is no id", "name the file in a-z, 0-9 and -")


def strays(library: Library) -> Iterator[Finding]:
    """Files that nothing reads."""
    for path in library.strays:
        mend = "put it at knowledge/<lang>/<document-id>.md, beside its document, or delete it"
        yield Finding(str(path), 1, "nothing reads this file", mend, "stray")


def unfinished(library: Library) -> Iterator[Finding]:
    """Places that somebody still has to fill in."""
    for file in library.files:
        texts = {file.path: file.text, file.path.with_suffix(".questions.yaml"): file.asked}
        for path, text in texts.items():
            for number, line in enumerate(text.split("\n"), 1):
                if UNFINISHED in line:
                    yield Finding(str(path), number, f"unfinished: {line.strip()}", "fill it in", "unfinished")


def lengths(library: Library) -> Iterator[Finding]:
    """Sections that are too long to be an answer; an article is what it is."""
    for file in library.files:
        if file.document.front_matter.kind == "article":
            continue
        for section in file.document.sections:
            sentences = len(section.sentences)
            words = sum(len(file.text_of(span).split()) for span in section.sentences)
            if sentences > MOST_SENTENCES or words > MOST_WORDS:
                what = f"section `{section.id}` is long: {sentences} sentences, {words} words"
                mend = f"make two of it: at most {MOST_SENTENCES} sentences and {MOST_WORDS} words"
                yield file.finding("section-length", file.line(section.start), what, mend)


def unquotable(library: Library) -> Iterator[Finding]:
    """Markdown that no answer can quote: other headings, tables, code, HTML, quotations."""
    markdown = MarkdownIt("commonmark", {"html": True})
    for file in library.files:
        body = file.document.body
        for token in markdown.parse(body):
            kind = token.type.removesuffix("_open").removesuffix("_close")
            known = kind in QUOTABLE and (kind != "heading" or token.tag == "h2")
            if not known and token.nesting >= 0 and token.map:
                line = file.head.count("\n") + token.map[0] + 1
                what = f"a {_NAMES.get(kind, kind)} can't be quoted"
                yield file.finding("unquotable", line, what, "write it as sentences or as a list under a `##` heading")


_NAMES = {"heading": "heading that is not `##`", "fence": "code block", "html_block": "piece of HTML", "hr": "line"}


def steps(library: Library) -> Iterator[Finding]:
    """Numbered steps that do not count 1, 2, 3."""
    for file in library.files:
        for section in file.document.sections:
            text = file.document.body[section.start : section.end]
            expected = 1
            for found in _STEP.finditer(text):
                number = int(found[1])
                if number not in (1, expected):
                    line = file.line(section.start + found.start())
                    yield file.finding(
                        "steps", line, f"step {number} stands where {expected} is due", "number the steps 1, 2, 3"
                    )
                expected = number + 1


def questions(library: Library) -> Iterator[Finding]:
    """Sections with too few questions, and questions that stand under two sections of a file."""
    for file in library.files:
        for section in file.document.sections:
            asked = file.document.questions.get(section.id, ())
            if len(asked) < FEWEST_QUESTIONS:
                what = f"section `{section.id}` has {len(asked)} questions"
                mend = f"add questions until there are {FEWEST_QUESTIONS}"
                yield file.finding("questions", file.line(section.start), what, mend)
        yield from _twice(file)


def _twice(file: KnowledgeFile) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    path = file.path.with_suffix(".questions.yaml")
    for section_id, asked in file.document.questions.items():
        for question in asked:
            other = seen.setdefault(question.casefold().strip(" ?.!"), section_id)
            if other != section_id:
                what = f"`{question}` stands under `{other}` and under `{section_id}`"
                line = next((n for n, text in enumerate(file.asked.split("\n"), 1) if question in text), 1)
                yield Finding(str(path), line, what, "keep it where it is answered best", "question-twice", "warning")
