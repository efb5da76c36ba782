"""A question -> the same without what could tell who asked it, or where: it removes too much rather than too little.

No rule knows every name. Digits, links, addresses and coordinates go by their form, names by lists, endings and what
stands beside them, and so does each capitalised word that our own texts do not use in lower case. Of names that are on
no list and typed in lower case about four in ten stay; gaps.py hides such words until enough people have used them.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from chatbot.language.folding import fold
from chatbot.records.clues import Clues, clues

MARK = "[…]"
LONGEST_KEPT = 300
LONGEST_PLAIN = 1000
"""Letters that are looked at, once compatibility forms are made plain: one of those may become eighteen."""
FEWEST_WORDS = 2

_LINK = re.compile(
    r"\S*@\S*|\b(?:https?|ftp|tg|mailto|www)\b[:.]\S*|///\S+|\b\w+(?:\.\w+){2,}"
    r"|\b[\w-]+\.(?:az|com|ru|org|net|info|me|io|tr|biz|tv|edu|gov|app|ly|gl)\b\S*|\b\S+/\S+/\S*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![^\s,;!?()])[^\s,;!?()]*0[^\s,;!?()]*")  # from its first letter: else quadratic
_COMPASS = re.compile(r"0\s*[°º'′\"″]*\s*[NSEWСЮВЗ]\b|\b[NSEWСЮВЗ]\s*[°º]?\s*0")
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼ´-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:;\n\"«“(]")
_MARKS = re.compile(r"\[…\](?:[\s,;:/()+°'\"№#-]*\[…\])+")

_SURNAME = re.compile(
    r".{2,}(?:[oe]v|[oe]va|[oe]vu|[oe]vi|[oe]vim|[oe]vih|[oe]voi|[oe]v[ui]n|[oe]va[in]?n|[oe]vd[ae]n|[oe]vl[ae]r?|[oe]vgil"
    r"|(?:[oe]vic|[oe]vn|ilic)[a-z]{0,3}|zade[a-z]{0,4}|oglu[a-z]{0,3}|gizi[a-z]{0,3})"
)
_CAPITAL_ENDING = re.compile(r".{2,}(?:l[iu]|ski|skii|skaia|enko|ian|ianc|svili|dze|[oe]ve)")
_OF_FATHER = frozenset(("oglu", "gizi", "oghlu", "kizi"))
_INFLECTED = 4
_SHORT_SUFFIXES = frozenset(
    ("a", "e", "i", "u", "in", "un", "ni", "nu", "la", "le", "da", "de", "dan", "den", "gil", "om", "oi", "ia", "iu")
)


@dataclass(frozen=True)
class _Word:
    """A word of the question; `first`: it begins a sentence; `known`: our own texts use it in lower case; `place`: a
    district that many people live in."""

    start: int
    end: int
    folded: str
    capital: bool
    first: bool
    known: bool
    place: bool

    @property
    def ordinary(self) -> bool:
        return self.place or (self.known and (self.first or not self.capital))


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """The folded words that the texts use in lower case: words of the language, not names."""
    found = {word for text in texts for word in _WORD.findall(text) if word[0].islower()}
    return frozenset(fold(word) for word in found)


def redact(text: str, known: Collection[str]) -> str | None:
    """The text with MARK in place of what was removed, at most LONGEST_KEPT characters; None where too little is left.
    `known`: folded words that are no names."""
    cleaned = _numbers_gone(_LINK.sub(MARK, _plain(text)))
    words = list(_words(cleaned, known))
    said = clues()
    secret = set().union(*(rule(words, said) for rule in _RULES))
    kept, position = "", 0
    for number in sorted(secret):
        kept += cleaned[position : words[number].start] + MARK
        position = words[number].end
    kept = _MARKS.sub(MARK, kept + cleaned[position:])
    kept = _cut(" ".join(kept.split()))
    return kept if len(_WORD.findall(kept)) >= FEWEST_WORDS else None


def hide(text: str, shown: Callable[[str], bool]) -> str:
    """A redacted text with MARK in place of each word whose folded form is not to be shown."""
    return _MARKS.sub(MARK, _WORD.sub(lambda found: found[0] if shown(fold(found[0])) else MARK, text))


def is_common(folded: str, known: Collection[str]) -> bool:
    """Whether a folded word is one of our own texts, or a district: no name."""
    said = clues()
    return _in_use(folded, known, said) or _of_place(folded, said)


def _plain(text: str) -> str:
    """Compatibility forms made plain, hidden characters gone, every sign of a number made `0`."""
    letters = []
    for letter in unicodedata.normalize("NFKC", text.replace("[", "(").replace("]", ")")):
        category = unicodedata.category(letter)
        if category[0] == "N":
            letters.append("0")
        elif category[0] == "Z" or letter in "\n\t":
            letters.append("\n" if letter == "\n" else " ")
        elif category[0] != "C" and category != "Me":
            letters.append(letter)
    plain = unicodedata.normalize("NFC", "".join(letters))
    return plain if len(plain) <= LONGEST_PLAIN else plain[:LONGEST_PLAIN].rpartition(" ")[0]


def _numbers_gone(text: str) -> str:
    return _NUMBER.sub(MARK, _COMPASS.sub("0", text))


def _words(text: str, known: Collection[str]) -> Iterator[_Word]:
    end, before = 0, ""
    said = clues()
    shouted = text.isupper()
    for found in _WORD.finditer(text):
        folded = fold(found[0])
        between = text[end : found.start()].replace(MARK, "")
        if len(before) == 1 or before in said.shortened:
            between = between.removeprefix(".")
        first = end == 0 or bool(_SENTENCE_END.search(between))
        capital = found[0][0].isupper() and not shouted
        place = _of_place(folded, said)
        common = place or _in_use(folded, known, said)
        yield _Word(found.start(), found.end(), folded, capital, first, common, place)
        end, before = found.end(), folded


def _in_use(folded: str, known: Collection[str], said: Clues) -> bool:
    return folded in known or folded in said.ordinary


def _of_place(folded: str, said: Clues) -> bool:
    if folded in said.places:
        return True
    return any(folded[:length] in said.places for length in range(max(4, len(folded) - 5), len(folded)))


def _by_list(words: list[_Word], said: Clues) -> set[int]:
    """Given names, also inflected."""
    return {
        at
        for at, word in enumerate(words)
        if (word.capital or not word.known) and not word.place and _is_name(word.folded, said)
    }


def _is_name(folded: str, said: Clues) -> bool:
    if any(part in said.names for part in (folded, folded.removesuffix("m"))):
        return True
    for length in range(max(3, len(folded) - _INFLECTED), len(folded)):
        rest = folded[length:]
        if folded[:length] in said.names and (length >= 5 or rest in _SHORT_SUFFIXES):
            return True
    return False


def _by_ending(words: list[_Word], said: Clues) -> set[int]:
    """Surnames and patronymics."""
    found = set()
    for at, word in enumerate(words):
        ending = _SURNAME.fullmatch(word.folded) or (word.capital and _CAPITAL_ENDING.fullmatch(word.folded))
        if ending and not word.ordinary:
            found.add(at)
        if word.folded in _OF_FATHER and at > 0 and (word.capital or not words[at - 1].ordinary):
            found |= {at - 1, at, *({at + 1} if at + 1 < len(words) and words[at + 1].capital else set())}
    return found


def _by_capital(words: list[_Word], said: Clues) -> set[int]:
    """Capitalised words that our texts do not use, also at the beginning of a sentence."""
    return {at for at, word in enumerate(words) if word.capital and not word.known and not word.place}


def _by_introduction(words: list[_Word], said: Clues) -> set[int]:
    """What follows `my name is`: one word always, then those that are not ordinary."""
    found = set()
    for at, first in enumerate(words):
        if first.folded not in said.introducing:
            continue
        for length in range(1, said.longest_introducer + 1):
            phrase = " ".join(word.folded for word in words[at : at + length])
            if phrase in said.introducers:
                found |= {at + length, *_strangers(words, at + length + 1, 1, most=2)}
            elif phrase in said.labels:
                found |= set(_strangers(words, at + length, 1, most=2))
    return {at for at in found if at < len(words)}


def _by_title(words: list[_Word], said: Clues) -> set[int]:
    """The neighbours of `müəllim`, `господин`, `Mrs` that are not ordinary words."""
    return _around({at for at, word in enumerate(words) if word.folded in said.honorifics}, words, most=2)


def _by_kin(words: list[_Word], said: Clues) -> set[int]:
    """What follows `qonşum`, `мой сын`, `my wife` and is no ordinary word."""
    kin = [at for at, word in enumerate(words) if word.folded in said.kin]
    return {found for at in kin for found in _strangers(words, at + 1, 1, most=2)}


def _by_address(words: list[_Word], said: Clues) -> set[int]:
    """The names around `küçəsi`, `улица`, `village`, and a short form of such a word itself."""
    short = {at for at, word in enumerate(words) if word.folded in said.address_words}
    long = {at for at, word in enumerate(words) if word.folded.startswith(said.address_stems)}
    return _around(short | long, words, most=3)


def _by_spelled_number(words: list[_Word], said: Clues) -> set[int]:
    """Three number words or more in a row."""
    found: set[int] = set()
    run: list[int] = []
    for at, word in enumerate(words):
        run = [*run, at] if word.folded in said.number_words else []
        if len(run) >= 3:
            found |= set(run)
    return found


def _around(centres: set[int], words: list[_Word], most: int) -> set[int]:
    return {at for centre in centres for step in (-1, 1) for at in _strangers(words, centre + step, step, most)}


def _strangers(words: list[_Word], start: int, step: int, most: int) -> Iterator[int]:
    """The places of words that are not ordinary, from `start` on, while they lie in one sentence."""
    for at in range(start, start + step * most, step):
        beyond = not 0 <= at < len(words) or (step > 0 and words[at].first) or (step < 0 and words[at + 1].first)
        if beyond or words[at].ordinary:
            return
        yield at


_RULES = (_by_list, _by_ending, _by_capital, _by_introduction, _by_title, _by_kin, _by_address, _by_spelled_number)


def _cut(text: str) -> str:
    if len(text) <= LONGEST_KEPT:
        return text
    return text[:LONGEST_KEPT].rpartition(" ")[0] or MARK
