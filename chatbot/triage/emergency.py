"""Is somebody in danger now? Told from words alone; errs on the side of yes."""

from chatbot.triage.concepts import concepts
from chatbot.triage.rules import Rule, first_fit, read_rules


def find_emergency(folded: str) -> Rule | None:
    """The situation that the folded text tells of, with its sections of steps, or None."""
    return first_fit(read_rules("emergency.json"), concepts(folded))
