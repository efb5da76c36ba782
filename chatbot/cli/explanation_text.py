"""Explanation -> plain text for a terminal, and JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from chatbot.explaining import Candidate, Explanation, FittingRule


def explanation_json(found: Explanation) -> str:
    return json.dumps(asdict(found), ensure_ascii=False)


def explanation_text(found: Explanation) -> str:
    return "\n".join(_lines(found))


def _lines(found: Explanation) -> Iterator[str]:
    yield f"question    {found.question}"
    yield f"index       {found.index}"
    yield f"language    {found.lang}: {found.why_lang}"
    if found.shares:
        yield f"            {_shares(found.shares)}"
    yield f"embedded    {found.spelled}"
    yield f"folded      {found.folded}"
    yield f"concepts    {', '.join(found.concepts) or 'none'}"
    for kind, rule in found.rules.items():
        yield f"{kind:<12}{_rule(rule)}"
    yield f"known words {found.known_words:.2f} of the question's words are in the files"
    if not found.dense:
        yield "            the embedding model is missing: words alone decided"
    yield "candidates  (* chosen, + quoted; after each signal what it adds to the score)"
    for candidate in found.candidates:
        yield f"  {_candidate(candidate)}"
    yield f"decision    {found.kind}{f' ({found.reason})' if found.reason else ''}, confidence {found.confidence:.2f}"
    yield f"            {_shares(found.likelihood)}"
    for quote in found.quotes:
        yield f"quote       {quote.lang} {quote.section} {quote.start}-{quote.end} of {quote.sha256[:16]}"
        yield from (f"            {line}" for line in quote.text.splitlines())
    if found.notice:
        yield f"notice      {found.notice}"
    times = ", ".join(f"{stage} {spent:.1f}" for stage, spent in found.milliseconds.items())
    yield f"time, ms    {times}; together {sum(found.milliseconds.values()):.1f}"


def _shares(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:.3f}" for name, share in shares.items())


def _rule(rule: FittingRule | None) -> str:
    if rule is None:
        return "no rule fits"
    named = " and ".join(" or ".join(group) for group in rule.by)
    return f"{rule.name} -> {', '.join(rule.sections) or 'no section'}, because of {named}"


def _candidate(candidate: Candidate) -> str:
    mark = ("*" if candidate.chosen else " ") + ("+" if candidate.quoted else " ")
    signals = ", ".join(f"{name} {value:.2f} ({adds:+.2f})" for name, (value, adds) in candidate.signals.items())
    return f"{mark} {candidate.score:8.2f} {candidate.section}: {signals}"
