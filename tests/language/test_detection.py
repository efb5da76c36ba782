import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.language.detection import Detected, detect
from chatbot.linear import LinearModel

LANGUAGES = ("az", "en", "ru")

CLEAR = [
    ("az", "Mina tapdım, nə etməliyəm?"),
    ("az", "mina tapdim ne edim"),
    ("az", "MİNA TAPDIM NƏ EDİM"),
    ("az", "мина тапдым нә етмәлијәм"),
    ("az", "мина тапдым не эдим"),
    ("az", "uşağım əlində qumbara tutub"),
    ("az", "kömək edin"),
    ("ru", "Я нашёл мину, что делать?"),
    ("ru", "ya nashel minu chto delat"),
    ("ru", "nashel minu 4to delat"),
    ("ru", "ПОМОГИТЕ"),
    ("ru", "куда звонить если увидел снаряд"),
    ("en", "What should I do if I find a mine?"),
    ("en", "i found a mine"),
    ("en", "HELP there is a grenade in my yard"),
    ("en", "how many ppl died from mines in azerbaijan"),
]

FOREIGN = [
    ("tr", "az", "Mayın buldum, ne yapmalıyım?"),
    ("tr", "az", "mayin buldum simdi ne yapayim"),
    ("hy", "ru", "Ես ական գտա"),
    ("ka", "ru", "ნაღმი ვიპოვე"),
    ("uk", "ru", "Я знайшов міну, що робити?"),
    ("uk", "ru", "Де є міни?"),
    ("fa", "az", "مین پیدا کردم"),
    ("zh", "en", "我发现了地雷"),
    ("el", "en", "Βρήκα νάρκη"),
]


@pytest.mark.parametrize("page", [None, *LANGUAGES])
@pytest.mark.parametrize(("lang", "text"), CLEAR)
def test_clear_question_keeps_its_language_on_any_page(
    detection: LinearModel, lang: str, text: str, page: str | None
) -> None:
    assert detect(text, detection, LANGUAGES, page) == Detected(lang)


@pytest.mark.parametrize(("code", "nearest", "text"), FOREIGN)
def test_foreign_language_is_named_and_answered_in_the_nearest(
    detection: LinearModel, code: str, nearest: str, text: str
) -> None:
    assert detect(text, detection, LANGUAGES) == Detected(nearest, code)


@pytest.mark.parametrize("page", LANGUAGES)
@pytest.mark.parametrize("text", ["112", "???", "", "🇦🇿", "\ud800"])
def test_page_decides_where_there_are_no_letters(detection: LinearModel, text: str, page: str) -> None:
    assert detect(text, detection, LANGUAGES, page) == Detected(page)


@pytest.mark.parametrize("page", LANGUAGES)
@pytest.mark.parametrize("text", ["telefon", "ANAMA"])
def test_page_decides_where_the_word_is_of_no_language(detection: LinearModel, text: str, page: str) -> None:
    assert detect(text, detection, LANGUAGES, page).lang == page


def test_first_language_answers_without_page_and_letters(detection: LinearModel) -> None:
    assert detect("112", detection, ("ru", "en")) == Detected("ru")


def test_page_decides_without_a_model() -> None:
    assert detect("What is this?", None, LANGUAGES, "ru") == Detected("ru")
    assert detect("What is this?", None, LANGUAGES, "de") == Detected("az")


def test_foreign_script_is_told_without_a_model() -> None:
    assert detect("Ես ական գտա", None, LANGUAGES, "en") == Detected("ru", "hy")


def test_only_offered_languages_are_detected(detection: LinearModel) -> None:
    assert detect("Mina tapdım, nə etməliyəm?", detection, ("en", "ru")).lang in ("en", "ru")
    assert detect("Ես ական գտա", detection, ("az", "en")).lang in ("az", "en")


@given(st.text(st.characters(exclude_categories=()), max_size=40))
@settings(deadline=None, max_examples=60)
def test_any_text_gets_an_offered_language(detection: LinearModel, text: str) -> None:
    assert detect(text, detection, LANGUAGES, "az").lang in LANGUAGES
