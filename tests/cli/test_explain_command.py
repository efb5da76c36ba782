"""`chatbot explain`, on the real files."""

import json
from pathlib import Path

import pytest
from command_runs import Run

from chatbot.cli.explanation_text import explanation_text
from chatbot.engine import Engine
from chatbot.explaining import explain
from chatbot.question import Question

ASKED = {
    "az": "Tarlada mərmi tapmışam, nə edim?",
    "en": "I found a shell in the field, what should I do?",
    "ru": "нашла бомбу",
}


@pytest.mark.parametrize(("lang", "text"), ASKED.items())
def test_every_stage_is_explained(engine: Engine, lang: str, text: str) -> None:
    answer = engine.ask(Question(text))
    found = explain(engine, Question(text))
    assert (found.lang, found.kind, found.confidence) == (lang, "emergency", answer.confidence)
    assert max(found.shares, key=lambda each: found.shares[each]) == lang
    assert found.why_lang == "its letters are likest to this language"
    rule = found.rules["emergency"]
    assert rule is not None
    assert all(group and set(group) <= set(found.concepts) for group in rule.by)
    assert [(each.start, each.end, each.text) for each in found.quotes] == [
        (quote.span.start, quote.span.end, quote.text) for quote in answer.quotes
    ]
    quoted = {each.section for each in found.quotes}
    assert {each.section for each in found.candidates if each.quoted} == quoted
    for each in found.candidates:
        assert sum(adds for _, adds in each.signals.values()) == pytest.approx(each.score, abs=1e-3)
    assert set(found.milliseconds) == {"question", "triage", "embed", "retrieve", "decide", "quote"}
    shown = explanation_text(found)
    assert all(line in shown for line in found.quotes[0].text.splitlines())
    assert f"emergency   {rule.name} -> " in shown


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (Question("Mina nədir?", lang="ru"), "it was asked for"),
        (Question("112", page_lang="ru"), "the question has no letters to tell by"),
        (Question("მაინა"), "the question is in `ka`, which is not offered; this is the nearest"),
        (Question("ANAMA?", page_lang="ru"), "its letters leave it open, and the page or the question before"),
    ],
)
def test_choice_of_language_is_explained(engine: Engine, question: Question, why: str) -> None:
    assert explain(engine, question).why_lang.startswith(why)


def test_words_alone_are_explained_too(run: Run, tiny: Path) -> None:
    told = json.loads(run("explain", "I found a mine", "--json").out)
    assert (told["lang"], told["kind"], told["shares"]) == ("en", "emergency", {})
    assert told["quotes"][0]["section"] == "emergency-object#found"
    shown = run("explain", "I found a mine", "--lang", "en")
    assert (shown.code, shown.err) == (0, "")
    assert "it was asked for" in shown.out


def test_question_that_is_none_is_wrong_usage(run: Run) -> None:
    assert run("explain", " ").code == 2
