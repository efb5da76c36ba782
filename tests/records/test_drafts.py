"""Drafts: the beginning of a knowledge file that is refused until a person has written its text."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from chatbot.documents import load_document
from chatbot.errors import KnowledgeError
from chatbot.records.drafts import begin_draft, section_id
from chatbot.records.gaps import Gap, Wording

DAY = date(2027, 3, 10)
WORDINGS = (
    Wording("az", "dron uçurmaq olarmı […]", 3),
    Wording("ru", "Можно: дрон?", 1),
    Wording("az", '- "dron" #1 {#x}', 1),
)
GAP = Gap(1, 5, {"az": 4, "ru": 1}, {"not_in_files": 5}, DAY, WORDINGS, ())


def written(folder: Path, filled: Mapping[str, str] = MappingProxyType({})) -> Path:
    draft = begin_draft(GAP, DAY)
    path = folder / draft.lang / "drones.md"
    path.parent.mkdir()
    text = draft.markdown
    for unfinished, finished in filled.items():
        assert unfinished in text
        text = text.replace(unfinished, finished)
    path.write_text(text, "utf-8")
    path.with_suffix(".questions.yaml").write_text(draft.questions, "utf-8")
    return path


def test_draft_is_no_document_until_it_is_finished(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="the address is not one of"):
        load_document(written(tmp_path))


def test_finished_draft_is_a_document_with_its_questions(tmp_path: Path) -> None:
    filled = {
        "TODO https://…": "https://example.org/drones",
        "publisher: TODO": "publisher: ANAMA",
        "TODO one to five short sentences.": "Dron uçurmazdan əvvəl icazə alın.",
    }
    document = load_document(written(tmp_path, filled))
    section = document.sections[0]
    assert section.id == "dron-ucurmag-olarmi"
    assert document.questions == {section.id: ("dron uçurmaq olarmı […]", '- "dron" #1 {#x}')}
    assert (document.front_matter.status, document.front_matter.sources[0].publisher) == ("draft", "ANAMA")


def test_other_languages_stand_beside_as_remarks(tmp_path: Path) -> None:
    draft = begin_draft(GAP, DAY)
    assert '# ru: "Можно: дрон?"' in draft.questions
    assert list(yaml.safe_load(draft.questions)) == ["dron-ucurmag-olarmi"]


@pytest.mark.parametrize(
    "wording", ["Можно запускать дрон?", "mina 'və' dron", "？？", "日本", "a b c d e f g", "[…] […]"]
)
def test_section_id_is_one_that_headings_take(wording: str) -> None:
    found = section_id(wording)
    assert found
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
