"""Does somebody ask for what would harm? Told from words alone, whatever the pretext."""

from chatbot.triage.concepts import concepts
from chatbot.triage.rules import Rule, first_fit, read_rules


def find_harm(folded: str) -> Rule | None:
    """The wish that the folded text tells of, with the sections of the rule against it, or None."""
    return first_fit(read_rules("harm.json"), concepts(folded))
