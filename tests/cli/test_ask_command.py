import json
from pathlib import Path

import pytest
from command_runs import Run

FOUND = "Stop. Do not touch it.\n2. Move away, then call 112."


@pytest.fixture(autouse=True)
def _index(run: Run, tiny: Path) -> None:
    """The small index, built once."""
    if not (tiny.parent / "index" / "current").exists():
        assert run("build").code == 0


def batch(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "batch.jsonl"
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    return str(path)


def test_answer_is_shown_with_its_source_and_calls(run: Run) -> None:
    ran = run("ask", "I found a mine")
    assert ran.code == 0
    assert "  1. Stop. Do not touch it.\n  2. Move away, then call 112.\n" in ran.out
    assert "— Mines; Test, https://example.org/" in ran.out
    assert "112" in ran.out.splitlines()[-1] or "112, 102" in ran.out


def test_answer_is_json(run: Run) -> None:
    ran = run("ask", "I found a mine", "--json")
    found = json.loads(ran.out)
    assert (ran.code, ran.err, found["kind"], found["lang"]) == (0, "", "emergency", "en")
    assert found["quotes"][0]["text"] == FOUND
    assert len(ran.out.splitlines()) == 1


def test_language_that_is_not_offered_exits_with_2(run: Run) -> None:
    ran = run("ask", "mine", "--lang", "de")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "chatbot: the language 'de' is not offered; use one of en, or none\n"


@pytest.mark.parametrize("text", [" ", "\0", "a" * 1001, "\u200b"])
def test_question_that_is_none_exits_with_2(run: Run, text: str) -> None:
    ran = run("ask", text)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_lone_surrogate_is_answered(run: Run) -> None:
    assert run("ask", "I found a mine \udcff", "--json").code == 0


def test_batch_answers_in_order_with_its_ids(run: Run, tmp_path: Path) -> None:
    ids = ["q-1", 7, None, "дом"]
    lines = [{"id": each, "question": "I found a mine", "lang": None, "history": []} for each in ids]
    ran = run("ask", "--batch", batch(tmp_path, *lines), "--json")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [answer["id"] for answer in answers] == ids
    assert {answer["quotes"][0]["text"] for answer in answers} == {FOUND}


def test_question_that_is_none_gets_an_error_in_its_place(run: Run, tmp_path: Path) -> None:
    lines = [
        {"id": 1, "question": "I found a mine"},
        {"id": 2, "question": " "},
        {"id": 3, "question": "mine", "lang": "de"},
        {"id": 4, "question": "a" * 1001},
        {"id": 5, "question": "I found a mine"},
    ]
    ran = run("ask", "--batch", batch(tmp_path, *lines), "--json")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4, 5]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False]
    assert ran.err == "chatbot: 3 of 5 lines have no answer; read their `error`\n"


BAD_LINES = {
    "no JSON": "mina",
    "cut JSON": '{"id": 1, "question": "mi',
    "list": "[]",
    "text": '"mina"',
    "no question": '{"id": 1}',
    "question is a number": '{"id": 1, "question": 112}',
    "lang is a number": '{"question": "mina", "lang": 1}',
    "history is a text": '{"question": "mina", "history": "mina"}',
    "history of numbers": '{"question": "mina", "history": [1]}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_line_that_is_no_question_is_named_by_number(run: Run, tmp_path: Path, line: str) -> None:
    path = batch(tmp_path, {"id": 1, "question": "mina"}, "", line)
    ran = run("ask", "--batch", path, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"chatbot: {path}:3: ")
    assert len(ran.err.splitlines()) == 1


def test_batch_that_is_not_utf8_is_one_line_of_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"id": 1, "question": "mina \xff"}\n')
    ran = run("ask", "--batch", str(path), "--json")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_lone_surrogates_in_a_batch_do_not_stop_it(run: Run, tmp_path: Path) -> None:
    lines = ['{"id": "\\ud800", "question": "I found a mine \\udfff"}', '{"id": 2, "question": "I found a mine"}']
    ran = run("ask", "--batch", batch(tmp_path, *lines), "--json")
    assert ran.code == 0
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["\ud800", 2]


def test_empty_batch_prints_nothing(run: Run, tmp_path: Path) -> None:
    assert run("ask", "--batch", batch(tmp_path), "--json") == (0, "", "")


def test_history_is_taken_along(run: Run, tmp_path: Path) -> None:
    lines = [{"id": 1, "question": "it"}, {"id": 2, "question": "it", "history": ["Floods carry mines down a river"]}]
    ran = run("ask", "--batch", batch(tmp_path, *lines), "--json")
    alone, after = (json.loads(line)["quotes"][0]["document"]["id"] for line in ran.out.splitlines())
    assert (alone, after) == ("emergency-object", "water")
