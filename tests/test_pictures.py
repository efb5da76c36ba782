"""The drawings: each is there, small and still, stands with sections that exist, and is told in every language."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from chatbot.documents import Document
from chatbot.engine import Engine
from chatbot.errors import KnowledgeError
from chatbot.pictures import MOST, NO_PICTURES, Pictures, load_pictures
from chatbot.question import Question
from chatbot.settings import Settings

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {f"{SVG}{name}" for name in ("svg", "g", "path", "rect", "circle", "ellipse")}


@pytest.fixture
def pictures(settings: Settings) -> Pictures:
    return load_pictures(settings.knowledge)


def test_every_picture_has_a_drawing_and_every_drawing_a_place(pictures: Pictures, settings: Settings) -> None:
    drawn = {path.stem for path in (settings.static / "pictures").glob("*.svg")}
    assert drawn == set(pictures.entries)
    assert all(entry.sections for entry in pictures.entries.values())


def test_every_picture_is_told_in_every_language(pictures: Pictures) -> None:
    assert pictures.lacking_words(("az", "ru", "en")) == ()
    told = [text for entry in pictures.entries.values() for text in entry.alt.values()]
    assert len(set(told)) == len(told)


def test_sections_of_the_file_exist(pictures: Pictures, documents: tuple[Document, ...]) -> None:
    known = {f"{document.id}#{section.id}" for document in documents for section in document.sections}
    assert {name for entry in pictures.entries.values() for name in entry.sections} <= known


def test_drawings_are_small_and_hold_nothing_but_shapes(settings: Settings) -> None:
    for path in (settings.static / "pictures").glob("*.svg"):
        assert path.stat().st_size < 4096, path.name
        root = ElementTree.fromstring(path.read_text())
        assert root.get("viewBox"), path.name
        assert {each.tag for each in root.iter()} <= DRAWN, path.name
        assert not [name for each in root.iter() for name in each.attrib if "href" in name or name.startswith("on")]


def test_answer_brings_the_pictures_of_its_section(engine: Engine) -> None:
    answer = engine.ask(Question("What clues point to mines?"))
    assert [each.name for each in answer.pictures] == ["clue-ground", "clue-fence", "clue-path"]
    assert {each.lang for each in answer.pictures} == {"en"}
    assert engine.ask(Question("What is the weather tomorrow?")).pictures == ()


def test_mined_area_shows_stop_stay_call_in_this_order(engine: Engine) -> None:
    answer = engine.ask(Question("I think I am standing in a minefield"))
    assert answer.kind == "emergency"
    assert [each.name for each in answer.pictures] == ["step-stop", "step-stay", "step-call"]


def test_at_most_a_few_pictures_stand_together(pictures: Pictures) -> None:
    sections = [tuple(name.split("#")) for entry in pictures.entries.values() for name in entry.sections]
    assert len(pictures.of(sections, "az")) == MOST


def test_picture_without_words_in_a_language_is_not_shown_there(tmp_path: Path) -> None:
    (tmp_path / "pictures.yaml").write_text('hand:\n  alt: {en: A hand., ru: ""}\n  sections: [a#b]\n')
    pictures = load_pictures(tmp_path)
    assert [each.alt for each in pictures.of([("a", "b")], "en")] == ["A hand."]
    assert pictures.of([("a", "b")], "ru") == pictures.of([("a", "b")], "tr") == ()
    assert pictures.lacking_words(("en", "ru", "tr")) == (("hand", "ru"), ("hand", "tr"))


def test_folder_without_the_file_has_no_pictures(tmp_path: Path) -> None:
    assert load_pictures(tmp_path) == NO_PICTURES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hand: [", "YAML"),
        ("- hand", "valid dictionary"),
        ("hand:\n  alt: {en: 1}", "`hand.alt.en`"),
        ("hand:\n  sections: a#b", "`hand.sections`"),
        ("hand:\n  file: x.svg", "`hand.file`"),
        (b"hand: \xff", "YAML"),
    ],
)
def test_wrong_file_is_named_with_the_mend(tmp_path: Path, text: str | bytes, told: str) -> None:
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "pictures.yaml").write_bytes(data)
    with pytest.raises(KnowledgeError, match=r"pictures\.yaml") as caught:
        load_pictures(tmp_path)
    assert told in str(caught.value)
    assert caught.value.mend
