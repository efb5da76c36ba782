"""Figures on outcomes made by hand."""

from dataclasses import asdict

import pytest

from chatbot.evaluation import BARS, Figures, Outcome, figures, grouped, reliability, under_bars
from chatbot.labels import Label


def made(
    kind: str = "answer",
    got: str | None = None,
    sections: tuple[str, ...] = ("a#a",),
    found: tuple[str, ...] = ("a#a",),
    lang: str = "en",
    style: str = "plain",
    got_lang: str | None = None,
    confidence: float = 0.95,
    verbatim: bool = True,
    milliseconds: float = 10.0,
) -> Outcome:
    label = Label("id", "idea", "question?", lang, style, kind, sections=() if kind == "no_answer" else sections)
    return Outcome(label, got or kind, None, got_lang or lang, found, verbatim, confidence, milliseconds)


def test_all_right_gives_full_marks() -> None:
    found = figures([made(), made("emergency"), made("refusal"), made("no_answer", found=())])
    assert found.questions == 4
    assert all(asdict(found)[bar] == 1.0 for bar in BARS)
    assert (found.false_alarms, found.false_refusals, found.wrong_answers) == (0.0, 0.0, 0.0)
    assert found.calibration_error == pytest.approx(0.05)
    assert under_bars({"all": found}) == []


def test_emergency_recall_counts_emergencies_alone() -> None:
    found = figures([made("emergency")] * 3 + [made("emergency", got="answer")] + [made()] * 5)
    assert found.emergency_recall == 0.75
    assert found.kind_right == pytest.approx(8 / 9)


def test_false_alarms_are_a_share_of_the_calm() -> None:
    found = figures([made("emergency")] * 6 + [made()] * 3 + [made(got="emergency")])
    assert found.false_alarms == 0.25


def test_refusals_are_counted_both_ways() -> None:
    found = figures([made("refusal"), made("refusal", got="answer"), made(got="refusal"), made(), made(), made()])
    assert (found.refusal_recall, found.false_refusals) == (0.5, 0.25)
    assert found.wrong_answers == 0.5


def test_held_back_counts_what_the_files_do_not_hold() -> None:
    outcomes = [made("no_answer", found=()), made("no_answer", got="answer"), made("no_answer", got="refusal")]
    found = figures([*outcomes, made("no_answer", got="emergency")])
    assert (found.held_back, found.wrong_answers) == (0.25, 0.25)


def test_sections_count_first_and_in_three() -> None:
    found = figures(
        [
            made(found=("a#a", "b#b")),
            made(found=("b#b", "a#a")),
            made(found=("b#b", "c#c", "d#d", "a#a")),
            made(found=()),
            made("no_answer", found=("b#b",)),
        ]
    )
    assert (found.section_first, found.section_in_three) == (0.25, 0.5)


def test_any_of_several_right_sections_counts() -> None:
    assert figures([made(sections=("a#a", "b#b"), found=("b#b",))]).section_first == 1.0


def test_language_verbatim_and_time_are_counted() -> None:
    found = figures([made(got_lang="ru"), made(verbatim=False, milliseconds=30), made(milliseconds=20)])
    assert found.language_right == pytest.approx(2 / 3)
    assert found.verbatim == pytest.approx(2 / 3)
    assert found.milliseconds == 20


def test_group_with_nothing_to_count_has_no_figure() -> None:
    found = figures([])
    assert found.questions == 0
    assert {value for name, value in asdict(found).items() if name != "questions"} == {None}
    assert figures([made()]).emergency_recall is None


def test_calibration_error_is_the_mean_gap() -> None:
    half = [made(confidence=0.95), made(confidence=0.95, got="no_answer")]
    assert figures(half).calibration_error == pytest.approx(0.45)
    assert figures([made(confidence=1.0)]).calibration_error == 0.0


def test_reliability_has_a_row_for_each_tenth_in_use() -> None:
    found = reliability([made(confidence=0.05, got="refusal"), made(confidence=0.95), made(confidence=1.0)])
    assert found == [(0.05, 0.0, 1), (pytest.approx(0.975), 1.0, 2)]
    assert reliability([]) == []


def test_right_needs_the_kind_and_the_first_section() -> None:
    assert made().right
    assert not made(got="refusal").right
    assert not made(found=("b#b",)).right
    assert made("no_answer", found=("b#b",)).right


def test_groups_are_all_noisy_languages_kinds_and_styles() -> None:
    outcomes = [made(), made(lang="az", style="typos"), made("emergency", lang="az", style="no_diacritics")]
    found = grouped(outcomes)
    assert list(found) == [
        "all", "noisy", "lang az", "lang en", "kind answer", "kind emergency",
        "style no_diacritics", "style plain", "style typos",
    ]  # fmt: skip
    assert {name: group.questions for name, group in found.items()}["noisy"] == 2
    assert found["lang az"].questions == 2


def perfect(**changed: float) -> Figures:
    return Figures(**{**asdict(figures([made(), made("emergency"), made("refusal")])), **changed})


@pytest.mark.parametrize("bar", BARS)
def test_figure_under_its_bar_is_named(bar: str) -> None:
    [line] = under_bars({"all": perfect(**{bar: BARS[bar] - 0.01})})
    assert line.startswith(f"all: {bar} is ")
    assert under_bars({"all": perfect(**{bar: BARS[bar]})}) == []


def test_languages_and_noisy_have_slack_other_groups_no_bar() -> None:
    low = perfect(kind_right=0.93)
    assert under_bars({"lang az": low, "noisy": low}) == []
    assert under_bars({"style typos": perfect(kind_right=0.1)}) == []
    assert under_bars({"lang az": perfect(kind_right=0.91)}) == ["lang az: kind_right is 0.910, the bar 0.920"]


def test_too_many_false_alarms_are_named() -> None:
    assert under_bars({"all": perfect(false_alarms=0.02)}) == []
    assert under_bars({"all": perfect(false_alarms=0.03)}) == ["all: false_alarms is 0.030, the bar 0.020"]
