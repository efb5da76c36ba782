"""Which language is this question in? Learned from the knowledge files in every spelling that people use."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy import sparse

from chatbot.language.folding import words
from chatbot.language.hashing import char_grams, counted, of_unit_length, sparse_rows
from chatbot.language.table import spellings
from chatbot.linear import LinearModel, fit_linear

LONGEST_GRAM, GRAM_SPACE = 4, 2**15
PRIOR_WEIGHT = 2.5
"""Nats in favour of the language of the page or of the earlier question: it decides where the words do not."""


@dataclass(frozen=True)
class Detected:
    """The language to answer in; `foreign` is the code of another language that the question is in, or None."""

    lang: str
    foreign: str | None = None


@dataclass(frozen=True)
class _Foreign:
    code: str
    nearest: str
    scripts: frozenset[str]
    letters: frozenset[str]
    words: frozenset[str]


def fit_detection(texts: Iterable[tuple[str, str]]) -> LinearModel:
    """Learn from (language, text) pairs, each also in its language's other spellings."""
    rows, labels = [], []
    for lang, text in texts:
        for spelled in (text, *spellings(text, lang)):
            rows.append(spelled)
            labels.append(lang)
    return fit_linear(_grams(rows), labels, strength=20.0)


def detect(text: str, model: LinearModel | None, languages: Sequence[str], expected: str | None = None) -> Detected:
    """The language of `text` among `languages`; `expected` (the page's, the earlier question's) decides when unsure."""
    fallback = expected if expected is not None and expected in languages else languages[0]
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return Detected(fallback)
    lang = fallback if model is None else _likeliest(text, model, languages, expected)
    foreign = _foreign(text, letters, lang)
    if foreign is not None and foreign.code not in languages:
        return Detected(foreign.nearest if foreign.nearest in languages else fallback, foreign.code)
    return Detected(lang)


def language_shares(text: str, model: LinearModel) -> dict[str, float]:
    """How likely each language is by the letters of the text alone, whatever is expected; in [0, 1]."""
    return dict(zip(model.classes, (float(share) for share in model.probabilities(_grams([text]))[0]), strict=True))


def _likeliest(text: str, model: LinearModel, languages: Sequence[str], expected: str | None) -> str:
    scores = np.log(model.probabilities(_grams([text]))[0] + 1e-9)
    for number, lang in enumerate(model.classes):
        scores[number] += PRIOR_WEIGHT * (lang == expected)
        scores[number] -= 1e6 * (lang not in languages)
    return model.classes[int(scores.argmax())]


def _foreign(text: str, letters: list[str], lang: str) -> _Foreign | None:
    """A language that is not offered, told by its alphabet, by a letter that no other has, or by a word that its
    nearest, `lang`, lacks."""
    scripts = [unicodedata.name(letter, "").partition(" ")[0] for letter in letters]
    most = max(set(scripts), key=scripts.count)
    asked, lowered = set(words(text)), set(text.lower())
    for language in _foreign_languages():
        if most in language.scripts or lowered & language.letters:
            return language
        if lang == language.nearest and asked & language.words:
            return language
    return None


@cache
def _foreign_languages() -> tuple[_Foreign, ...]:
    data: Mapping[str, dict[str, list[str] | str]] = json.loads(
        files("chatbot.language").joinpath("tables/foreign.json").read_text("utf-8")
    )
    return tuple(
        _Foreign(
            code=code,
            nearest=str(entry["nearest"]),
            scripts=frozenset(entry["scripts"]),
            letters=frozenset(entry["letters"]),
            words=frozenset(folded for word in entry["words"] for folded in words(word)),
        )
        for code, entry in data.items()
    )


def _grams(texts: Sequence[str]) -> sparse.csr_matrix:
    rows = (counted(char_grams(_lowered(text), 1, LONGEST_GRAM), GRAM_SPACE) for text in texts)
    return sparse_rows([of_unit_length(row) for row in rows], GRAM_SPACE)


def _lowered(text: str) -> str:
    whole = text.encode("utf-8", "ignore").decode("utf-8")  # a half of a surrogate pair can't be hashed
    return unicodedata.normalize("NFC", whole.replace("İ", "i").lower()).replace("\u0307", "")
