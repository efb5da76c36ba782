"""The gate on a small knowledge folder: each reason for which it refuses, and that the old index stays in use."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from fakes import hashing_embedder
from knowledge_files import MINES, WATER, document_text, head, write, write_tiny

from chatbot import publishing
from chatbot.canaries import CANARIES
from chatbot.checks import Finding
from chatbot.embedder import Embedder
from chatbot.errors import IndexUnusableError, KnowledgeError
from chatbot.index.versions import current, list_versions
from chatbot.publishing import EVALUATION, Publication, publish_knowledge, read_evaluation
from chatbot.settings import Settings

STEPS = "en/emergency-object.md"
CANARY = {
    "question": "I found a mine",
    "lang": "en",
    "kinds": ["emergency"],
    "section": "emergency-object#found",
    "says": ["112"],
}
LABELS = [
    {"question": "What mines look like, green or grey?", "kind": "answer", "sections": ["emergency-object#looks"]},
    {"question": "floods river bank", "kind": "answer", "sections": ["water#rivers"]},
    {"question": "I found a mine", "kind": "emergency", "sections": ["emergency-object#found"]},
]


@dataclass
class Small:
    """A small knowledge folder with a canary and labelled questions; `said` is what its publications said."""

    settings: Settings
    embedder: Embedder
    said: list[str] = field(default_factory=list)

    def publish(self, **options: bool) -> Publication:
        return publish_knowledge(self.settings, self.said.append, self.embedder, **options)

    def write_canary(self, **other: object) -> None:
        write(self.settings.knowledge, CANARIES, json.dumps({**CANARY, **other}) + "\n")

    def edit(self, name: str, body: str, old: str, new: str) -> None:
        assert old in body
        write(self.settings.knowledge, name, document_text(body.replace(old, new), title="Mines"))

    @property
    def in_use(self) -> str:
        return current(self.settings.index_folder).name


@pytest.fixture
def small(tmp_path: Path) -> Small:
    knowledge = write_tiny(tmp_path / "knowledge", first="emergency-object")
    lines = [
        json.dumps({"id": str(number), "idea": str(number), "lang": "en", "style": "plain", **label})
        for number, label in enumerate(LABELS)
    ]
    write(tmp_path, "evals/test.jsonl", "\n".join(lines))
    settings = Settings(knowledge=knowledge, index=tmp_path / "index", evals=tmp_path / "evals")
    found = Small(settings, hashing_embedder()[0])
    found.write_canary()
    return found


def test_first_publication_is_checked_questioned_and_kept(small: Small) -> None:
    found = small.publish()
    assert (found.published, found.compared) == (True, None)
    assert small.said == ["asking 3 labelled questions and 1 canaries"]
    kept = json.loads((current(small.settings.index_folder) / EVALUATION).read_text("utf-8"))
    assert kept["figures"]["all"]["questions"] == 3
    assert (kept["canaries"], kept["failed"], kept["quick"]) == (1, [], False)
    assert read_evaluation(current(small.settings.index_folder)) == found.evaluation


def test_first_publication_that_misses_bars_is_published_and_says_which(small: Small) -> None:
    write(small.settings.evals, "test.jsonl", (small.settings.evals / "test.jsonl").read_text().replace("rivers", "x"))
    found = small.publish()
    assert found.published
    assert found.evaluation is not None
    assert any("section_first" in line for line in found.evaluation.missed)


Spoil = Callable[[Small], object]

REFUSED: dict[str, tuple[Spoil, str]] = {
    "check": (
        lambda small: write(small.settings.knowledge, "en/water.md", "no front matter\n"),
        "water.md:1: the front matter is missing",
    ),
    "review": (
        lambda small: (
            write(
                small.settings.knowledge,
                "en/water.md",
                f"---\n{head('Water').replace('2099', '2020')}---\n\n{WATER}",
            )
            and None
        ),
        "`review_by` passed",
    ),
    "canary number": (
        lambda small: small.edit(STEPS, MINES, "call 112", "call 113"),
        "canary: en «I found a mine»: its quote does not hold 112",
    ),
    "canary longer number": (
        lambda small: small.edit(STEPS, MINES, "call 112", "call 1123"),
        "canary: en «I found a mine»: its quote does not hold 112",
    ),
    "canary section": (
        lambda small: (
            small.edit(STEPS, MINES, "{#found}", "{#seen}"),
            write(small.settings.knowledge, "en/emergency-object.questions.yaml", "seen:\n- I found a mine\n"),
        ),
        "canary: en «I found a mine»: it quotes",
    ),
    "emergency words": (
        lambda small: small.edit(STEPS, MINES, "Do not touch it", "Touch it"),
        "emergency steps change: en/emergency-object#found",
    ),
    "emergency answer": (
        lambda small: small.edit(STEPS, MINES, "Do not touch it", "Touch it"),
        "2 emergency answers change",
    ),
    "bar": (
        lambda small: small.edit("en/water.md", WATER, "{#rivers}", "{#streams}"),
        "a bar that the index in use meets is missed: all: section_first is 0.667",
    ),
    "figure": (
        lambda small: small.edit("en/water.md", WATER, "{#rivers}", "{#streams}"),
        "section_first is 0.667, in the index in use 1.000; it may differ by 0.010",
    ),
}


@pytest.mark.parametrize(("spoil", "reason"), REFUSED.values(), ids=REFUSED)
def test_gate_refuses_and_the_old_index_stays(small: Small, spoil: Spoil, reason: str) -> None:
    assert small.publish().published
    before = small.in_use
    spoil(small)
    found = small.publish()
    assert not found.published
    assert reason in "\n".join(found.reasons)
    assert small.in_use == before
    assert len(list_versions(small.settings.index_folder)) == 1


def test_changed_answer_is_shown_with_both_quotes(small: Small) -> None:
    small.publish()
    small.edit("en/water.md", WATER, "Floods carry", "Great floods carry")
    found = small.publish()
    assert found.published
    change = next(each for each in found.changes if each.question == "floods river bank")
    assert "Floods carry" in change.before.quotes[0][1]
    assert "Great floods carry" in change.after.quotes[0][1]
    assert not change.emergency


def test_emergency_change_is_published_once_it_is_accepted(small: Small) -> None:
    small.publish()
    before = small.in_use
    small.edit(STEPS, MINES, "Move away, then", "Move away at once, then")
    refused = small.publish()
    assert not refused.published
    assert [each.question for each in refused.changes if each.emergency] == ["I found a mine", "I found a mine"]
    found = small.publish(accept=True)
    assert found.published
    assert found.steps == ("en/emergency-object#found",)
    assert small.in_use != before


def test_accepting_does_not_help_against_a_canary(small: Small) -> None:
    small.publish()
    small.edit(STEPS, MINES, "call 112", "call 911")
    assert [each for each in small.publish(accept=True).reasons if "canary" in each]
    small.write_canary(says=["911"])
    assert small.publish(accept=True).published


def test_quick_publication_asks_the_canaries_alone(small: Small) -> None:
    small.publish()
    small.edit("en/water.md", WATER, "{#rivers}", "{#streams}")
    found = small.publish(quick=True)
    assert found.published
    assert "asking 0 labelled questions and 1 canaries" in small.said
    small.edit(STEPS, MINES, "call 112", "call 113")
    assert not small.publish(quick=True, accept=True).published


def test_index_in_use_is_asked_again_where_the_questions_changed(small: Small) -> None:
    small.publish()
    small.said.clear()
    small.publish()
    assert small.said == ["asking 3 labelled questions and 1 canaries"]
    small.write_canary(question="There is a mine here")
    small.publish()
    assert small.said[-1] == "asking the same of 000002-" + small.in_use.partition("-")[2] + ", the index in use"


def test_missing_questions_are_told_but_stop_nothing(small: Small) -> None:
    found = small.publish()
    assert {each.rule for each in found.findings} == {"questions"}
    assert found.published


def test_publication_of_files_edited_meanwhile_is_refused(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    check = publishing.check_knowledge

    def checked_then_edited(folder: Path, today: date) -> list[Finding]:
        findings = check(folder, today)
        small.edit("en/water.md", WATER, "Floods", "Rains")
        return findings

    monkeypatch.setattr(publishing, "check_knowledge", checked_then_edited)
    found = small.publish()
    assert found.reasons == ("the files were edited meanwhile; run `chatbot build` again",)


def test_wrong_canary_is_an_error_with_its_line(small: Small) -> None:
    write(small.settings.knowledge, CANARIES, '\n{"question": "a"}\n')
    with pytest.raises(KnowledgeError, match=r"canaries.jsonl:2: this is no canary"):
        small.publish()


def test_index_that_can_not_be_written_is_an_error(small: Small) -> None:
    write(small.settings.knowledge.parent, "file", "")
    small.settings = small.settings.having(index=small.settings.knowledge.parent / "file")
    with pytest.raises(IndexUnusableError, match="can't be written"):
        small.publish()
