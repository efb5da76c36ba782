"""What people type in another alphabet, as clean writing spells it; what they write cleanly stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.respelling import Spelling, learn_spelling
from chatbot.language.table import own_spelling

CLEAN = [
    ("az", "Mən minalı sahədəyəm, nə etməliyəm?"),
    ("az", "Uşaq şübhəli əşya tapıb, minaya toxunmaq olmaz"),
    ("az", "Bu mina deyil, uşaq ölüb"),
    ("ru", "Я нашёл мину, что делать?"),
    ("ru", "Ребёнок держит гранату, помогите"),
    ("ru", "Что делать, если это не мина, а граната"),
    ("en", "I found a MINE, what should I do?"),
]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return learn_spelling(CLEAN)


@pytest.mark.parametrize(
    ("lang", "typed", "spelled"),
    [
        ("az", "men minali sahedeyem ne etmeliyem", "mən minalı sahədəyəm nə etməliyəm"),
        ("az", "MEN MINALI SAHEDEYEM", "mən minalı sahədəyəm"),
        ("az", "MƏN MİNALI SAHƏDƏYƏM", "mən minalı sahədəyəm"),
        ("az", "мән миналы саһәдәјәм", "mən minalı sahədəyəm"),
        ("az", "мен миналы сахедейем", "mən minalı sahədəyəm"),
        ("az", "6ubheli esya", "şübhəli əşya"),
        ("ru", "ya nashel minu, 4to delat'?", "я нашёл мину, что делать?"),
        ("ru", "ja nashol minu", "я нашол мину"),
        ("ru", "ПОМОГИТЕ", "помогите"),
        ("en", "I FOUND A MINE", "i found a mine"),
    ],
)
def test_other_alphabets_and_capitals_become_usual_writing(
    spelling: Spelling, lang: str, typed: str, spelled: str
) -> None:
    assert spelling.respell(typed, lang) == spelled


@pytest.mark.parametrize(("lang", "text"), CLEAN)
def test_clean_writing_is_untouched(spelling: Spelling, lang: str, text: str) -> None:
    assert spelling.respell(text, lang) == text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("az", "bizim dacha-da снаряд tapıldı"),
        ("ru", "я в minalı sahə зашёл"),
        ("ru", "С чего начать изучать data mining?"),
        ("en", "we found a мина near the dacha"),
    ],
)
def test_mixed_talk_with_letters_of_its_language_is_untouched(spelling: Spelling, lang: str, text: str) -> None:
    assert spelling.respell(text, lang) == text


def test_words_that_nobody_taught_are_spelled_by_their_letters() -> None:
    assert Spelling().respell("zdravstvujte, shchenok i kotyonok", "ru") == "здравствуйте, щенок и котёнок"
    assert Spelling().respell("гардашым бурада", "az") == "qardaşım burada"
    assert Spelling().respell("qardasim burada", "az") == "qardasim burada"


def test_numbers_stay_numbers(spelling: Spelling) -> None:
    assert spelling.respell("112 ili 102, v 2024 godu 46 chelovek", "ru") == "112 или 102, в 2024 году 46 человек"


def test_dirty_writing_teaches_nothing() -> None:
    assert learn_spelling([("az", "men sahedeyem"), ("ru", "ya nashel"), ("az", "MİNA TAPDIM")]).usual == {}


def test_commonest_spelling_is_taken() -> None:
    spelling = learn_spelling([("az", "uşaq ölüb"), ("az", "nə olub, heç nə olub"), ("az", "ölüb")])
    assert spelling.respell("usaq olub", "az") == "uşaq olub"


@given(ANY_TEXT, st.sampled_from(["az", "ru", "en", "tr"]))
def test_no_text_fails(text: str, lang: str) -> None:
    spelled = learn_spelling(CLEAN).respell(text, lang)
    if not text.isupper() and own_spelling(text, lang):
        assert spelled == text
