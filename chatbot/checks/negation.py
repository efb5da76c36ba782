"""Rule: where the original says "not", each translation says it, and as often.

How often a language says it differs: English can forbid three things with one "not", Russian repeats it. So each
sentence gets a range, and the ranges of two languages have to meet.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from chatbot.checks.findings import Finding
from chatbot.checks.library import Library, Row
from chatbot.checks.tables import NegationWords, table_of

RULE = "negation"
LOST = "lost-not"


def negations(library: Library) -> Iterator[Finding]:
    """The rows in which one language forbids what another does not, or fewer things."""
    confirmed = library.agreed.confirmed(RULE)
    for row in library.rows:
        counts = {lang: _range(said.text, lang) for lang, said in row.said.items() if table_of(lang)}
        apart = [(one, other) for one, other in combinations(counts, 2) if not _meet(counts[one], counts[other])]
        if apart and (row.place, row.fingerprint) not in confirmed:
            yield _finding(row, _outsider(apart, row), counts)


def lost(library: Library) -> Iterator[Finding]:
    """Sentences that read as if a "not" had fallen out of them: `do touch it`."""
    for said in library.said:
        table = table_of(said.file.lang)
        if table and table.negation.bare and (found := re.search(table.negation.bare, said.text)):
            yield said.file.finding(
                LOST, said.line, f"`{found[0]}` reads as if a “not” were lost", "write the “not”, or another verb form"
            )


@cache
def _range(text: str, lang: str) -> tuple[int, int]:
    """How often the sentence says "not", at least and at most; 0 in a language without a table."""
    table = table_of(lang)
    if table is None:
        return 0, 0
    words = table.negation
    text = _pattern(words.ignored).sub(" ", table.small(text))
    text, optional = _pattern(words.optional).subn(" ", text)
    if words.clause:
        text = re.sub(words.clause, lambda found: found[0].replace(",", ";"), text)
    pieces = _pattern(words.words).split(text)
    least = len(pieces) - 1
    joined = sum(_joined(piece, words) for piece in pieces[1:])
    return least, least + optional + joined


def _joined(piece: str, words: NegationWords) -> int:
    """To how many more verbs the "not" before this piece may reach; a join at its end belongs to the next "not"."""
    if words.joins is None:
        return 0
    return len(re.findall(words.joins, re.sub(rf"(?:{words.joins})\s*(?:do\s*)?$", "", piece)))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?!\w)" if words else r"(?!)")


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _outsider(apart: list[tuple[str, str]], row: Row) -> str:
    """The language that disagrees most, a translation before the original."""
    mentioned = [lang for pair in apart for lang in pair]
    return max(row.said, key=lambda lang: (mentioned.count(lang), lang != row.original))


def _finding(row: Row, lang: str, counts: dict[str, tuple[int, int]]) -> Finding:
    said = row.said[lang]
    seen = ", ".join(f"{each} {least}" for each, (least, _) in counts.items())
    return said.file.finding(
        RULE,
        said.line,
        f"`{row.place}`: the languages do not say “not” equally often ({seen}): {said.text}",
        "compare the sentences; where all of them forbid the same, add to knowledge/reviewed.yaml: "
        f'{{rule: {RULE}, section: "{row.place}", fingerprint: "{row.fingerprint}"}}',
    )
