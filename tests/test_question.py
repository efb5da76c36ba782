import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.errors import QuestionError
from chatbot.language.detection import fit_detection
from chatbot.language.respelling import learn_spelling
from chatbot.question import HISTORY_USED, LONGEST_FOLLOW_UP, Question, is_follow_up, make_query, read_question

LANGUAGES = ("az", "en", "ru")


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t \u00a0\u2003", "\0", "\0\0\0", "\ud800", "\udfff\ud800", "\u200b", "\x1b"]
)
def test_question_without_a_visible_character_is_none(text: str) -> None:
    with pytest.raises(QuestionError, match="the question is empty; type a question"):
        read_question(Question(text), LANGUAGES, 1000)


@pytest.mark.parametrize("text", ["?", "💣", "🇦🇿", "112", "a", "mina\0", "mina\ud800", "a" * 1000])
def test_question_with_a_visible_character_is_one(text: str) -> None:
    question = Question(text)
    assert read_question(question, LANGUAGES, 1000) == question


@pytest.mark.parametrize("question", [Question("a" * 1001), Question("mina", history=("a" * 1001,))])
def test_too_long_a_question_is_an_error(question: Question) -> None:
    with pytest.raises(QuestionError, match="longer than 1000 characters; ask in fewer words"):
        read_question(question, LANGUAGES, 1000)


@pytest.mark.parametrize(
    "question", [Question("mina", lang="de"), Question("mina", page_lang="xx"), Question("a", lang="")]
)
def test_language_that_is_not_offered_is_an_error(question: Question) -> None:
    with pytest.raises(QuestionError, match="not offered; use one of az, en, ru, or none"):
        read_question(question, LANGUAGES, 1000)


def test_only_the_last_of_a_long_history_counts() -> None:
    earlier = tuple(f"question {number}" for number in range(HISTORY_USED + 20))
    found = read_question(Question("mina", history=("a" * 2000, *earlier)), LANGUAGES, 1000)
    assert found == Question("mina", history=earlier[-HISTORY_USED:])


FOLLOW_UPS = [
    "and children?", "what about cows?", "ok and at night", "is it dangerous?", "why?", "102?",
    "bəs uşaqlar?", "yaxşı bəs gecə necə?", "onu götürmək olar?", "niyə?", "bes usaqlar nece olsun",
    "а если ребёнок?", "а ночью как быть", "почему?", "его можно трогать?", "a esli noch", "там опасно?",
]  # fmt: skip

WHOLE = [
    "I found a mine in my garden, what should I do?",
    "What do official mine signs look like?",
    "Mina tapdım, nə etməliyəm?",
    "Куда звонить, когда нашёл снаряд в огороде?",
    "and then I went to the field with my cows and saw a mine",
]


@pytest.mark.parametrize("text", FOLLOW_UPS)
def test_follow_up_takes_the_earlier_question_along(text: str) -> None:
    earlier = "How many mines are there?"
    query = make_query(Question(text, history=("Something else entirely", earlier)), None, LANGUAGES)
    assert query.text == f"{earlier} {text}"
    assert query.folded == f"hov mani mines are there {query.own}"
    assert "something" not in query.folded


@pytest.mark.parametrize("text", WHOLE)
def test_whole_question_stands_alone(text: str) -> None:
    query = make_query(Question(text, history=("How many mines are there?",)), None, LANGUAGES)
    assert query.text == text
    assert query.folded == query.own


def test_long_question_is_no_follow_up() -> None:
    assert is_follow_up("and " * LONGEST_FOLLOW_UP)
    assert not is_follow_up("and " * (LONGEST_FOLLOW_UP + 1))


def test_question_without_history_stands_alone() -> None:
    assert make_query(Question("and children?"), None, LANGUAGES).text == "and children?"


def test_wanted_language_wins_over_the_detected() -> None:
    assert make_query(Question("What is this?", lang="ru", page_lang="az"), None, LANGUAGES).lang == "ru"
    assert make_query(Question("What is this?", page_lang="az"), None, LANGUAGES).lang == "az"


def test_audience_and_foreign_language_are_handed_on() -> None:
    query = make_query(Question("Ես ական գտա", audience="parents"), None, LANGUAGES)
    assert (query.foreign, query.audience, query.lang) == ("hy", "parents", "ru")


@given(st.text(st.characters(exclude_categories=()), max_size=80), st.sampled_from([(), ("mina",), ("\ud800", "\0")]))
def test_any_text_makes_a_query(text: str, history: tuple[str, ...]) -> None:
    query = make_query(Question(text, history=history), None, LANGUAGES)
    assert query.text.endswith(text)
    assert query.lang in LANGUAGES
    assert query.own in query.folded


def test_what_is_typed_in_another_alphabet_is_embedded_as_its_language_spells_it() -> None:
    spelling = learn_spelling([("ru", "Я нашёл мину"), ("az", "Mənim uşağım mina tapdı")])
    model = fit_detection([("ru", "Я нашёл мину, что делать"), ("az", "Mənim uşağım mina tapdı, nə edim")])
    query = make_query(Question("ya nashel minu"), model, LANGUAGES, spelling)
    assert (query.lang, query.text) == ("ru", "я нашёл мину")
    history = ("MENIM USAGIM MINA TAPDI",)
    assert (
        make_query(Question("bəs o?", history=history), model, LANGUAGES, spelling).text
        == "mənim uşağım mina tapdı bəs o?"
    )


def test_foreign_question_is_embedded_untouched() -> None:
    spelling = learn_spelling([("az", "Bir şey tapdım, nə edim")])
    assert make_query(Question("Tarlada el bombası bulduk", page_lang="az"), None, LANGUAGES, spelling).foreign == "tr"
    assert make_query(Question("NE BULDUK", page_lang="az"), None, LANGUAGES, spelling).text == "NE BULDUK"
