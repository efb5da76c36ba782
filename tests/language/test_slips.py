"""Slips of the finger that are taken back, and words that are left as they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.respelling import Spelling, learn_spelling

WRITTEN = [
    ("az", "Minanı tapdım, qumbaraya toxunmadım, partlayış oldu, uşaqlar altında gördü, altında yazılıb"),
    ("az", "Bilirəm, partladı, görürəm"),
    ("ru", "Спасите, я держу гранату, нашёл снаряд в лесу, он взорвался, снаряд большой, подорвался"),
    ("en", "I found a grenade and a landmine, people shouted, explosion, something was thrown"),
]


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return learn_spelling(WRITTEN)


@pytest.mark.parametrize(
    ("lang", "typed", "meant"),
    [
        ("az", "miannı tapdım", "minanı tapdım"),
        ("az", "qmubaraya toxunmadım", "qumbaraya toxunmadım"),
        ("az", "MİANNI TAPDIM", "MİNANI TAPDIM"),
        ("az", "mianni tapdim", "minanı tapdim"),
        ("ru", "сапсите!", "спасите!"),
        ("ru", "я дежру гранату", "я держу гранату"),
        ("ru", "САПСИТЕ НАС", "СПАСИТЕ НАС"),
        ("ru", "sapsite", "спасите"),
        ("ru", "он взарвался", "он взорвался"),
        ("en", "poeple and a grnade", "people and a grenade"),
        ("en", "smoething", "something"),
    ],
)
def test_one_slip_in_a_known_word_is_taken_back(spelling: Spelling, lang: str, typed: str, meant: str) -> None:
    assert spelling.mended(typed, lang) == meant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("az", "bilmirəm, partlamadı, partlamır, görmürəm"),
        ("ru", "не держи, снаряды, снарядами"),
        ("en", "mnie 112 grenades landmines"),
        ("en", "Спасите, minanı"),
        ("tr", "mayın qmubara"),
        ("en", "ნაღმი граната2 g-r-e"),
    ],
)
def test_known_beginnings_short_words_and_numbers_stay_as_typed(spelling: Spelling, lang: str, text: str) -> None:
    assert spelling.mended(text, lang) == text


@pytest.mark.parametrize(("lang", "text"), WRITTEN)
def test_what_is_written_without_slips_is_untouched(spelling: Spelling, lang: str, text: str) -> None:
    assert spelling.mended(text, lang) == text


@pytest.mark.parametrize("common", ["stitched", "switched"])
def test_commoner_of_two_words_is_meant(common: str) -> None:
    spelling = learn_spelling([("en", "it was stitched and switched"), ("en", common)])
    assert spelling.mended("sxitched", "en") == common


@given(st.text(st.characters(exclude_categories=()), max_size=60), st.sampled_from(["az", "ru", "en", "tr"]))
def test_no_text_fails(text: str, lang: str) -> None:
    mended = learn_spelling(WRITTEN).mended(text, lang)
    assert len(mended.split()) == len(text.split())
