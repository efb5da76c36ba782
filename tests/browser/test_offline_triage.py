"""The script that tells danger and harm without network says what the server says, rule for rule."""

import json
from typing import Any

from playwright.sync_api import Page
from test_triage import EMERGENCIES, HARMLESS, HARMS

from chatbot.language.folding import fold
from chatbot.question import is_follow_up
from chatbot.settings import Settings
from chatbot.triage.concepts import concepts
from chatbot.triage.emergency import find_emergency
from chatbot.triage.harm import find_harm
from chatbot.triage.rules import Rule
from chatbot.triage.scope import find_scope

TOLD = """async (texts) => {
  const { Triage } = await import("/static/triage.js");
  const { Folding } = await import("/static/folding.js");
  const rules = await (await fetch("/offline/triage.json")).json();
  const guidance = await (await fetch("/offline/az.json")).json();
  const triage = new Triage(rules), folding = new Folding(guidance.folding);
  return texts.map((text) => {
    const folded = folding.fold(text);
    const told = ["emergency", "refusal", "no_answer"].map((kind) => triage.rule(kind, folded));
    return {
      rules: told.map((rule) => rule && [rule.name, rule.sections]),
      concepts: [...triage.concepts(folded)].sort(),
      follows: triage.isFollowUp(folded),
    };
  });
}"""


def outcome(text: str) -> dict[str, Any]:
    """What the server's own triage tells of the text, in the script's shape."""
    folded = fold(text)
    named = concepts(folded)
    rules = [find(named) for find in (find_emergency, find_harm, find_scope)]
    return {
        "rules": [told(rule) for rule in rules],
        "concepts": sorted(named),
        "follows": is_follow_up(folded),
    }


def told(rule: Rule | None) -> list[Any] | None:
    return [rule.name, list(rule.sections)] if rule else None


def labelled(settings: Settings) -> list[str]:
    lines = (settings.evals / "test.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def test_triage_is_the_servers(page: Page, settings: Settings) -> None:
    cases = [text for table in (EMERGENCIES, HARMS) for texts in table.values() for text in texts]
    texts = [*cases, *HARMLESS, *labelled(settings), "", "112", "😀", "ﬁ ́ MİNA"]
    page.goto("/az/about")
    found = page.evaluate(TOLD, texts)
    assert len(found) > 800
    assert {text: got for text, got in zip(texts, found, strict=True) if got != outcome(text)} == {}


def test_slips_of_the_finger_are_read_alike(page: Page, settings: Settings) -> None:
    texts = [slipped(text, number) for number, text in enumerate(labelled(settings))]
    page.goto("/az/about")
    found = page.evaluate(TOLD, texts)
    assert {text: got for text, got in zip(texts, found, strict=True) if got != outcome(text)} == {}


def slipped(text: str, number: int) -> str:
    """The text with letters left out, doubled or swapped, another way for each number."""
    at = 2 + number % max(len(text) - 4, 1)
    swapped = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    return [text[:at] + text[at + 1 :], swapped, text[:at] + "k" + text[at:]][number % 3]
