"""Which translations are up to date: for each section the hash that its original had when a person last compared them.

The hashes lie in `knowledge/translations.yaml`, by language, document and section.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

import yaml
from pydantic import RootModel, ValidationError

from chatbot.documents import Document, read_text
from chatbot.errors import KnowledgeError
from chatbot.front_matter import read_yaml
from chatbot.sections import Section

TRANSLATIONS = "translations.yaml"
HEADER = (
    "# Written by `chatbot translate-status --accept`: what each original said when its translation was compared.\n"
)

State = Literal["current", "behind", "missing", "unknown"]


class Accepted(RootModel[dict[str, dict[str, dict[str, str]]]]):
    """By language, document and section the hash of the original's section."""


@dataclass(frozen=True)
class SectionStatus:
    """`missing`: not translated. `behind`: the original has changed since. `unknown`: never compared."""

    lang: str
    document: str
    section: str
    state: State


def section_hash(document: Document, section: Section) -> str:
    """Of the heading and text of a section, whatever its line breaks."""
    text = " ".join(document.body[section.start : section.end].split())
    return sha256(text.encode()).hexdigest()[:16]


def statuses(documents: Sequence[Document], accepted: Accepted) -> Iterator[SectionStatus]:
    """The state of each section of each original in each other language."""
    known = {(document.lang, document.id): document for document in documents}
    languages = sorted({document.lang for document in documents})
    for original in documents:
        if original.front_matter.translation_of is not None:
            continue
        for lang in languages:
            if lang != original.lang:
                translation = known.get((lang, original.id))
                for section in original.sections:
                    state = _state(original, section, translation, accepted.root.get(lang, {}).get(original.id, {}))
                    yield SectionStatus(lang, original.id, section.id, state)


def accept(documents: Sequence[Document], accepted: Accepted, document_id: str, langs: Sequence[str]) -> Accepted:
    """The record with the translations of a document called up to date. Raises KnowledgeError where there is none."""
    original = next((d for d in documents if d.id == document_id and d.front_matter.translation_of is None), None)
    if original is None:
        raise KnowledgeError(f"no original is named `{document_id}`", mend="give the id of a document")
    record = {lang: dict(found) for lang, found in accepted.root.items()}
    for translation in documents:
        if translation.id == document_id and translation is not original and translation.lang in langs:
            record.setdefault(translation.lang, {})[document_id] = {
                section.id: section_hash(original, section)
                for section in original.sections
                if translation.section(section.id)
            }
    return Accepted(record)


def read_accepted(folder: Path) -> Accepted:
    """The record in the folder, empty where there is none. Raises KnowledgeError."""
    path = folder / TRANSLATIONS
    if not path.exists():
        return Accepted({})
    data = read_yaml(path, read_text(path)) or {}
    try:
        return Accepted.model_validate(data)
    except ValidationError as error:
        mend = "write it anew with `chatbot translate-status --accept all`"
        raise KnowledgeError("this is not a record of translations", where=f"{path}:1", mend=mend) from error


def write_accepted(folder: Path, accepted: Accepted) -> Path:
    """Write the record, whole or not at all."""
    path = folder / TRANSLATIONS
    aside = path.with_suffix(".yaml.new")
    aside.write_text(HEADER + yaml.safe_dump(accepted.root, allow_unicode=True, sort_keys=True), "utf-8")
    aside.replace(path)
    return path


def _state(original: Document, section: Section, translation: Document | None, known: dict[str, str]) -> State:
    if translation is None or translation.section(section.id) is None:
        return "missing"
    if section.id not in known:
        return "unknown"
    return "current" if known[section.id] == section_hash(original, section) else "behind"
