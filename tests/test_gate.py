"""What changes between two indexes, and what forbids putting the new one in use."""

from dataclasses import replace
from pathlib import Path

import pytest
from knowledge_files import MINES, WATER, document_text, write

from chatbot.documents import load_documents
from chatbot.evaluation import Figures
from chatbot.gate import MAY_FALL, MAY_RISE, Evaluation, Said, changed_steps, changes, refusals

GOOD = Figures(
    questions=100,
    kind_right=0.97,
    section_first=0.95,
    section_in_three=0.99,
    emergency_recall=1.0,
    false_alarms=0.01,
    refusal_recall=1.0,
    false_refusals=0.0,
    held_back=0.98,
    wrong_answers=0.01,
    language_right=1.0,
    verbatim=1.0,
    calibration_error=0.02,
    milliseconds=5.0,
)


def evaluation(figures: Figures = GOOD, **groups: Figures) -> Evaluation:
    return Evaluation("key", {"all": figures, **groups})


def told(before: Evaluation | None, after: Evaluation) -> str:
    return "\n".join(refusals(before, after))


def test_same_figures_may_be_published() -> None:
    assert told(evaluation(), evaluation()) == ""


@pytest.mark.parametrize("name", [*MAY_FALL, *MAY_RISE])
def test_figure_that_is_worse_by_more_than_it_may_is_refused(name: str) -> None:
    sign = -1 if name in MAY_FALL else 1
    most = {**MAY_FALL, **MAY_RISE}[name]
    before = replace(GOOD, **{name: 0.5})
    worse = replace(GOOD, **{name: 0.5 + sign * (most + 0.004)})
    borne = replace(GOOD, **{name: 0.5 + sign * most})
    assert f"{name} is {0.5 + sign * (most + 0.004):.3f}, in the index in use 0.500" in told(
        evaluation(before), evaluation(worse)
    )
    if name != "verbatim":
        assert told(evaluation(before), evaluation(borne)) == ""
        assert told(evaluation(before), evaluation()) == ""


@pytest.mark.parametrize("bar", ["kind_right", "section_first", "section_in_three", "emergency_recall", "held_back"])
def test_bar_that_was_met_and_is_missed_is_refused_in_any_language(bar: str) -> None:
    low = replace(GOOD, **{bar: 0.88})
    found = told(evaluation(ru=GOOD), Evaluation("key", {"all": GOOD, "lang ru": low}))
    assert found.startswith(f"a bar that the index in use meets is missed: lang ru: {bar} is 0.880")


def test_bar_that_was_missed_before_may_be_missed_again() -> None:
    low = replace(GOOD, kind_right=0.855)
    assert told(evaluation(low), evaluation(replace(low, kind_right=0.85))) == ""
    assert "a bar" not in told(evaluation(low), evaluation(replace(low, kind_right=0.5)))


def test_first_index_may_miss_bars_but_not_misquote() -> None:
    assert told(None, evaluation(replace(GOOD, kind_right=0.5))) == ""
    assert "not word for word" in told(None, evaluation(replace(GOOD, verbatim=0.99)))


def test_failing_canary_is_always_refused() -> None:
    failing = replace(evaluation(), failed=("en «mine»: it is answer, not emergency",))
    for before in (None, evaluation(), failing):
        assert told(before, failing) == "canary: en «mine»: it is answer, not emergency"


def test_index_without_labelled_questions_is_compared_by_nothing() -> None:
    none = Evaluation("key", {})
    assert told(none, none) == told(none, evaluation(replace(GOOD, kind_right=0.1))) == ""
    assert told(evaluation(), none) == ""


def said(id_: str, kind: str, *texts: str, wanted: str = "answer") -> Said:
    return Said(id_, f"Question {id_}", "en", wanted, kind, tuple(("a#b", text) for text in texts))


def test_changes_are_other_words_or_another_kind_emergencies_first() -> None:
    before = [said("1", "answer", "A."), said("2", "answer", "A."), said("3", "answer"), said("4", "answer", "A.")]
    after = [said("1", "answer", "A."), said("2", "answer", "B."), said("3", "no_answer"), said("4", "emergency", "A.")]
    found = changes(Evaluation("key", answers=tuple(before)), Evaluation("key", answers=tuple(after)))
    assert [(each.after.id, each.emergency) for each in found] == [("4", True), ("2", False), ("3", False)]
    assert (found[1].before.quotes, found[1].after.quotes) == ((("a#b", "A."),), (("a#b", "B."),))


def test_lost_emergency_is_an_emergency_change() -> None:
    before = Evaluation("key", answers=(said("1", "emergency", "A.", wanted="emergency"),))
    after = Evaluation("key", answers=(said("1", "answer", "A.", wanted="emergency"),))
    assert changes(before, after)[0].emergency


def test_changed_steps_are_named(tmp_path: Path) -> None:
    write(tmp_path, "en/emergency-object.md", document_text(MINES))
    write(tmp_path, "en/water.md", document_text(WATER))
    before = load_documents(tmp_path)
    write(tmp_path, "en/water.md", document_text(WATER.replace("Floods", "Rains")))
    assert changed_steps(before, load_documents(tmp_path)) == []
    write(tmp_path, "en/emergency-object.md", document_text(MINES.replace("Do not touch", "Touch")))
    assert changed_steps(before, load_documents(tmp_path)) == ["en/emergency-object#found"]
    (tmp_path / "en/emergency-object.md").unlink()
    assert changed_steps(before, load_documents(tmp_path)) == ["en/emergency-object#found"]
