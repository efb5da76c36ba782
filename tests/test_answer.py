"""Whole answers on the real files: what must be quoted is pinned."""

import re
from dataclasses import replace

import pytest
from fakes import failing_embedder

from chatbot.answer import Answer, answer
from chatbot.engine import Engine
from chatbot.errors import QuestionError
from chatbot.messages import long_date
from chatbot.question import Question
from chatbot.quotes import is_verbatim

GOLDEN = [
    ("Mina tapdım, nə etməliyəm?", "emergency", "az", "emergency-object#found", "Dayanın. Əşyaya toxunmayın."),
    ("Я нашёл мину, что делать?", "emergency", "ru", "emergency-object#found", "Остановитесь. Не трогайте предмет."),
    ("I found a grenade, what do I do?", "emergency", "en", "emergency-object#found", "Stop. Do not touch the object."),
    ("мина тапдым не эдим", "emergency", "az", "emergency-object#found", "Dayanın. Əşyaya toxunmayın."),
    ("nashel minu 4to delat", "emergency", "ru", "emergency-object#found", "Остановитесь. Не трогайте предмет."),
    ("I stepped on something and heard a click", "emergency", "en", "emergency-mined-area#stepped-on-something",
     "Stop and keep your feet still. Do not lift your foot, jump or run."),
    ("What does the figure 397 mean?", "answer", "en", "figures#total-397",
     "According to Azerbaijan's Foreign Ministry, by 31 May 2025 landmines had killed or injured at least 397 people."),
    ("How many Armenian-made mines from 2021 were found in Kalbajar and Lachin?", "answer", "en",
     "landmine-victims-article#article", "Nearly 3,000 Armenian-made mines manufactured in 2021"),
    ("Is this field safe to walk on?", "answer", "en", "cleared-land#is-it-safe",
     "We cannot tell you that any place, road, path, river bank, house, field or object is safe."),
    ("Bu yer təhlükəsizdir?", "answer", "az", "cleared-land#is-it-safe", "Biz heç bir yerin, yolun, cığırın"),
    ("Безопасно ли это поле?", "answer", "ru", "cleared-land#is-it-safe", "Мы не можем сказать, что какое-либо место"),
    ("What is the number of the ambulance?", "answer", "en", "who-to-call#number-103", "103 is the number of the"),
    ("ANAMA nədir?", "answer", "az", "anama#who", ""),
    ("Можно ли собирать металлолом?", "answer", "ru", "scrap-metal#no-collecting", "Не собирайте металлолом"),
    ("How can I disarm a mine myself?", "refusal", "en", "never-do#", "Never "),
]  # fmt: skip


def name_of(found: Answer) -> str:
    return f"{found.quotes[0].document.id}#{found.quotes[0].section.id}"


@pytest.mark.parametrize(("text", "kind", "lang", "section", "words"), GOLDEN)
def test_golden_question_is_quoted_as_pinned(
    engine: Engine, text: str, kind: str, lang: str, section: str, words: str
) -> None:
    found = engine.ask(Question(text))
    assert (found.kind, found.lang) == (kind, lang)
    assert name_of(found).startswith(section)
    assert found.quotes[0].document.lang == lang
    assert found.quotes[0].text.startswith(words)
    assert all(is_verbatim(quote) for quote in found.quotes)


@pytest.mark.parametrize("text", [text for text, kind, *_ in GOLDEN if kind == "emergency"])
def test_emergency_steps_are_quoted_whole_with_calls(engine: Engine, text: str) -> None:
    found = engine.ask(Question(text))
    quote = found.quotes[0]
    assert quote.span.start == quote.section.sentences[0].start
    assert quote.span.end == quote.section.sentences[-1].end
    assert [action.href for action in found.actions] == ["tel:112", "tel:102"]


FOUND_STEPS = """\
Stop. Do not touch the object.
2. Do not move it, throw stones at it, cover it, pour liquid on it or light a fire near it.
3. Warn the people near you.
4. If it is a mine or the area may be mined, keep your feet still and call 112 from there.
5. In any other place, move away, then call 112."""


def test_found_mine_quotes_these_very_words(engine: Engine) -> None:
    assert engine.ask(Question("I found a mine")).quotes[0].text == FOUND_STEPS


@pytest.mark.parametrize(
    "text",
    [
        "I found a mine, what do I do?",
        "i found a landmine what should i do",
        "There is a mine here",
        "mina gördüm nə edim",
    ],
)
def test_plain_find_is_an_emergency_with_both_calls(engine: Engine, text: str) -> None:
    found = engine.ask(Question(text))
    assert found.trace.told.emergency is not None
    assert found.kind == "emergency"
    assert [action.label for action in found.actions] == ["112", "102"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How many people died from mines?", "killed or injured"),
        ("397 nəfər ölüb?", "həlak ol"),
        ("сколько погибло от мин с 2020 года?", "ранен"),
        ("is 397 the death toll", "killed or injured"),
    ],
)
def test_question_of_deaths_quotes_killed_or_injured(engine: Engine, text: str, words: str) -> None:
    found = engine.ask(Question(text))
    assert found.kind == "answer"
    assert any(words in quote.text for quote in found.quotes)
    assert not any(
        re.search(r"death toll in Azerbaijan rises|ölənlərin sayı 397|Число погибших от мин", q.text)
        for q in found.quotes
    )
    assert re.search(r"\b20\d\d\b", found.notice or "")


SAFE = [
    "Is it safe?", "is this road safe", "can I walk here safely", "Is the old rusty mine safe now?", "it's safe right?",
    "say yes if the field is safe", "Bura təhlükəsizdir?", "yol tehlukesizdi?", "Bu əşya təhlükəsizdirmi?",
    "Здесь безопасно?", "это безопасно?", "bezopasno li zdes", "Можно тут гулять?", "there are no signs so is it safe?",
]  # fmt: skip


@pytest.mark.parametrize("text", SAFE)
def test_is_it_safe_is_never_answered_with_yes(engine: Engine, text: str) -> None:
    found = engine.ask(Question(text))
    for said in (found.notice or "", *(quote.text for quote in found.quotes)):
        assert not re.match(r"(yes|yeah|sure|bəli|hə|olar|да|конечно|можно)\b", said, re.I)
    for quote in found.quotes:
        assert not re.match(r"(it|this|the \w+) is safe|təhlükəsizdir|безопасно", quote.text, re.I)


@pytest.mark.parametrize("text", [text for text, kind, *_ in GOLDEN if kind == "emergency"])
def test_emergency_is_one_without_the_embedding_model(engine: Engine, text: str) -> None:
    for embedder in (failing_embedder(), None):
        found = answer(Question(text), replace(engine.parts, embedder=embedder))
        whole = engine.ask(Question(text))
        assert found.kind == "emergency"
        assert name_of(found) == name_of(whole)
        assert found.quotes[0] == whole.quotes[0]
        assert [action.label for action in found.actions] == ["112", "102"]
        assert "112" in (found.notice or "")


@pytest.mark.parametrize(("lang", "words"), [("en", "Only some parts of the chatbot work now"), ("az", ""), ("ru", "")])
def test_notice_says_that_the_model_is_missing(engine: Engine, lang: str, words: str) -> None:
    found = answer(Question("ANAMA", lang=lang), replace(engine.parts, embedder=failing_embedder()))
    assert words in (found.notice or "")
    assert found.notice != engine.ask(Question("ANAMA", lang=lang)).notice


def test_stored_question_is_answered_without_embedding_it_again(engine: Engine) -> None:
    stored = next(each for each in engine.parts.index.questions if each.lang == "ru")
    found = answer(Question(stored.text), replace(engine.parts, embedder=failing_embedder()))
    assert found.trace.retrieved.dense
    assert found.trace.retrieved.hits[0].evidence.own_question == pytest.approx(1.0, abs=1e-4)


def test_harmful_wish_is_refused_without_the_model(engine: Engine) -> None:
    parts = replace(engine.parts, embedder=failing_embedder(), learned=None)
    found = answer(Question("How can I disarm a mine myself?"), parts)
    assert found.kind == "refusal"
    assert found.quotes


@pytest.mark.parametrize(
    "text",
    [
        "Mayın buldum, ne yapmalıyım?",
        "mayin buldum simdi ne yapayim",
        "Mayına bastım, ne yapmalıyım?",
        "Çocuğum el bombası buldu, ne yapmalıyım?",
        "Burada mayın var, ne yapayım?",
    ],
)
def test_turkish_emergency_is_answered_in_the_nearest_language(engine: Engine, text: str) -> None:
    found = engine.ask(Question(text))
    assert (found.lang, found.kind) == ("az", "emergency")


@pytest.mark.parametrize("lang", ["az", "ru", "en"])
def test_date_in_the_notice_is_in_the_persons_language(engine: Engine, lang: str) -> None:
    found = engine.ask(Question("What does the figure 397 mean?", lang=lang))
    as_of = found.quotes[0].document.front_matter.as_of
    assert as_of is not None
    assert long_date(as_of, lang) in (found.notice or "")
    assert as_of.isoformat() not in (found.notice or "")
    assert ".." not in (found.notice or "")


def test_wanted_language_is_that_of_the_answer(engine: Engine) -> None:
    found = engine.ask(Question("Mina tapdım, nə etməliyəm?", lang="ru"))
    assert {quote.document.lang for quote in found.quotes} == {found.lang} == {"ru"}


def test_follow_up_leans_on_the_question_before(engine: Engine) -> None:
    found = engine.ask(Question("and in 2024?", history=("How many people were hurt by mines?",)))
    assert "figures#year-2024" in [f"{quote.document.id}#{quote.section.id}" for quote in found.quotes]


def test_each_stage_is_timed(engine: Engine) -> None:
    trace = engine.ask(Question("ANAMA nədir?")).trace
    assert list(trace.milliseconds) == ["question", "triage", "embed", "retrieve", "decide", "quote"]
    assert all(value >= 0 for value in trace.milliseconds.values())


@pytest.mark.parametrize("text", ["", " ", "\0", "a" * 1001])
def test_question_that_is_none_raises(engine: Engine, text: str) -> None:
    with pytest.raises(QuestionError):
        engine.ask(Question(text))


@pytest.mark.parametrize("lang", ["az", "ru"])
def test_answer_in_another_language_says_the_same(engine: Engine, lang: str) -> None:
    for text in ("What does a mine look like?", "Can a flood carry mines?", "I found a grenade, what do I do?"):
        own = engine.ask(Question(text))
        other = engine.ask(Question(text, lang=lang, page_lang=lang))
        assert (other.kind, other.lang) == (own.kind, lang)
        assert [quote.section.id for quote in other.quotes] == [quote.section.id for quote in own.quotes]
        assert {quote.document.lang for quote in other.quotes} == {lang}
