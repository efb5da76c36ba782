import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents import Document
from chatbot.language.sentences import ends_sentence, sentence_spans

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
PIECES = [
    "Stop.", "Do not move!", "Why?", "Caliber.Az", "г.", "чел.", "və s.", "“", "”", "«", "»", '"', "(", ")", "…", "5",
    "May", "bir", "мина", "\n", "  ", "— MFA", "12.5", "e.g.", "Dr.", "3️⃣", "112-yə",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)


def split(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, lang)]


ONE_SENTENCE = [
    ("en", "Azerbaijan’s Foreign Ministry made the statement on X, Caliber.Az reports."),
    ("en", "Caliber.Az reports that mines lie in 12.5 percent of it."),
    ("en", '"These heinous acts violate international humanitarian law,” the ministry wrote.'),
    ("en", "— MFA Azerbaijan 🇦🇿 (@AzerbaijanMFA) May 31, 2025"),
    ("en", "These heinous acts, targeting, among others,… pic.twitter.com/JH16l67b3B"),
    ("en", "Dr. Smith and Mr. Brown saw it."),
    ("az", "Hadisə 2023-cü il 5 may tarixində baş verib."),
    ("az", "Prof. Əliyev və s. adamlar danışdı."),
    ("az", "“Dayanın. Toxunmayın.” – dedi."),
    ("az", "Ərazi 11.667 kv. km-dir."),
    ("ru", "В 2023 г. погибли 5 чел. и ранены 7."),
    ("ru", "По данным МЧС (т. е. службы) и др. ведомств."),
    ("ru", "Площадь 5 тыс. кв. км."),
    ("ru", "«Не двигайтесь», — сказал он."),
]

SEVERAL = [
    ("en", ["It is over.", "“Stop.” he said.", "Go."], "It is over. “Stop.” he said. Go."),
    ("en", ["Caliber.Az reports.", "It said so."], "Caliber.Az reports. It said so."),
    ("en", ["Wait… what?", "No!"], "Wait… what? No!"),
    ("az", ["Dayanın.", "Toxunmayın!", "Niyə?"], "Dayanın. Toxunmayın! Niyə?"),
    ("az", ["Prof. Əliyev gəldi.", "O danışdı."], "Prof. Əliyev gəldi. O danışdı."),
    ("ru", ["Остановитесь.", "Не трогайте предмет."], "Остановитесь. Не трогайте предмет."),
    ("ru", ["ул. Низами, д. 5.", "Приходите."], "ул. Низами, д. 5. Приходите."),
    ("ru", ["Он сказал: «Стойте! Не двигайтесь».", "Затем ушёл."], "Он сказал: «Стойте! Не двигайтесь». Затем ушёл."),
]


@pytest.mark.parametrize(("lang", "text"), ONE_SENTENCE)
def test_abbreviation_name_or_quote_does_not_break_a_sentence(lang: str, text: str) -> None:
    assert split(text, lang) == [text]


@pytest.mark.parametrize(("lang", "expected", "text"), SEVERAL)
def test_sentences_are_parted_where_they_end(lang: str, expected: list[str], text: str) -> None:
    assert split(text, lang) == expected


def test_opening_quotation_mark_goes_with_its_sentence() -> None:
    text = "He came. “Stop,” he said."
    assert split(text, "en") == ["He came.", "“Stop,” he said."]


@pytest.mark.parametrize("lang", ["az", "en", "ru", "tr", "xx"])
def test_blank_text_has_no_sentence(lang: str) -> None:
    assert sentence_spans("", lang) == sentence_spans(" \n\t ", lang) == []


@given(ANY_TEXT | PROSE, st.sampled_from(["az", "en", "ru"]))
def test_spans_hold_every_visible_character_once_in_order(text: str, lang: str) -> None:
    spans = sentence_spans(text, lang)
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


@given(PROSE, st.sampled_from(["az", "en", "ru"]))
def test_sentences_begin_and_end_without_white_space(text: str, lang: str) -> None:
    assert all(sentence == sentence.strip() != "" for sentence in split(text, lang))


@pytest.mark.parametrize("text", ["Stop.", "Why?", "Stop!", "and so…", "“Stop.”", "«Стойте!»", "Stop.  "])
def test_whole_sentence_ends_as_one(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["By Sabina Mammadli", "Landmine death toll rises to 397", "…pic.twitter.com/J", "", "x:"]
)
def test_headline_byline_and_cut_line_do_not_end_as_sentences(text: str) -> None:
    assert not ends_sentence(text)


def test_guidance_is_of_whole_sentences_only(documents: tuple[Document, ...]) -> None:
    for document in documents:
        if document.front_matter.kind == "article":
            continue
        for section in document.sections:
            for span in section.sentences:
                text = document.body[span.start : span.end]
                assert ends_sentence(text), f"{document.lang}/{document.id}#{section.id}: {text}"
