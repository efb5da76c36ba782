"""The pages about security: each file that they name is there, and they say of each point what they count."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASVS = (ROOT / "docs" / "asvs.md").read_text("utf-8")
POINTS = 70
STATES = {"met": "met", "met behind https": "met", "–": "do not apply", "in part": "rest", "not met": "rest"}


@pytest.mark.parametrize("page", ["docs/asvs.md", "docs/security.md", "SECURITY.md"])
def test_named_files_are_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"`((?:tests|chatbot|docs)/[\w./-]+|constraints\.txt)`", text)
    linked = re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", text)
    assert [each for each in named if not (ROOT / each).exists()] == []
    assert [each for each in linked if not ((ROOT / page).parent / each).exists()] == []


def test_each_point_has_a_state_and_the_sum_is_right() -> None:
    counted = dict.fromkeys(STATES.values(), 0)
    for row in re.findall(r"^\| \d.*$", ASVS, re.MULTILINE):
        number, _, state, shown = (part.strip() for part in row.strip("|").split("|"))
        assert shown
        counted[STATES[state]] += 5 if " to " in number else 1
    assert sum(counted.values()) == POINTS
    said = f"{counted['met']} are met, {counted['do not apply']} do not apply, and {counted['rest']} are not met"
    assert said in ASVS
