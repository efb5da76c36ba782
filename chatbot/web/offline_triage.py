"""What tells danger and harm from words alone, in one JSON: phrases and rules of all languages, for people mix them.

The script static/triage.js reads it as chatbot/triage reads its files; tests hold the two against each other.
"""

import json
from functools import cache
from typing import Any

from chatbot.question import LONGEST_FOLLOW_UP, follow_up_marks
from chatbot.triage.concepts import LONGEST_GAP, SHORTEST_MISTYPED, folded_phrases
from chatbot.triage.rules import Rule, read_rules
from chatbot.web.packed import Packed

RULES = {"emergency": "emergency.json", "refusal": "harm.json", "no_answer": "scope.json"}
"""By the kind of answer that they lead to, in the order in which they decide."""


@cache
def packed_triage() -> Packed:
    """The JSON, made once: it changes only with the program."""
    return Packed(json.dumps(triage_json(), ensure_ascii=False, separators=(",", ":")).encode(), "application/json")


def triage_json() -> dict[str, Any]:
    """Phrases by concept, rules by kind, and how questions are read that lean on the one before."""
    return {
        "longest_gap": LONGEST_GAP,
        "shortest_mistyped": SHORTEST_MISTYPED,
        "phrases": folded_phrases(),
        "rules": {kind: [_rule(rule) for rule in read_rules(name)] for kind, name in RULES.items()},
        "follow_ups": {**follow_up_marks(), "longest": LONGEST_FOLLOW_UP},
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "sections": rule.sections,
        "any_of": [sorted(group) for group in rule.any_of],
        "none_of": sorted(rule.none_of),
    }
