import json
from importlib.resources import files

import pytest

from chatbot.language.folding import fold
from chatbot.language.table import LanguageTable, language_table, own_spelling, spellings


def test_azerbaijani_is_also_spelled_in_ascii_and_both_cyrillics() -> None:
    assert spellings("Şübhəli əşya", "az") == ("Subheli esya", "Шүбһәли әшја", "Шубхели ешйа")


def test_russian_is_also_spelled_in_latin() -> None:
    assert spellings("Я нашёл щит", "ru") == ("Ya nashel schit",)


@pytest.mark.parametrize(("text", "lang"), [("I found a mine", "en"), ("112", "az"), ("ok", "ru"), ("bomb", "xx")])
def test_spellings_that_change_nothing_are_left_out(text: str, lang: str) -> None:
    assert spellings(text, lang) == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Mina gördüm, kömək edin", "az"), ("İşıq, çığır, ağac", "az"), ("Я нашёл мину", "ru"), ("Что делать", "ru")],
)
def test_every_spelling_folds_as_the_text_does(text: str, lang: str) -> None:
    assert {fold(spelled) for spelled in spellings(text, lang)} == {fold(text)}


@pytest.mark.parametrize("lang", ["az", "en", "ru"])
def test_offered_language_has_name_starts_and_prohibitions(lang: str) -> None:
    table = language_table(lang)
    assert table.name != lang
    assert len(table.dependent_starts) >= 10
    assert len(table.prohibitions) >= 5


@pytest.mark.parametrize("lang", ["az", "en", "ru"])
def test_phrase_that_forbids_nothing_holds_a_mark_that_would(lang: str) -> None:
    table = language_table(lang)
    assert table.no_prohibitions
    for phrase in table.no_prohibitions:
        assert any(mark in f" {phrase} " for mark in table.prohibitions)


@pytest.mark.parametrize(
    ("text", "lang", "own"),
    [
        ("Mina gördüm", "az", True),
        ("Mina gordum", "az", False),
        ("Что делать?", "ru", True),
        ("Chto delat?", "ru", False),
        ("What now?", "en", True),
        ("What now?", "xx", True),
    ],
)
def test_own_spelling_has_the_languages_letters(text: str, lang: str, own: bool) -> None:
    assert own_spelling(text, lang) == own


def test_language_without_a_table_has_no_extras() -> None:
    table = language_table("xx")
    assert table == LanguageTable(name="xx")


def test_every_table_file_is_read_by_the_code() -> None:
    names = {path.name for path in files("chatbot.language").joinpath("tables").iterdir()}
    assert names == {"az.json", "en.json", "ru.json", "folding.json", "follow_ups.json", "foreign.json"}


def test_foreign_languages_name_an_offered_one_as_nearest() -> None:
    foreign = json.loads(files("chatbot.language").joinpath("tables/foreign.json").read_text("utf-8"))
    assert {entry["nearest"] for entry in foreign.values()} <= {"az", "en", "ru"}
    assert all(entry["scripts"] or entry["letters"] or entry["words"] for entry in foreign.values())
