"""Is a question outside what the files hold? Told from its words alone, once danger and harm have been ruled out.

The rules of `scope.json` read the concepts `scope_*` of `phrases/scope.<lang>.json`; their names begin with the reason,
`off_topic:` or `not_in_files:`. Of those concepts some only say what ties a question to mines:
`scope_mine` (the many-sided word itself), `scope_blast`, `scope_domain`, `scope_deminer` and `scope_anama` are the
subject and rule out every family of other subjects; `scope_tie` is the life beside it (paths, fields, children, fear),
which rules out only what is weak: `scope_ordinary`, the everyday words of other subjects.
"""

from chatbot.triage.rules import Rule, first_fit, read_rules

_TIES = frozenset({"scope_mine", "scope_blast", "scope_domain", "scope_deminer", "scope_anama", "scope_tie"})


def find_scope(named: frozenset[str]) -> Rule | None:
    """The first rule by which the concepts named lie outside the files. None says nothing: it may still be outside."""
    return first_fit(read_rules("scope.json"), named)


def has_tie(named: frozenset[str]) -> bool:
    """Whether a concept ties a question to mines or to life beside them; few questions that we answer have none."""
    return not _TIES.isdisjoint(named)
