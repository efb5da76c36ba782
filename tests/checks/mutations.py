"""Faults as they happen to a file: one random change to its text, made without knowing any rule.

`not` is dropped by the grammar of the language, everything else by looking at letters and lines alone.
"""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

Mutate = Callable[[random.Random, str, str], str | None]
"""(chance, language, text of the file) -> the changed text, None where it has nothing of that kind."""


class Mutation(NamedTuple):
    kind: str
    name: str
    text: str


def draw(chance: random.Random, files: dict[str, str], number: int) -> list[Mutation]:
    """So many mutations, each kind as often; `files` are texts by their names, such as `az/fire.md`."""
    found: list[Mutation] = []
    kinds = list(KINDS)
    while len(found) < number:
        kind = kinds[len(found) % len(kinds)]
        name = chance.choice(sorted(files))
        text = KINDS[kind](chance, name.partition("/")[0], files[name])
        if text is not None and text != files[name]:
            found.append(Mutation(kind, name, text))
    return found


def _digit(chance: random.Random, lang: str, text: str) -> str | None:
    return _at_one(chance, text, r"\d", lambda digit: chance.choice([d for d in "0123456789" if d != digit]))


def _number(chance: random.Random, lang: str, text: str) -> str | None:
    """Two numbers change places within a paragraph."""
    paragraphs = [found for found in re.finditer(r"[^\n]+", text) if len(set(re.findall(r"\d+", found[0]))) > 1]
    if not paragraphs:
        return None
    paragraph = chance.choice(paragraphs)
    numbers = list(re.finditer(r"\d+", paragraph[0]))
    one, other = sorted(chance.sample(numbers, 2), key=lambda found: found.start())
    if one[0] == other[0]:
        return None
    line = paragraph[0]
    line = line[: one.start()] + other[0] + line[one.end() : other.start()] + one[0] + line[other.end() :]
    return text[: paragraph.start()] + line + text[paragraph.end() :]


NOT = {
    "en": (r"\b(?:[Dd]o not|[Nn]ever|cannot) |(?<=\w) not\b", {"cannot ": "can ", "do not ": "", "Do not ": ""}),
    "ru": (r"\b(?:[Нн]е|[Нн]икогда не) ", {}),
    "az": (r"(?<=\w)(?:m[aə]y(?=[ıi]n\b)|m[aə](?=s[ıi]n(?:l[aə]r)?\b)|m[ıiuü](?=r(?:\b|[iı]|s)))", {}),
}


def _not(chance: random.Random, lang: str, text: str) -> str | None:
    pattern, instead = NOT[lang]
    return _at_one(chance, text, pattern, lambda found: instead.get(found, ""), in_body=True)


def _section(chance: random.Random, lang: str, text: str) -> str | None:
    return _at_one(chance, text, r"(?ms)^## .*?(?=^## |\Z)", lambda _: "")


TWINS = dict(zip("acekopxyABCEHKMOPTXYicөүəһј", "асекорхуАВСЕНКМОРТХУісөүәһј", strict=True))
TWINS |= {other: letter for letter, other in TWINS.items() if letter != other}


def _twin(chance: random.Random, lang: str, text: str) -> str | None:
    letters = "".join(letter for letter, other in TWINS.items() if letter != other)
    return _at_one(chance, text, f"[{letters}]", lambda letter: TWINS[letter], in_body=True)


def _sentence(chance: random.Random, lang: str, text: str) -> str | None:
    return _at_one(chance, text, r"(?<=[.!?] )[A-ZА-ЯЁƏÇĞİÖŞÜ][^.!?\n{]*[.!?](?= |\n)", lambda _: "", in_body=True)


def _telephone(chance: random.Random, lang: str, text: str) -> str | None:
    others = ["101", "102", "103", "112", "104", "911", "121", "113", "0112", "11", "+994 12 555 01 12"]
    return _at_one(
        chance,
        text,
        r"\b1(?:01|02|03|12)\b",
        lambda found: chance.choice([o for o in others if o != found]),
        in_body=True,
    )


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
}


def _date(chance: random.Random, lang: str, text: str) -> str | None:
    """Another year, month or day in a date of the head or the text."""
    months = MONTHS[lang].split()
    dates = r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b(?:19|20)\d\d\b|\d{1,2} (?:" + "|".join(months) + r")\b"

    def other(found: str) -> str:
        if " " in found:
            day, month = found.split(" ")
            return f"{day} {chance.choice([each for each in months if each != month])}"
        year = int(found[:4]) + chance.choice([-10, -2, -1, 1, 2, 10])
        return f"{year}{found[4:]}"

    return _at_one(chance, text, dates, other)


def _at_one(
    chance: random.Random, text: str, pattern: str, other: Callable[[str], str], *, in_body: bool = False
) -> str | None:
    """The text with one place of the pattern, at random, written otherwise."""
    body = text.index("\n---\n") if in_body else 0
    places = [found for found in re.finditer(pattern, text) if found.start() > body and found[0]]
    if not places:
        return None
    place = chance.choice(places)
    return text[: place.start()] + other(place[0]) + text[place.end() :]


KINDS: dict[str, Mutate] = {
    "digit changed": _digit,
    "“not” dropped": _not,
    "section deleted": _section,
    "numbers swapped": _number,
    "letter replaced by its twin": _twin,
    "sentence dropped": _sentence,
    "telephone number changed": _telephone,
    "date changed": _date,
}
