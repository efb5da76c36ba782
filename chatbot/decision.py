"""Triage and hits -> Decision: emergency, refusal, answer or no answer, with the sections to quote.

No score is compared with a threshold. A linear model weighs the words, the vector and how well the files match, and the
kind is taken that costs least to get wrong; docs/decisions says why. Without that model, triage decides alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from chatbot.features import extended
from chatbot.learned import Learned, Scale
from chatbot.question import Query
from chatbot.retriever import SIGNALS, Hit, Retrieved
from chatbot.triage.concepts import concepts
from chatbot.triage.emergency import find_emergency
from chatbot.triage.harm import find_harm
from chatbot.triage.rules import Rule, read_rules
from chatbot.triage.scope import find_scope

Floats = npt.NDArray[np.float32]

Kind = Literal["emergency", "refusal", "answer", "no_answer"]
Reason = Literal["off_topic", "not_in_files"]

MOST_QUOTED = 3
NUMBERED = [SIGNALS.index(name) for name in ("passage", "question", "questions", "words", "grams")]
NOTHING_FOUND = -9.0
"""The score, in log-odds, where no section of a group was found."""
VECTOR_WEIGHT, NUMBERS_WEIGHT = 2.0, 0.3
"""Of the vector and of the retrieval's numbers against the words; chosen by cross-validation on `train`."""
VOTES_WEIGHT, LEAST_VOTE = 0.3, 0.02
MISSED_EMERGENCY = 5.0
"""What it costs to miss an emergency that a rule of triage tells from the words, where any other mistake costs 1: the
highest of the prices tried, none of which lost right kinds in cross-validation on `train`."""
MISSED_REFUSAL = 3.0
"""The same for a harmful wish: of the prices tried on 1,060 questions of strangers the middle one; each found more of
them, and none cost right kinds."""
CRY = "cry"
CALLS = frozenset({CRY, "exclaim"})
RULES_OF = {"emergency": "emergency.json", "refusal": "harm.json"}


@dataclass(frozen=True)
class Triage:
    """What the words alone say of a question. `cry`: it is a cry for help and nothing else."""

    named: frozenset[str]
    emergency: Rule | None
    harm: Rule | None
    scope: Rule | None
    cry: bool = False

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that the rules name, `document#section`, the most urgent first."""
        return (*(self.emergency.sections if self.emergency else ()), *(self.harm.sections if self.harm else ()))

    @property
    def domain(self) -> bool:
        """Whether a word of the chatbot's subject is named."""
        return "scope_domain" in self.named

    @property
    def flags(self) -> frozenset[str]:
        """The concepts and the rules that fit, as names."""
        rules = (f"rule:{rule.name}" for rule in (self.emergency, self.harm, self.scope) if rule)
        kinds = (f"fits:{name}" for name in ("emergency", "harm", "scope") if getattr(self, name))
        return self.named | frozenset(rules) | frozenset(kinds)


@dataclass(frozen=True)
class Decision:
    """`hits`: the sections to quote, the best first; `reason`: why there is no answer; `confidence`: the calibrated
    probability that kind and first section are right; `likelihood`: the probability of each kind or reason."""

    kind: Kind
    reason: Reason | None
    hits: tuple[Hit, ...]
    confidence: float
    likelihood: Mapping[str, float]


def triage(query: Query) -> Triage:
    """What the words of the query say; needs no index and no model. An emergency is told from the newest question and,
    in a follow-up, from both together."""
    own = concepts(query.own)
    both = own if query.folded == query.own else concepts(query.folded)
    emergency = find_emergency(own) or find_emergency(both)
    return Triage(
        named=both,
        emergency=emergency,
        harm=find_harm(own) or find_harm(both),
        scope=find_scope(own),
        cry=emergency is not None and emergency.name == CRY and _only_calls(query.own),
    )


def _only_calls(folded: str) -> bool:
    """Whether each word by itself is a cry for help or an exclamation."""
    return all(concepts(word) & CALLS for word in folded.split())


def decide(told: Triage, retrieved: Retrieved, learned: Learned | None) -> Decision:
    """The decision for one question."""
    if learned is None:
        return _decide_by_rules(told, retrieved)
    features = kind_features(retrieved, learned.numbers, learned.neighbours.votes(retrieved.features)[0])
    likelihood = _likelihood(learned, features)
    kind, reason = split_label(cheapest(likelihood, told))
    hits = quoted_hits(kind, retrieved.hits)
    right = learned.right.probabilities(right_features([likelihood], [hits]))[0]
    confidence = float(right[learned.right.classes.index("right")])
    return Decision(kind, reason, hits, confidence, likelihood)


def cheapest(likelihood: Mapping[str, float], told: Triage) -> str:
    """The kind or reason that costs least in expectation: the likeliest, but for danger or harm that triage tells. A
    cry for help that says nothing else is an emergency: no other word speaks for another reading."""
    if told.cry:
        return "emergency"
    price = {
        "emergency": MISSED_EMERGENCY if told.emergency else 1.0,
        "refusal": MISSED_REFUSAL if told.harm else 1.0,
    }
    return max(likelihood, key=lambda name: likelihood[name] * price.get(name, 1.0))


def split_label(label: str) -> tuple[Kind, Reason | None]:
    """A class of the learned model -> kind and reason."""
    return _LABELS[label]


_LABELS: Mapping[str, tuple[Kind, Reason | None]] = {
    "emergency": ("emergency", None),
    "refusal": ("refusal", None),
    "answer": ("answer", None),
    "off_topic": ("no_answer", "off_topic"),
    "not_in_files": ("no_answer", "not_in_files"),
}


def quoted_hits(kind: Kind, hits: Sequence[Hit], most: int | None = MOST_QUOTED) -> tuple[Hit, ...]:
    """Of the hits those that such a decision may quote, at most `most`: steps in an emergency, rules in a refusal."""
    if kind == "no_answer":
        return ()
    fitting = list(hits)
    if kind in RULES_OF:
        allowed = _sections_of(kind)
        fitting = [hit for hit in hits if hit.name in allowed] or fitting
    return tuple(fitting[:most])


@cache
def _sections_of(kind: str) -> frozenset[str]:
    """The sections that the rules of a kind name: steps in an emergency, what forbids in a refusal."""
    return frozenset(section for rule in read_rules(RULES_OF[kind]) for section in rule.sections)


def kind_features(retrieved: Retrieved, scale: Scale, votes: Floats) -> sparse.csr_matrix:
    """(1, n): the features of the text, the scaled numbers of the retrieval, and the votes of the nearest labelled
    questions as (classes,) shares. What triage says is not among them: its phrases were written with the labelled
    questions at hand, so there they fit better than they ever will again."""
    numbers = NUMBERS_WEIGHT * (retrieval_numbers(retrieved) - np.array(scale.mean)) / np.array(scale.spread)
    more = np.concatenate([numbers, VOTES_WEIGHT * np.log(votes + LEAST_VOTE)]).astype(np.float32)
    return extended(retrieved.features, VECTOR_WEIGHT, more)


def retrieval_numbers(retrieved: Retrieved) -> Floats:
    """(12,) how well the files match the question: the best of each signal, the best score of a section with steps, of
    one with a rule and of any other, and how far the first section is ahead."""
    best = [max((hit.evidence[signal] for hit in retrieved.hits), default=0.0) for signal in NUMBERED]
    first, second = [*(hit.score for hit in retrieved.hits[:2]), NOTHING_FOUND, NOTHING_FOUND][:2]
    return np.array(
        [
            *best,
            retrieved.known_words,
            float(retrieved.dense),
            *_best_scores(retrieved.hits),
            first,
            first - second,
        ],
        dtype=np.float32,
    )


def _best_scores(hits: Sequence[Hit]) -> list[float]:
    """The best score of a section with steps, of one with a rule, and of any other."""
    scores = {"emergency": NOTHING_FOUND, "refusal": NOTHING_FOUND, "answer": NOTHING_FOUND}
    steps, rules = _sections_of("emergency"), _sections_of("refusal")
    for hit in hits:
        kind = "emergency" if hit.name in steps else "refusal" if hit.name in rules else "answer"
        scores[kind] = max(scores[kind], hit.score)
    return list(scores.values())


def right_features(likelihoods: Sequence[Mapping[str, float]], hits: Sequence[Sequence[Hit]]) -> Floats:
    """(n, 4): how sure the kind is, and how far the first section is ahead of the second."""
    rows = []
    for likelihood, found in zip(likelihoods, hits, strict=True):
        ordered = sorted(likelihood.values(), reverse=True)
        ahead = found[0].score - found[1].score if len(found) > 1 else 0.0
        rows.append([np.log(ordered[0] + 1e-6), ordered[0] - ordered[1], ahead, float(bool(found))])
    return np.array(rows, dtype=np.float32)


def _likelihood(learned: Learned, features: sparse.csr_matrix) -> dict[str, float]:
    scores = learned.kinds.scores(features)[0] / learned.temperature
    raised = np.exp(scores - scores.max())
    return dict(zip(learned.kinds.classes, (raised / raised.sum()).tolist(), strict=True))


def _decide_by_rules(told: Triage, retrieved: Retrieved) -> Decision:
    """Words only: an emergency or a harmful wish by rule, an answer where the files know most of the words."""
    label = "answer" if retrieved.hits and (told.domain or retrieved.known_words == 1.0) else "off_topic"
    if told.scope is not None:
        label = told.scope.name.partition(":")[0]
    if told.harm is not None:
        label = "refusal"
    if told.emergency is not None:
        label = "emergency"
    kind, reason = split_label(label)
    return Decision(kind, reason, quoted_hits(kind, retrieved.hits), 0.5, {label: 1.0})
