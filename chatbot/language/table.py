"""What the code needs to know of a language, from `tables/<lang>.json`; a language without a table has no extras."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class LanguageTable:
    """`spellings`: other alphabets in which people type it. `dependent_starts`: first words that lean on the sentence
    before. `prohibitions`: marks of a sentence that forbids; `no_prohibitions`: phrases that hold such a mark and
    forbid nothing."""

    name: str
    spellings: tuple[dict[str, str], ...] = ()
    dependent_starts: tuple[str, ...] = ()
    prohibitions: tuple[str, ...] = ()
    no_prohibitions: tuple[str, ...] = ()


@cache
def language_table(lang: str) -> LanguageTable:
    """The table of the language; an empty one, named by its code, where there is no file."""
    path = files("chatbot.language").joinpath(f"tables/{lang}.json")
    if not path.is_file():
        return LanguageTable(name=lang)
    data = json.loads(path.read_text("utf-8"))
    return LanguageTable(
        name=data["name"],
        spellings=tuple(data["spellings"]),
        dependent_starts=tuple(data["dependent_starts"]),
        prohibitions=tuple(data["prohibitions"]),
        no_prohibitions=tuple(data["no_prohibitions"]),
    )


def own_spelling(text: str, lang: str) -> bool:
    """Whether the text has letters of the language's own, as clean writing does and a phone without them does not."""
    table = language_table(lang)
    return not table.spellings or any(letter in table.spellings[0] for letter in text.lower())


def spellings(text: str, lang: str) -> tuple[str, ...]:
    """The text as people also type it: without diacritics, in the other alphabet. Those that equal it are left out."""
    found = []
    for letters in language_table(lang).spellings:
        table = {
            **letters,
            **{small.upper(): other.capitalize() for small, other in letters.items() if len(small.upper()) == 1},
        }
        spelled = "".join(table.get(letter, letter) for letter in text)
        if spelled != text:
            found.append(spelled)
    return tuple(found)
