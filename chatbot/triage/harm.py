"""Does somebody ask for what would harm? Told from words alone, whatever the pretext."""

from chatbot.triage.rules import Rule, first_fit, read_rules


def find_harm(named: frozenset[str]) -> Rule | None:
    """The wish that the concepts named tell of, with the sections of the rule against it, or None."""
    return first_fit(read_rules("harm.json"), named)
