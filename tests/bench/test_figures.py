"""Ratios, goals, and the page that tells them."""

import json
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.drawing import draw
from bench.figures import Figure, Found, Goal, MissingError, figure_json, figure_of, found_json
from bench.measures import MEASURES
from bench.report import number, write_report
from bench.wrk import require_wrk

SLOW = Figure("a question", 50.0, "ms", "its embedding", 30.0, Goal("ratio", at_most=1.25))
QUICK = Figure("repeated", 1.5, "ms", "first", 30.0, Goal("value", at_most=2.0))
PLAIN = Figure("memory", 600.0, "MB", "embedding", 300.0)
ABOUT = {"at": "2026-11-29T10:00:00+00:00", "processor": "Some", "cores": 2, "load": 0.1}


def test_goals_judge_the_ratio_or_the_value() -> None:
    assert (SLOW.met, QUICK.met, PLAIN.met) == (False, True, None)
    assert PLAIN.ratio == 2
    assert Goal("ratio", at_least=0.85).met(0.9)


@pytest.mark.parametrize("figure", [SLOW, QUICK, PLAIN])
def test_figure_is_the_same_after_json(figure: Figure) -> None:
    assert figure_of(figure_json(figure)) == figure


def test_page_tells_value_ratio_goal_and_what_is_missing(tmp_path: Path) -> None:
    found = {"ask": Found((SLOW, QUICK, PLAIN)), "wrk": Found((), missing="wrk is not installed")}
    for name, each in found.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(found_json(each, "full", ABOUT)), "utf-8")
    draw(tmp_path)
    write_report(tmp_path)
    page = (tmp_path / "README.md").read_text("utf-8")
    assert "| a question | 50 ms | its embedding | 30 ms | 1.67 | ratio ≤ 1.25 | **missed** |" in page
    assert "| repeated | 1.5 ms | first | 30 ms | 0.05 | value ≤ 2 ms | met |" in page
    assert "**Left out: wrk is not installed.**" in page


@pytest.mark.parametrize(("value", "told"), [(0.0, "0"), (17621.0, "17,621"), (1.2345, "1.23"), (1234.5, "1,234")])
def test_numbers_have_three_digits(value: float, told: str) -> None:
    assert number(value) == told


def test_every_measure_has_its_module() -> None:
    folder = Path(__file__).parents[2] / "bench"
    assert all((folder / f"{each.module}.py").is_file() for each in MEASURES)


def test_unknown_measure_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["no-such"])
    assert "no such measure: no-such" in capsys.readouterr().err


def test_missing_program_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingError, match="apt-get install wrk"):
        require_wrk()
