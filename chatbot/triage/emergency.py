"""Is somebody in danger now? Told from words alone; errs on the side of yes."""

from chatbot.triage.rules import Rule, first_fit, read_rules


def find_emergency(named: frozenset[str]) -> Rule | None:
    """The situation that the concepts named tell of, with its sections of steps, or None."""
    return first_fit(read_rules("emergency.json"), named)
