import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.folding import STEM_LENGTH, fold, terms, words

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
PEOPLE_TYPE = st.text("aəıiİIçşğöüqxjyəёшщчцьъжюяіїғҝөүһҹј4 6'’-.shckzgt", max_size=40)

SPELLINGS = {
    "az found a mine": [
        "mina gördüm", "mina gordum", "MİNA GÖRDÜM", "MINA GORDUM", "Mina Gördüm!", "мина ҝөрдүм", "МИНА ҜӨРДҮМ",
        "мина гөрдүм", "мина гордум", "mina g\u006f\u0308rdu\u0308m",
    ],
    "az explosive object": ["partlayıcı əşya", "partlayici esya", "PARTLAYICI ƏŞYA", "партлајыҹы әшја"],
    "az suspicious": ["şübhəli", "subheli", "shubheli", "6ubheli", "ŞÜBHƏLİ", "шүбһәли", "шубхели"],
    "az child": ["uşaq", "usaq", "ushaq", "UŞAQ", "ушаг", "Uşaq"],
    "az hospital": ["xəstəxana", "xestexana", "hestehana", "XƏSTƏXANA", "хәстәхана"],
    "az tea": ["çay", "cay", "chay", "4ay", "чај", "чай"],
    "az Karabakh": ["Qarabağ", "qarabag", "QARABAĞ", "Гарабағ", "гарабаг"],
    "ru found": ["я нашёл мину", "я нашел мину", "Я НАШЁЛ МИНУ", "ya nashel minu", "ja nashel minu", "ia nashel minu"],
    "ru what to do": ["что делать", "4to delat", "chto delat", "Что делать?", "chto delat'", "ЧТО ДЕЛАТЬ"],
    "ru shield": ["щит", "schit", "shchit", "shit"],
    "ru explosion": ["взрыв", "vzryv", "vzriv", "ВЗРЫВ"],
    "ru boy": ["мальчик", "malchik", "mal'chik"],
    "ru wait": ["ждать", "zhdat", "zhdat'"],
    "en apostrophes": ["don't", "don’t", "dont", "DON'T"],
}  # fmt: skip


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
def test_spellings_fold_alike(spelled: list[str]) -> None:
    assert len({fold(text) for text in spelled}) == 1, {text: fold(text) for text in spelled}


@pytest.mark.parametrize(
    ("one", "other"),
    [("mina", "məna"), ("qar", "qara"), ("мина", "минута"), ("mine", "mines"), ("112", "102"), ("od", "ot")],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_dotted_and_dotless_i_fold_alike() -> None:
    assert {fold(letter) for letter in ("I", "İ", "ı", "i", "i\u0307", "И", "и")} == {"i"}


def test_digits_that_stand_for_letters_fold_as_letters() -> None:
    assert (fold("4to"), fold("ko4"), fold("6u")) == ("cto", "koc", "su")


@pytest.mark.parametrize("number", ["112", "2020", "4", "6", "46", "44"])
def test_numbers_stay_numbers(number: str) -> None:
    assert fold(number) == number


def test_punctuation_parts_words() -> None:
    assert words("Dayanın!Toxunmayın – 112-yə zəng_edin…") == ["daianin", "tohunmain", "112", "ie", "zeng", "edin"]


@pytest.mark.parametrize("nothing", ["", " \n\t", "!?…", "🇦🇿", "’", "ъь"])
def test_text_without_words_folds_to_nothing(nothing: str) -> None:
    assert fold(nothing) == ""
    assert words(nothing) == terms(nothing) == []


def test_terms_add_the_stem_of_long_words() -> None:
    assert terms("minalar va minal") == ["minalar", "minal_", "va", "minal"]
    assert all(len(term) == STEM_LENGTH + 1 for term in terms("partlayicilardan") if term.endswith("_"))


@given(ANY_TEXT | PEOPLE_TYPE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_folded_text_is_words_with_one_space_between(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert not re.search(r"[\W_]", folded.replace(" ", ""))


@given(PEOPLE_TYPE)
def test_latin_and_cyrillic_fold_into_plain_latin(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9 ]*", fold(text))


@given(st.text(st.characters(categories=("Cs", "Cc", "Cn", "Co", "Mn")), max_size=30))
def test_broken_unicode_raises_nothing(text: str) -> None:
    assert isinstance(fold(text), str)


@given(PEOPLE_TYPE)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) or "ß" in text


def test_folding_table_folds_into_its_own_output() -> None:
    table = json.loads(files("chatbot.language").joinpath("tables/folding.json").read_text("utf-8"))
    for letter, folded in table["letters"].items():
        assert re.fullmatch("[a-z]*", folded), letter
        assert fold(f"a{letter}a") == fold(f"a{folded}a")
