"""The kept figures -> docs/bench/README.md: one table, every raw value beside its ratio."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.figures import Figure, figure_of
from bench.measures import MEASURES

OUT = Path(__file__).resolve().parents[1] / "docs/bench"
HEAD = """# What was measured

`make bench` writes this page; [docs/measurements.md](../measurements.md) says how. Each ratio is of two values of one
run on one computer. The raw values with their percentiles lie beside it, a JSON file a measure.
"""
SOAK_HEAD = """# A soak of {minutes} minutes

`make soak` writes this page. In its first minute clients ask as fast as they are answered; then requests are due at
random moments, four fifths as often, whether or not those before are answered. Times count from when they are due.
"""
SOAK_COLUMNS = "| kind | statuses | median, ms | 90% | 99% | longest |\n|---|---|---|---|---|---|"
COLUMNS = "| what | measured | against | measured | ratio | goal | |\n|---|---|---|---|---|---|---|"
PLOTS = {
    "ratios.svg": "Ratios with a goal, each divided by it",
    "growth.svg": "A question and its stages as the index grows",
}
MARKS = {True: "met", False: "**missed**", None: ""}


def write_report(folder: Path) -> None:
    """Write the page from the JSON files that are there."""
    kept = read_kept(folder)
    parts = [HEAD]
    for name, says in PLOTS.items():
        if (folder / name).is_file():
            parts.append(f"![{says}]({name})\n")
    measured = [each for each in MEASURES if each.name in kept]
    parts += ["\n".join(_section(each.says, kept[each.name])) for each in measured]
    (folder / "README.md").write_text("\n".join(parts), "utf-8")


def write_soak(folder: Path, drawn: bool) -> None:
    """Write soak.md from soak.json."""
    kept = json.loads((folder / "soak.json").read_text("utf-8"))
    minutes = kept["raw"]["seconds"] / 60
    parts = [SOAK_HEAD.format(minutes=number(minutes)), *(["![Memory of each worker](soak.svg)\n"] if drawn else [])]
    parts.append("\n".join(_section("What came of it", kept)))
    rows = [
        f"| {kind} | {_statuses(kept['raw']['statuses'][kind])} | {_times(ms)} |"
        for kind, ms in kept["raw"]["ms"].items()
    ]
    parts.append("\n".join(["## By kind of request\n", SOAK_COLUMNS, *rows, ""]))
    (folder / "soak.md").write_text("\n".join(parts), "utf-8")


def _statuses(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number(count)} × {status}" for status, count in sorted(counts.items()))


def _times(milliseconds: Mapping[str, float]) -> str:
    return " | ".join(number(milliseconds[name]) for name in ("p50", "p90", "p99", "p100"))


def read_kept(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Measure -> what its JSON file holds."""
    paths = ((each.name, folder / f"{each.name}.json") for each in MEASURES)
    return {name: json.loads(path.read_text("utf-8")) for name, path in paths if path.is_file()}


def figures_of(kept: Mapping[str, Any]) -> list[Figure]:
    return [figure_of(each) for each in kept["figures"]]


def _section(says: str, kept: Mapping[str, Any]) -> Iterable[str]:
    about = kept["about"]
    yield f"## {says}\n"
    at = about["at"][:16].replace("T", " ")
    yield f"{at} UTC, {about['cores']} cores of {about['processor']}, load before it {about['load']:.1f}."
    if about["sizes"] != "full":
        yield "**Measured with tiny sizes: these figures only show that the measure works.**"
    if kept["missing"]:
        yield f"**Left out: {kept['missing']}.**"
    yield ""
    if kept["figures"]:
        yield COLUMNS
        yield from map(_row, figures_of(kept))
        yield ""


def _row(figure: Figure) -> str:
    cells = (
        figure.what, with_unit(figure.value, figure.unit), figure.against, with_unit(figure.base, figure.unit),
        number(figure.ratio), _goal(figure), MARKS[figure.met],
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _goal(figure: Figure) -> str:
    goal = figure.goal
    if goal is None:
        return ""
    unit = f" {figure.unit}" if goal.of == "value" and figure.unit else ""
    return f"{goal.of} {'≤' if goal.at_most is not None else '≥'} {number(goal.bound)}{unit}"


def with_unit(value: float, unit: str) -> str:
    return f"{number(value)} {unit}".strip()


def number(value: float) -> str:
    """Three digits that count, or whole."""
    if not math.isfinite(value):
        return "–"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
