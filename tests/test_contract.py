"""A real answer of each kind has the shape of the contract's example, and keeps what the contract promises."""

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.schema import answer_json

EXAMPLE = json.loads((Path(__file__).parent / "corpus" / "contract-answer.json").read_text("utf-8"))
MAY_BE_NULL = {"notice": str, "published": str, "as_of": str, "original": dict}

ASKED = {
    "answer": ["ANAMA nədir?", "Что означают знаки «мины»?", "How many people were killed by mines?"],
    "emergency": ["Mina tapdım, nə etməliyəm?", "Я нашёл мину, что делать?", "I found a grenade, what do I do?"],
    "refusal": [
        "Minanı özüm necə zərərsizləşdirim?",
        "Как самому разминировать мину?",
        "How do I disarm a mine myself?",
    ],
    "no_answer": ["Bakıda hava necədir?", "Рецепт борща?", "What is the capital of France?"],
}
EVERY = [(kind, text) for kind, texts in ASKED.items() for text in texts]


def assert_shape(found: Any, example: Any, where: str = "answer") -> None:
    if isinstance(example, dict):
        assert list(found) == list(example), where
        for key, value in found.items():
            if key in MAY_BE_NULL:
                assert value is None or isinstance(value, MAY_BE_NULL[key]), f"{where}.{key}"
            else:
                assert_shape(value, example[key], f"{where}.{key}")
    elif isinstance(example, list):
        assert isinstance(found, list), where
        for each in found:
            assert_shape(each, example[0], where)
    else:
        assert type(found) is type(example), where


def ask(engine: Engine, text: str) -> dict[str, Any]:
    return answer_json(engine.ask(Question(text)))


@pytest.mark.parametrize(("kind", "text"), EVERY)
def test_answer_has_the_shape_of_the_example(engine: Engine, kind: str, text: str) -> None:
    found = ask(engine, text)
    assert found["kind"] == kind
    assert_shape(found, EXAMPLE)
    for quote in found["quotes"]:
        if quote["original"] is not None:
            assert_shape(quote["original"], EXAMPLE["quotes"][0])
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("text", [text for kind, text in EVERY if kind != "no_answer"])
def test_quote_stands_in_its_document(engine: Engine, text: str) -> None:
    found = ask(engine, text)
    assert found["quotes"]
    for quote in found["quotes"]:
        for each in (quote, quote["original"]):
            if each is None:
                continue
            document = engine.parts.index.document(each["lang"], each["document"]["id"])
            assert document is not None
            assert document.body[each["start"] : each["end"]] == each["text"]
            assert document.sha256 == each["sha256"]
            assert each["href"] == f"/documents/{each['lang']}/{document.id}#{each['section']['id']}"


@pytest.mark.parametrize("text", [text for kind, text in EVERY if kind != "no_answer"])
def test_translated_quote_carries_its_original(engine: Engine, text: str) -> None:
    for quote in ask(engine, text)["quotes"]:
        if quote["lang"] == "en":
            assert quote["original"] is None
        else:
            assert quote["original"]["lang"] == "en"
            assert quote["original"]["section"]["id"] == quote["section"]["id"]
            assert quote["original"]["original"] is None


@pytest.mark.parametrize("text", ASKED["emergency"])
def test_emergency_has_steps_and_calls(engine: Engine, text: str) -> None:
    found = ask(engine, text)
    assert [action["href"] for action in found["actions"]] == ["tel:112", "tel:102"]
    assert "112" in found["quotes"][0]["text"]


@pytest.mark.parametrize("text", ASKED["refusal"])
def test_refusal_quotes_the_rule_and_says_whom_to_call(engine: Engine, text: str) -> None:
    found = ask(engine, text)
    assert found["notice"]
    assert found["quotes"]
    assert {"label": "112", "href": "tel:112"} in found["actions"]


@pytest.mark.parametrize("text", ASKED["no_answer"])
def test_no_answer_quotes_nothing_and_suggests(engine: Engine, text: str) -> None:
    found = ask(engine, text)
    assert (found["quotes"], found["actions"]) == ([], [])
    assert len(found["suggestions"]) == 3
    assert found["notice"]


def test_id_is_new_each_time_and_says_nothing(engine: Engine) -> None:
    ids = {ask(engine, "ANAMA nədir?")["id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(len(each) >= 20 for each in ids)


@pytest.mark.parametrize(("kind", "text"), EVERY)
def test_confidence_is_a_probability(engine: Engine, kind: str, text: str) -> None:
    assert 0.0 <= ask(engine, text)["confidence"] <= 1.0
