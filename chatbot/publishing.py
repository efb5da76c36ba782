"""The gate: knowledge files are checked, built aside, questioned and compared before they are put in use."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from chatbot import __version__
from chatbot.answer import Answer
from chatbot.building import BuildReport, embedder_of, put_in_use, read_sources, stage
from chatbot.canaries import Canary, read_canaries, what_fails
from chatbot.checks import Finding, check_knowledge
from chatbot.documents import fingerprint
from chatbot.embedder import Embedder
from chatbot.engine import Engine, open_engine
from chatbot.errors import IndexUnusableError, QuestionError
from chatbot.evaluation import Outcome, grouped, outcome
from chatbot.gate import Change, Evaluation, Said, changed_steps, changes, refusals, said
from chatbot.index.history import EVALUATION
from chatbot.index.versions import current, list_versions, staging
from chatbot.labels import Label, read_labels
from chatbot.settings import Settings

ANSWERS = "answers.json"
NEVER_STOPS = ("questions",)
"""Rules of `chatbot check` whose findings stop no publication: they make an answer harder to find, never false."""

_ANSWERS = TypeAdapter(tuple[Said, ...])
_KEPT = TypeAdapter(Evaluation)
_KEPT_NAMES = ("key", "figures", "canaries", "failed")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Publication:
    """What came of it. `reasons`: why nothing was published, one line each, or empty; `evaluation` and `report` are
    None where the check stopped it before anything was built. `compared`: the version compared with, or None."""

    reasons: tuple[str, ...]
    findings: tuple[Finding, ...]
    report: BuildReport | None = None
    evaluation: Evaluation | None = None
    changes: tuple[Change, ...] = ()
    steps: tuple[str, ...] = ()
    compared: str | None = None

    @property
    def published(self) -> bool:
        return not self.reasons


def publish_knowledge(
    settings: Settings, say: Say, embedder: Embedder | None = None, accept: bool = False, quick: bool = False
) -> Publication:
    """Publish the knowledge files, or say why not. `accept`: emergency answers may change; `quick`: no labelled
    questions, the canaries alone. Raises a ChatbotError where a file or the model can't be read at all."""
    checked = fingerprint(settings.knowledge)
    findings = tuple(check_knowledge(settings.knowledge, datetime.now(UTC).date()))
    stopping = [each for each in findings if each.level == "error" and each.rule not in NEVER_STOPS]
    if stopping:
        return Publication(tuple(f"{each.file}:{each.line}: {each.what}; {each.mend}" for each in stopping), findings)
    sources = read_sources(settings)
    if sources.knowledge != checked:
        return Publication(("the files were edited meanwhile; run `chatbot build` again",), findings)
    embedder = embedder or embedder_of(settings)
    questions = Questions.read(settings, quick)
    with staging(settings.index_folder) as staged:
        report = stage(settings, sources, staged, embedder)
        new = open_engine(settings, staged, embedder)
        old = _in_use(settings, embedder, say)
        if questions.labels or questions.canaries:
            say(f"asking {len(questions.labels)} labelled questions and {len(questions.canaries)} canaries")
        after = evaluate(new, questions)
        found = replace(_compared(old, new, after, questions, say, accept), findings=findings, report=report)
        if found.published:
            _keep(after, staged, quick)
            put_in_use(settings, staged, report, over=found.compared or "")
    return found


@dataclass(frozen=True)
class Questions:
    """What an index is asked before it is published; `key` stands for exactly these questions and this code."""

    labels: tuple[Label, ...]
    canaries: tuple[Canary, ...]
    key: str

    @classmethod
    def read(cls, settings: Settings, quick: bool) -> "Questions":
        labels = () if quick else read_labels(settings.evals / "test.jsonl")
        canaries = read_canaries(settings.knowledge)
        asked = json.dumps([__version__, [asdict(each) for each in labels], [asdict(each) for each in canaries]])
        return cls(labels, canaries, hashlib.sha256(asked.encode()).hexdigest()[:16])


def evaluate(engine: Engine, questions: Questions) -> Evaluation:
    """What the engine makes of the questions."""
    answers, failed = [], []
    for canary in questions.canaries:
        try:
            answer = engine.ask(canary.asked)
        except QuestionError as error:
            failed.append(f"{canary.lang} «{canary.question}»: {error}")
            continue
        answers.append(said(canary.id, canary.question, canary.lang, canary.kinds[0], answer))
        wrong = what_fails(canary, answer)
        if wrong is not None:
            failed.append(f"{canary.lang} «{canary.question}»: {wrong}")
    outcomes = []
    for label in questions.labels:
        answer = engine.ask(label.asked)
        answers.append(said(label.id, label.question, label.lang, label.kind, answer))
        outcomes.append(_outcome(label, answer))
    figures = grouped(outcomes) if outcomes else {}
    return Evaluation(questions.key, figures, len(questions.canaries), tuple(failed), tuple(answers))


def _outcome(label: Label, answer: Answer) -> Outcome:
    return outcome(label, lambda _: answer)


def read_evaluation(folder: Path) -> Evaluation | None:
    """The evaluation kept with an index version, with its answers, or None where there is none."""
    try:
        kept = json.loads((folder / EVALUATION).read_text("utf-8"))
        answers = _ANSWERS.validate_json((folder / ANSWERS).read_bytes())
        return replace(_KEPT.validate_python({name: kept[name] for name in _KEPT_NAMES}), answers=answers)
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None


def _in_use(settings: Settings, embedder: Embedder, say: Say) -> Engine | None:
    try:
        return open_engine(settings, current(settings.index_folder), embedder)
    except IndexUnusableError as error:
        if list_versions(settings.index_folder):
            say(f"nothing to compare with: {error.what}")
        return None


def _compared(
    old: Engine | None, new: Engine, after: Evaluation, questions: Questions, say: Say, accept: bool
) -> Publication:
    """The reasons against the new index, and what it changes."""
    if old is None or old.folder is None:
        return Publication(tuple(refusals(None, after)), (), evaluation=after)
    before = read_evaluation(old.folder)
    if before is None or before.key != questions.key:
        say(f"asking the same of {old.folder.name}, the index in use")
        before = evaluate(old, questions)
    found, steps = changes(before, after), changed_steps(old.documents, new.documents)
    reasons = list(refusals(before, after))
    if not accept:
        reasons += _unaccepted(found, steps)
    return Publication(
        tuple(reasons), (), None, after, changes=tuple(found), steps=tuple(steps), compared=old.folder.name
    )


def _unaccepted(found: Sequence[Change], steps: Sequence[str]) -> list[str]:
    emergencies = sum(change.emergency for change in found)
    mend = "read them below and, if every word is right, build with --accept"
    told = []
    if steps:
        told.append(f"emergency steps change: {', '.join(steps)}; {mend}")
    if emergencies:
        told.append(f"{emergencies} emergency answers change; {mend}")
    return told


def _keep(evaluation: Evaluation, folder: Path, quick: bool) -> None:
    """Keep the evaluation with the index: the figures to be shown, the answers to be compared with."""
    kept = {name: value for name, value in asdict(evaluation).items() if name in _KEPT_NAMES}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    told = {"at": at, "quick": quick, **kept, "missed": evaluation.missed}
    (folder / EVALUATION).write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    (folder / ANSWERS).write_bytes(_ANSWERS.dump_json(evaluation.answers))
