"""`chatbot eval`: scores the labelled questions."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli.options import folders, settings_from
from chatbot.errors import EmbedderError, KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatbot.engine import Engine
    from chatbot.evaluation import Figures, Outcome
    from chatbot.labels import Label


@click.command("eval")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--split",
    type=click.Choice(["test", "strangers", "ordinary", "visitors", "train"]),
    default="test",
    help="Which labelled questions.",
)
@click.option("--wrong", is_flag=True, help="Print each question that was decided or quoted wrongly.")
@click.option("--ablation", "in_steps", is_flag=True, help="Print what each part is worth, as a Markdown table.")
@folders
def command(as_json: bool, split: str, wrong: bool, in_steps: bool, knowledge: Path | None, index: Path | None) -> None:
    """Score the labelled questions; exit 1 where a bar is missed."""
    from chatbot.engine import load_engine  # noqa: PLC0415
    from chatbot.evaluation import grouped, outcome, reliability, under_bars  # noqa: PLC0415
    from chatbot.labels import read_labels  # noqa: PLC0415

    settings = settings_from(knowledge=knowledge, index=index)
    path = settings.evals / f"{split}.jsonl"
    labels = read_labels(path)
    if not labels:
        raise KnowledgeError("there are no labelled questions", where=str(path), mend="set CHATBOT_EVALS")
    engine = load_engine(settings, say=lambda text: click.echo(text, err=True))
    if in_steps:
        _show_ablation(engine, labels)
        return
    outcomes = [outcome(label, lambda each: engine.ask(each.asked)) for label in labels]
    found = grouped(outcomes)
    missed = under_bars(found)
    if as_json:
        report = {"figures": {name: asdict(group) for name, group in found.items()}, "missed": missed}
        click.echo(json.dumps({**report, "reliability": reliability(outcomes)}))
    else:
        _show(found, reliability(outcomes), missed)
    if wrong:
        for each in outcomes:
            if not each.right:
                click.echo(_wrong_line(each), err=True)
    raise SystemExit(1 if missed else 0)


def _show_ablation(engine: "Engine", labels: "Sequence[Label]") -> None:
    from chatbot.ablation import ablation, table  # noqa: PLC0415

    if engine.degraded is not None:
        raise EmbedderError(engine.degraded)
    click.echo(table(list(ablation(engine, labels))))


def _show(found: "dict[str, Figures]", reliable: list[tuple[float, float, int]], missed: list[str]) -> None:
    names = list(asdict(found["all"]))
    click.echo("group".ljust(22) + " ".join(name.replace("_", " ")[:9].rjust(9) for name in names))
    for group, values in found.items():
        click.echo(group.ljust(22) + " ".join(_cell(value).rjust(9) for value in asdict(values).values()))
    click.echo("\nconfidence  right  questions")
    for sure, right, count in reliable:
        click.echo(f"{sure:10.2f} {right:6.2f} {count:10}")
    click.echo("\n".join(["", *missed]) if missed else "\nEvery bar is met.")


def _cell(value: float | int | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _wrong_line(each: "Outcome") -> str:
    label = each.label
    got = f"{each.kind}/{each.reason or '-'} {' '.join(each.found[:3])}"
    wanted = f"{label.kind}/{label.reason or '-'} {' '.join(label.sections)}"
    return f"{label.id} {label.lang} {label.style} {wanted} <- {got} | {label.question}"
