"""The kept figures -> two small drawings, by matplotlib (`pip install -e '.[bench]'`)."""

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.report import figures_of, number, read_kept

STAGES = ("embed", "retrieve", "quote", "suggest", "triage", "question", "decide")
MET, MISSED, PLAIN = "#1a7f37", "#b3261e", "#57606a"


def draw(folder: Path) -> bool:
    """Draw what the JSON files hold; False where matplotlib is missing."""
    if find_spec("matplotlib") is None:
        return False
    kept = read_kept(folder)
    goals = [each for found in kept.values() for each in figures_of(found) if each.goal is not None and each.goal.bound]
    if goals:
        _draw_ratios(goals, folder / "ratios.svg")
    if "retrieval" in kept and kept["retrieval"]["raw"]:
        _draw_growth(kept["retrieval"]["raw"], folder / "growth.svg")
    return True


def draw_soak(folder: Path) -> bool:
    """Draw the memory of each worker over the minutes; False where matplotlib is missing."""
    if find_spec("matplotlib") is None:
        return False
    samples = json.loads((folder / "soak.json").read_text("utf-8"))["raw"]["memory_mb"]
    figure, axes = _axes(7.0, 2.6)
    for worker in range(max((len(pss) for _, pss, _ in samples), default=0)):
        own = [(at / 60, pss[worker], rss[worker]) for at, pss, rss in samples if worker < len(pss)]
        minutes, pss, rss = zip(*own, strict=True)
        axes.plot(minutes, rss, color=f"C{worker}", label=f"worker {worker + 1}, RSS")
        axes.plot(minutes, pss, color=f"C{worker}", label=f"worker {worker + 1}, PSS", linestyle="--")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("minutes", fontsize=8)
    axes.set_ylabel("MB", fontsize=8)
    axes.legend(fontsize=7, frameon=False)
    _save(figure, folder / "soak.svg")
    return True


def _draw_ratios(figures: Sequence[Figure], path: Path) -> None:
    """Each figure and its goal, divided so that all goals stand at one line, and what misses its goal to the right."""
    figure, axes = _axes(9.0, 0.9 + 0.27 * len(figures))
    for place, each in enumerate(reversed(figures)):
        assert each.goal is not None
        share = each.judged / each.goal.bound
        share = max(share if each.goal.at_most is not None else 1 / max(share, 1e-3), 1e-3)
        axes.plot([1, share], [place, place], color=MET if each.met else MISSED, linewidth=2)
        axes.plot([share], [place], marker="o", color=MET if each.met else MISSED)
        axes.annotate(
            number(each.judged), (share, place), textcoords="offset points", xytext=(0, 5), fontsize=7, ha="center"
        )
    names = [each.what for each in figures]
    axes.set_yticks(range(len(figures)), list(reversed(names)), fontsize=8)
    axes.axvline(1, color=PLAIN, linewidth=1)
    axes.set_xscale("log")
    axes.set_xlabel("how far from the goal: what lies right of the line misses it", fontsize=8)
    _save(figure, path)


def _draw_growth(raw: Mapping[str, Any], path: Path) -> None:
    """Medians of the stages one on another, an index a bar."""
    figure, axes = _axes(7.0, 1.2 + 0.45 * len(raw))
    for place, told in enumerate(reversed(list(raw.values()))):
        left = 0.0
        for number_of_stage, stage in enumerate(STAGES):
            width = told["stages_ms"].get(stage, {}).get("p50", 0.0)
            label = stage if place == 0 else None
            axes.barh(place, width, left=left, color=f"C{number_of_stage}", label=label, height=0.6)
            left += width
    axes.set_yticks(range(len(raw)), list(reversed(list(raw))), fontsize=8)
    axes.set_xlabel("milliseconds of a question, medians of its stages", fontsize=8)
    axes.legend(fontsize=7, ncols=len(STAGES), loc="upper center", bbox_to_anchor=(0.5, 1.25), frameon=False)
    _save(figure, path)


def _axes(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib  # noqa: PLC0415  not with what only tells

    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {"svg.fonttype": "none", "svg.hashsalt": "bench", "axes.spines.right": False, "axes.spines.top": False}
    )
    from matplotlib import pyplot  # noqa: PLC0415

    figure, axes = pyplot.subplots(figsize=(width, height), layout="constrained")
    return figure, axes


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None})
    figure.clear()
