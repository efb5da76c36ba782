"""What the code needs to know of a language, from `tables/<lang>.json`; a language without a table has no extras."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class LanguageTable:
    """`spellings`: other alphabets in which people type it, from the language's own letters; `letters_typed`: from
    those back to its own, as well as letters alone can tell. `dependent_starts`: first words that lean on the sentence
    before. `prohibitions`: marks of a sentence that forbids; `no_prohibitions`: phrases that hold such a mark and
    forbid nothing."""

    name: str
    spellings: tuple[dict[str, str], ...] = ()
    letters_typed: Mapping[str, str] = field(default_factory=dict)
    dependent_starts: tuple[str, ...] = ()
    prohibitions: tuple[str, ...] = ()
    no_prohibitions: tuple[str, ...] = ()

    @property
    def own_letters(self) -> Set[str]:
        """Those that no other alphabet has in which people type it; none where it is typed in one alone."""
        return self.spellings[0].keys() if self.spellings else frozenset()


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
        letters_typed=data["letters_typed"],
        dependent_starts=tuple(data["dependent_starts"]),
        prohibitions=tuple(data["prohibitions"]),
        no_prohibitions=tuple(data["no_prohibitions"]),
    )


def own_spelling(text: str, lang: str) -> bool:
    """Whether the text has letters of the language's own, as clean writing does and a phone without them does not."""
    own = language_table(lang).own_letters
    return not own or any(letter in own for letter in (*text, *text.lower()))


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
