"""Redacted questions -> gaps: groups of the same meaning, shown only where enough people asked.

Vectors of one language share much that is not meaning, so the mean of the language's stored questions is taken off
first. On the 450 first questions without an answer in evals/train.jsonl, one wording a language and situation, pairs
put together so are of one situation in 71 of 100 cases (with raw cosines: 19), and 28 of 100 such pairs are found; on
the 150 in evals/test.jsonl, redacted, in 65 of 100 cases, and 24 of 100 are found.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering

from chatbot.index.store import Index
from chatbot.language.folding import STEM_LENGTH, fold, terms, words
from chatbot.records.redaction import MARK, hide, is_common
from chatbot.records.store import OpenQuestion

Floats = npt.NDArray[np.float32]
Vectors = Callable[[Sequence[str], Sequence[str]], Floats | None]
"""Texts and their languages -> (n, d) rows of unit length, or None where there is no model."""

WORDS_WEIGHT = 0.1
FARTHEST = 0.7
FARTHEST_BY_WORDS = 0.6
MOST_WORDINGS = 6
MOST_COMMENTS = 3


@dataclass(frozen=True)
class Wording:
    """A redacted wording, and how often it was used."""

    lang: str
    text: str
    count: int


@dataclass(frozen=True)
class Gap:
    """Questions of one meaning. `number`: its place in the list; `causes`: why they are here; `wordings` and
    `comments`: some of them, the most frequent first."""

    number: int
    count: int
    langs: Mapping[str, int]
    causes: Mapping[str, int]
    newest: date
    wordings: tuple[Wording, ...]
    comments: tuple[str, ...]


def find_gaps(
    questions: Sequence[OpenQuestion], vectors: Vectors, needed: int, known: Collection[str]
) -> tuple[Gap, ...]:
    """The groups of at least `needed` questions, the largest first. A word that is not `known`, and so may be a name,
    is shown where at least as many of the group's questions have it."""
    wordings: dict[tuple[str, str], list[OpenQuestion]] = {}
    for each in questions:
        wordings.setdefault((each.lang, fold(_bare(each.text))), []).append(each)
    asked = list(wordings.values())
    groups: dict[int, list[list[OpenQuestion]]] = {}
    for label, same in zip(_labels(asked, vectors), asked, strict=True):
        groups.setdefault(label, []).append(same)
    shown = [group for group in groups.values() if sum(map(len, group)) >= needed]
    shown.sort(key=lambda group: (-sum(map(len, group)), min(same[0].text for same in group)))
    return tuple(_gap(number, group, needed, known) for number, group in enumerate(shown, start=1))


def language_vectors(index: Index, embed: Callable[[Sequence[str]], Floats]) -> Vectors:
    """Vectors of redacted questions, from which their language's mean is taken off."""
    rows = index.question_vectors.reconstruct_n(0, index.question_vectors.ntotal)
    langs = np.array([question.lang for question in index.questions])
    means = {lang: rows[langs == lang].mean(axis=0) for lang in index.languages if (langs == lang).any()}
    nothing = np.zeros(index.question_vectors.d, dtype=np.float32)

    def vectors(texts: Sequence[str], languages: Sequence[str]) -> Floats:
        found = embed([_bare(text) for text in texts])
        found = found - np.stack([means.get(lang, nothing) for lang in languages])
        unit: Floats = (found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
        return unit

    return vectors


def by_words(texts: Sequence[str], languages: Sequence[str]) -> None:
    """No vectors: the model is missing, and words alone say what is alike."""


def _labels(asked: Sequence[Sequence[OpenQuestion]], vectors: Vectors) -> Iterable[int]:
    """A group's label for each wording. Complete linkage: any two in a group are alike."""
    if len(asked) < 2:
        return range(len(asked))
    texts = [same[0].text for same in asked]
    rows = vectors(texts, [same[0].lang for same in asked])
    unlike = _unlike_words(texts)
    distances = unlike if rows is None else np.clip(1 - rows @ rows.T, 0, None) + WORDS_WEIGHT * unlike
    np.fill_diagonal(distances, 0)
    farthest = FARTHEST_BY_WORDS if rows is None else FARTHEST
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="complete", distance_threshold=farthest
    )
    found: list[int] = clusters.fit_predict(distances).tolist()
    return found


def _unlike_words(texts: Sequence[str]) -> Floats:
    """(n, n) float32: one minus the share of folded terms that two texts have in common."""
    held = [frozenset(terms(_bare(text))) for text in texts]
    known = {term: column for column, term in enumerate(sorted(set().union(*held)))}
    marks = np.zeros((len(texts), max(len(known), 1)), dtype=np.float32)
    for row, each in enumerate(held):
        marks[row, [known[term] for term in each]] = 1
    common = marks @ marks.T
    sizes = marks.sum(axis=1)
    unlike: Floats = 1 - common / np.maximum(sizes[:, None] + sizes[None, :] - common, 1)
    return unlike


def _gap(number: int, group: list[list[OpenQuestion]], needed: int, known: Collection[str]) -> Gap:
    group = sorted(group, key=lambda same: (-len(same), same[0].text))
    everything = [each for same in group for each in same]
    used = Counter(stem for each in everything for stem in {word[:STEM_LENGTH] for word in words(each.text)})

    def shown(folded: str) -> bool:
        return is_common(folded, known) or used[folded[:STEM_LENGTH]] >= needed

    return Gap(
        number=number,
        count=len(everything),
        langs=dict(Counter(each.lang for each in everything).most_common()),
        causes=dict(Counter(each.cause for each in everything).most_common()),
        newest=max(each.day for each in everything),
        wordings=tuple(Wording(same[0].lang, hide(same[0].text, shown), len(same)) for same in group[:MOST_WORDINGS]),
        comments=tuple(dict.fromkeys(hide(each.comment, shown) for each in everything if each.comment))[:MOST_COMMENTS],
    )


def _bare(text: str) -> str:
    return text.replace(MARK, " ")
