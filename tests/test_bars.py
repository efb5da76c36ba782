"""The labelled questions of `test`, asked as `chatbot eval` asks them: what was reached may not be lost."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from chatbot.ablation import LAST_STEP, STEPS, ablation, table
from chatbot.engine import Engine
from chatbot.evaluation import Figures, grouped, outcome, under_bars
from chatbot.labels import Label, read_labels
from chatbot.settings import Settings

EVALUATION = Path(__file__).parent.parent / "docs" / "evaluation.md"
MISSED = re.compile(r"^- missed: ([^(\n]+?)(?: \(.+)?$", re.MULTILINE)


@pytest.fixture(scope="module")
def labels(settings: Settings) -> tuple[Label, ...]:
    return read_labels(settings.evals / "test.jsonl")


@pytest.fixture(scope="module")
def found(engine: Engine, labels: tuple[Label, ...]) -> Mapping[str, Figures]:
    return grouped([outcome(label, lambda each: engine.ask(each.asked)) for label in labels])


def test_no_bar_is_missed_but_those_that_the_docs_name(
    found: Mapping[str, Figures], capsys: pytest.CaptureFixture[str]
) -> None:
    missed = under_bars(found)
    with capsys.disabled():
        print("\n" + "\n".join(missed or ["every bar is met"]))
    named = set(MISSED.findall(EVALUATION.read_text("utf-8")))
    assert [line for line in missed if line.partition(" is ")[0] not in named] == []


def test_nothing_of_test_is_learned(settings: Settings, labels: tuple[Label, ...]) -> None:
    learned = read_labels(settings.evals / "train.jsonl")
    assert {each.idea for each in labels}.isdisjoint(each.idea for each in learned)
    assert {each.asked for each in labels}.isdisjoint(each.asked for each in learned)


def test_every_quote_is_word_for_word(found: Mapping[str, Figures]) -> None:
    assert found["all"].verbatim == 1.0


def test_parts_are_added_one_by_one(engine: Engine, labels: tuple[Label, ...]) -> None:
    steps = list(ablation(engine, labels[::25]))
    assert [step.name for step in steps] == [*STEPS, LAST_STEP]
    assert steps[0].section_first < steps[-1].section_first
    assert steps[0].kind_right < steps[-1].kind_right
    assert table(steps).count("\n") == len(steps) + 1
