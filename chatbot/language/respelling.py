"""Words as their language usually spells them: slips of the finger taken back; and, for the embedding alone, the usual
letters, for its model has seen little text in other alphabets.

Only a text that has none of its language's own letters is spelled anew (Azerbaijani without diacritics or in Cyrillic,
Russian in Latin letters), and one in capitals made small. Nothing that is quoted or shown passes through here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from chatbot.language.folding import STEM_LENGTH, fold
from chatbot.language.slips import Lexicon, without_slip
from chatbot.language.table import language_table, own_spelling

_WORD = re.compile(r"[\w'’ʼ]+")


@dataclass(frozen=True)
class Spelling:
    """`usual`: language -> folded word -> the word as clean writing spells it most often; the commonest first."""

    usual: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def mended(self, text: str, lang: str) -> str:
        """The text with each mistyped word as it was meant; capitals stay capitals."""
        if text.isupper():
            small = lowered(text, lang)
            mended = self.mended(small, lang)
            return text if mended == small else raised(mended, lang)
        lexicon = self._lexicons.get(lang)
        if lexicon is None:
            return text
        return _WORD.sub(lambda found: without_slip(lowered(found[0], lang), lexicon) or found[0], text)

    @cached_property
    def _lexicons(self) -> Mapping[str, Lexicon]:
        known = frozenset(word for words in self.usual.values() for word in words)
        stems = frozenset(word[:STEM_LENGTH] for word in known)
        return {lang: Lexicon(words, known, stems) for lang, words in self.usual.items()}

    def respell(self, text: str, lang: str) -> str:
        """The text in the usual spelling of its language, or untouched where it is written in the language's own."""
        if text.isupper():
            text = lowered(text, lang)
        if own_spelling(text, lang):
            return text
        usual = self.usual.get(lang, {})

        def spelled(found: re.Match[str]) -> str:
            word = lowered(found[0], lang)
            if word.isdigit():
                return word
            return usual.get(fold(word)) or _by_letters(word, lang) or found[0]

        return _WORD.sub(spelled, text)


def learn_spelling(texts: Iterable[tuple[str, str]]) -> Spelling:
    """From (language, text) pairs: only texts in their language's own letters teach how words are spelled."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for lang, text in texts:
        if own_spelling(text, lang) and not text.isupper():
            for word in _WORD.findall(lowered(text, lang)):
                counts[lang][fold(word)][word] += 1
    return Spelling({lang: dict(_usual(by_folded)) for lang, by_folded in counts.items()})


def _usual(counts: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    for folded in sorted(counts, key=lambda word: (-counts[word].total(), word)):
        words = counts[folded]
        yield folded, max(sorted(words), key=lambda word: words[word])


def lowered(text: str, lang: str) -> str:
    """In small letters; in Azerbaijani a capital without dot stays without, where the text has such letters at all."""
    if "İ" in language_table(lang).own_letters and own_spelling(text, lang):
        text = text.replace("I", "ı")
    return text.replace("İ", "i").lower()


def raised(text: str, lang: str) -> str:
    """In capitals; in Azerbaijani the dotted letter keeps its dot."""
    return (text.replace("i", "İ") if "İ" in language_table(lang).own_letters else text).upper()


def _by_letters(word: str, lang: str) -> str | None:
    """The word letter by letter, or None where none of them is of another alphabet."""
    letters, sequences = _letters(lang)
    spelled = sequences.sub(lambda found: letters[found[0]], word)
    return spelled if spelled != word else None


@cache
def _letters(lang: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    letters = language_table(lang).letters_typed
    longest_first = sorted(letters, key=len, reverse=True)
    return letters, re.compile("|".join(map(re.escape, longest_first)) if letters else r"(?!)")
