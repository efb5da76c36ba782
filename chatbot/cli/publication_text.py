"""Publication -> plain text for a terminal, and JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from chatbot.gate import Change, Said
from chatbot.publishing import Publication

MOST_SHOWN = 30
"""Of the changed answers that are no emergencies; --json prints all."""
FIRST_FIGURES = ("kind_right", "section_first", "section_in_three", "emergency_recall", "refusal_recall", "held_back")


def publication_json(found: Publication) -> str:
    """Everything but the unchanged answers."""
    told = {
        "published": found.published,
        "reasons": found.reasons,
        **(asdict(found.report) if found.report else {}),
        "compared": found.compared,
        "findings": [asdict(each) for each in found.findings],
        "steps": found.steps,
        "changes": [asdict(each) for each in found.changes],
    }
    if found.evaluation is not None:
        told["figures"] = {name: asdict(group) for name, group in found.evaluation.figures.items()}
        told["missed"] = found.evaluation.missed
        told["canaries"] = {"asked": found.evaluation.canaries, "failed": found.evaluation.failed}
    return json.dumps(told, ensure_ascii=False)


def publication_text(found: Publication, root: Path, quick: bool) -> str:
    return "\n".join(_lines(found, root, quick))


def _lines(found: Publication, root: Path, quick: bool) -> Iterator[str]:
    if found.report is not None:
        made = found.report
        yield (
            f"{made.documents} documents, {made.passages} passages, {made.questions} questions; "
            f"{made.embedded} texts embedded, {made.labelled} labelled questions learned, in {made.seconds:.1f} s"
        )
    if found.published and found.report is not None:
        yield f"index {found.report.version} in {root}"
    else:
        yield f"Nothing was published; the index in {root} stays as it was."
    for each in found.findings:
        if found.published:
            yield f"warning: {each.file}:{each.line}: {each.what}; {each.mend}"
    yield from _evaluated(found, quick)
    yield from _changed(found)


def _evaluated(found: Publication, quick: bool) -> Iterator[str]:
    if found.evaluation is None:
        return
    failed = len(found.evaluation.failed)
    yield f"{found.evaluation.canaries - failed} of {found.evaluation.canaries} canaries hold"
    figures = found.evaluation.figures.get("all")
    if figures is None:
        yield "No labelled question was asked" + (" (--quick)." if quick else ": there is no test.jsonl.")
        return
    values = asdict(figures)
    told = ", ".join(f"{name} {values[name]:.3f}" for name in FIRST_FIGURES if values[name] is not None)
    yield f"{figures.questions} labelled questions: {told}"
    missed = found.evaluation.missed
    if missed and found.published:
        against = "the index in use missed them too" if found.compared else "no index was in use to compare with"
        yield f"{len(missed)} bars are missed ({against}), which `chatbot eval` lists; the first: {missed[0]}"


def _changed(found: Publication) -> Iterator[str]:
    if found.compared is None:
        yield "No index was in use, so no answer changes."
        return
    emergencies = [each for each in found.changes if each.emergency]
    others = [each for each in found.changes if not each.emergency]
    yield f"against {found.compared}: {len(found.changes)} answers change, {len(emergencies)} of them emergencies"
    for name in found.steps:
        yield f"emergency steps change: {name}"
    for each in [*emergencies, *others[:MOST_SHOWN]]:
        yield from _change(each)
    if len(others) > MOST_SHOWN:
        yield f"… and {len(others) - MOST_SHOWN} more, which --json prints"


def _change(each: Change) -> Iterator[str]:
    yield f"\n{each.lang} «{each.question}»"
    yield from _said("before", each.before)
    yield from _said("now", each.after)


def _said(when: str, said: Said) -> Iterator[str]:
    yield f"  {when}: {said.kind}"
    for section, text in said.quotes:
        yield f"    {section}"
        yield from (f"      {line}" for line in text.splitlines())
