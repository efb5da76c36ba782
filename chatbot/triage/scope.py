"""Is the question outside what the files hold? Told from words alone, after danger and harm have been ruled out.

A rule's name begins with the reason, `off_topic:` or `not_in_files:`. `scope_*` concepts are those of `phrases/scope.*`.
"""

from chatbot.triage.concepts import concepts
from chatbot.triage.rules import Rule, first_fit, read_rules

_TIES = frozenset(
    {"scope_mine", "scope_blast", "scope_domain", "scope_anama", "scope_deminer", "scope_tie"},
)


def find_scope(folded: str) -> Rule | None:
    """The rule that puts the folded text outside the files, or None: then nothing is known, not that it is inside."""
    return first_fit(read_rules("scope.json"), concepts(folded))


def has_tie(folded: str) -> bool:
    """Whether any word ties the folded text to mines or to life beside them. Nearly every fitting question has one."""
    return not _TIES.isdisjoint(concepts(folded))
