"""`knowledge/pictures.yaml` -> which drawings a section shows, each with its words in every language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from chatbot.errors import KnowledgeError

FILE = "pictures.yaml"
MOST = 4


class PictureEntry(BaseModel):
    """A drawing in the file: its words by language, and the sections (`document#section`) that show it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    alt: Mapping[str, str] = Field(default={})
    sections: list[str] = Field(default=[])


class PictureFile(RootModel[dict[str, PictureEntry]]):
    """The whole file, by the drawing's name: that of `static/pictures/<name>.svg`."""


@dataclass(frozen=True)
class Picture:
    """A drawing as a person meets it: its name and its words, in their language."""

    name: str
    alt: str
    lang: str

    @property
    def file(self) -> str:
        """Its place in the folder of static files."""
        return f"pictures/{self.name}.svg"


@dataclass(frozen=True)
class Pictures:
    """All drawings, in the file's order."""

    entries: Mapping[str, PictureEntry]

    def of(self, sections: Iterable[tuple[str, str]], lang: str) -> tuple[Picture, ...]:
        """The drawings of the sections, given as (document id, section id), that have words in the language."""
        wanted = {f"{document_id}#{section_id}" for document_id, section_id in sections}
        found = [
            Picture(name, entry.alt[lang], lang)
            for name, entry in self.entries.items()
            if entry.alt.get(lang) and wanted.intersection(entry.sections)
        ]
        return tuple(found[:MOST])

    def lacking_words(self, languages: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The (name, language) of each drawing that has no words in a language: nobody is shown it there."""
        return tuple(
            (name, lang) for lang in languages for name, entry in self.entries.items() if not entry.alt.get(lang)
        )


NO_PICTURES = Pictures({})


def load_pictures(folder: Path) -> Pictures:
    """The drawings that the folder's file names; none where there is no file. Raises KnowledgeError."""
    path = folder / FILE
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (FileNotFoundError, NotADirectoryError):
        return NO_PICTURES
    except (OSError, ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise KnowledgeError("this is not YAML in UTF-8", where=where, mend="correct the line or restore it") from error
    try:
        return Pictures(PictureFile.model_validate(data).root)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(
            f"`{key}`: {first['msg'].lower()}",
            where=str(path),
            mend="write `name:`, under it `alt:` with one text a language, and `sections:` with `document#section`",
        ) from error
