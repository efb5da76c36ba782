"""What people have agreed on, kept beside the knowledge files.

knowledge/allowed.yaml    telephone numbers, web addresses and foreign words that may stand in the files
knowledge/places.yaml     names of places in each language, by their unchanging beginnings
knowledge/reviewed.yaml   sentences that a rule doubts and a person has confirmed
knowledge/pictures.yaml   the pictures of a section with their alternative text
"""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from chatbot.documents import read_text
from chatbot.errors import KnowledgeError
from chatbot.front_matter import read_yaml

ALLOWED = "allowed.yaml"
PLACES = "places.yaml"
REVIEWED = "reviewed.yaml"
PICTURES = "pictures.yaml"


class Allowed(BaseModel):
    """`telephones`: numbers as text. `addresses`: hosts, and handles with their @. `words`: by language, words of
    another alphabet."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    telephones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}


class Reviewed(BaseModel):
    """A row of sentences that a person has confirmed against one rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    section: str
    fingerprint: str


class Places(RootModel[dict[str, dict[str, tuple[str, ...]]]]):
    """By a name of its own each place, by language the beginnings of the words that name it."""

    model_config = ConfigDict(frozen=True)


class Picture(BaseModel):
    """A picture of one or more sections (`document#section`) with its alternative text by language."""

    model_config = ConfigDict(frozen=True)

    alt: dict[str, str] = {}
    sections: tuple[str, ...] = ()


class _Pictures(RootModel[dict[str, Picture]]):
    model_config = ConfigDict(frozen=True)


class _ReviewedList(RootModel[tuple[Reviewed, ...]]):
    model_config = ConfigDict(frozen=True)


class Agreed(BaseModel):
    """All of it; `given` tells which files are there, for a rule is silent where nobody has agreed on anything."""

    model_config = ConfigDict(frozen=True)

    given: frozenset[str] = frozenset()
    allowed: Allowed = Allowed()
    places: Places = Places({})
    reviewed: tuple[Reviewed, ...] = ()
    pictures: dict[str, Picture] = {}

    def confirmed(self, rule: str) -> set[tuple[str, str]]:
        """The (section, fingerprint) of what a person has confirmed against the rule."""
        return {(each.section, each.fingerprint) for each in self.reviewed if each.rule == rule}


def read_agreed(folder: Path) -> Agreed:
    """What lies in the folder. Raises KnowledgeError where a file is not what it should be."""
    names = (ALLOWED, PLACES, REVIEWED)
    return Agreed(
        given=frozenset(name for name in names if (folder / name).exists()),
        allowed=_read(folder / ALLOWED, Allowed, {}),
        places=_read(folder / PLACES, Places, {}),
        reviewed=_read(folder / REVIEWED, _ReviewedList, []).root,
        pictures=_read(folder / PICTURES, _Pictures, {}).root,
    )


Model = TypeVar("Model", bound=BaseModel)


def _read(path: Path, model: type[Model], empty: Any) -> Model:
    if not path.exists():
        return model.model_validate(empty)
    data = read_yaml(path, read_text(path))
    try:
        return model.model_validate(empty if data is None else data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(
            f"`{key}`: {first['msg'].lower()}", where=f"{path}:1", mend="write it as the other lines are written"
        ) from error
