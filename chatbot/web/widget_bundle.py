"""The widget's modules, style sheet and words -> the one script that other sites load."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from chatbot.web.current import FIRST_LANGUAGE
from chatbot.web.packed import Packed
from chatbot.web.widget_words import widget_words

SHARED = ("dom.js", "quote-text.js")
MODULES = (
    "bot.js",
    "accent.js",
    "picture.js",
    "answer-view.js",
    "chosen-words.js",
    "panel-view.js",
    "element.js",
    "define.js",
)
"""In the order in which they use each other."""
LONGEST_QUESTION = 1000
VERSION_LENGTH = 12
IMPORT_LINE = re.compile(r"^import [^;]*;\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=class|const|function|async)", re.MULTILINE)
COMMENT_LINE = re.compile(r"^\s*//.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Widget:
    """`version` is a name for exactly this script; `integrity` is what a page may hold it against."""

    script: Packed

    @property
    def version(self) -> str:
        return self.script.digest[:VERSION_LENGTH]

    @property
    def integrity(self) -> str:
        return "sha384-" + base64.b64encode(hashlib.sha384(self.script.raw).digest()).decode()


def make_widget(static: Path, languages: Sequence[str]) -> Widget:
    """The widget with the words of these languages; `static` is the folder of the modules that it shares."""
    own = files("chatbot.web").joinpath("widget")
    sources = [(static / name).read_text("utf-8") for name in SHARED]
    sources += [own.joinpath(name).read_text("utf-8") for name in MODULES]
    style = own.joinpath("widget.css").read_text("utf-8")
    parts = ['"use strict";', _generated(style, languages), *(_inner(source) for source in sources)]
    script = "(() => {\n" + "\n".join(parts) + "})();\n"
    return Widget(Packed(script.encode(), "text/javascript; charset=utf-8"))


def _generated(style: str, languages: Sequence[str]) -> str:
    first = FIRST_LANGUAGE if FIRST_LANGUAGE in languages else languages[0]
    values = {
        "STYLE": re.sub(r"\n\s*", "\n", style),
        "WORDS": {lang: widget_words(lang) for lang in languages},
        "FIRST_LANGUAGE": first,
        "LONGEST_QUESTION": LONGEST_QUESTION,
    }
    return "".join(f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in values.items())


def _inner(source: str) -> str:
    """The module's text as part of a larger function: without imports, exports and comments."""
    return COMMENT_LINE.sub("", EXPORT.sub("", IMPORT_LINE.sub("", source)))
