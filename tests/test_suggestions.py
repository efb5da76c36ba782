"""What is offered to ask next: clean questions of the files, in the person's language, never the one just asked."""

from pathlib import Path

import pytest
from knowledge_files import document_text, write

from chatbot.documents import fingerprint, load_documents
from chatbot.engine import Engine
from chatbot.index.build import build_index
from chatbot.index.store import Index
from chatbot.language.folding import fold
from chatbot.question import Question
from chatbot.suggestions import LONGEST_SUGGESTION, suggest

ASKED = [
    ("az", "Minalar necə görünür?"),
    ("az", "Mina tapdım, nə edim?"),
    ("ru", "Как выглядят мины?"),
    ("ru", "Какая завтра погода?"),
    ("en", "What do mines look like?"),
    ("en", "How can I disarm a mine myself?"),
]


@pytest.mark.parametrize(("lang", "text"), [(lang, "") for lang in ("az", "en", "ru")] + ASKED)
def test_suggestions_are_clean_questions_of_the_files(engine: Engine, lang: str, text: str) -> None:
    found = engine.ask(Question(text)).suggestions if text else suggest(lang, engine.parts.index)
    mine = [section for each in engine.documents if each.lang == lang for section in each.sections]
    headings = {section.heading for section in mine}
    stored = {asked for each in engine.documents if each.lang == lang for q in each.questions.values() for asked in q}
    assert len(set(found)) == 3
    for each in found:
        assert each in headings | stored
        assert each[0].isupper()
        assert each.endswith("?")
        assert each in headings or len(each) <= LONGEST_SUGGESTION
        assert fold(each) != fold(text)


def test_suggestion_that_was_asked_is_replaced(engine: Engine) -> None:
    for lang in ("az", "en", "ru"):
        asked: list[str] = []
        for _ in range(5):
            found = suggest(lang, engine.parts.index, asked=asked)
            assert len(found) == 3
            assert not {fold(each) for each in found} & {fold(each) for each in asked}
            asked += [found[0].upper(), found[1]]


@pytest.fixture
def small(tmp_path: Path) -> Index:
    """One document in Azerbaijani, whose stored questions are of every kind."""
    body = "## Nişanlar {#signs}\n\nA.\n\n## Minalar haradadır? {#where}\n\nA.\n\n## Yollar {#roads}\n\nA.\n"
    asked = (
        "signs:\n- nişanlar necədir?\n- Nisanlar necedir?\n- NİŞANLAR NECƏDİR?\n- Nişan gördüm\n"
        f"- {'Ə' + 'a' * 100}?\n- Nişanlar necə olur?\nroads:\n- yol\n"
    )
    write(tmp_path, "az/one.md", document_text(body))
    write(tmp_path, "az/one.questions.yaml", asked)
    return build_index(load_documents(tmp_path), fingerprint(tmp_path), None).index


def test_questions_come_before_headings_that_ask_nothing(small: Index) -> None:
    assert suggest("az", small) == ("Nişanlar necə olur?", "Minalar haradadır?", "Yollar")
    assert suggest("az", small, asked=["Nişanlar necə olur?"]) == ("Minalar haradadır?", "Nişanlar", "Yollar")


def test_section_whose_every_question_was_asked_is_passed_over(small: Index) -> None:
    assert suggest("az", small, asked=["minalar HARADADIR", "yollar"]) == ("Nişanlar necə olur?",)


def test_language_without_files_has_no_suggestions(small: Index) -> None:
    assert suggest("ru", small) == ()
