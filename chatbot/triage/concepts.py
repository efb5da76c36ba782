"""Folded text -> the concepts that it names. The phrases are data: `phrases/<lang>.json`, concept -> phrases.

A phrase is one or more words as people say them; `*` at a word's end stands for any ending, `_` for one free word.
All languages are read together: people mix them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from chatbot.language.folding import fold


def concepts(folded: str) -> frozenset[str]:
    """The concepts named in a folded text of bounded length."""
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(folded))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    phrases: dict[str, set[str]] = defaultdict(set)
    for file in sorted(files("chatbot.triage").joinpath("phrases").iterdir(), key=lambda path: path.name):
        for concept, listed in json.loads(file.read_text("utf-8")).items():
            phrases[concept].update(_pattern(phrase) for phrase in listed)
    return {concept: re.compile(rf"\b(?:{'|'.join(sorted(found))})\b") for concept, found in phrases.items()}


def _pattern(phrase: str) -> str:
    return " ".join(_word(word) for word in phrase.split())


def _word(word: str) -> str:
    if word == "_":
        return r"\w+"
    ending = r"\w*" if word.endswith("*") else ""
    return re.escape(fold(word.rstrip("*"))) + ending
