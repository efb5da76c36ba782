"""Sentences of a text, as spans."""

from collections.abc import Iterator

from sentencex import segment

_OPENING = "\"“«'‘(„"
_CLOSING = "\"”»'’)"
_END_MARKS = ".!?…"


def sentence_spans(text: str, lang: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of `text`, without the white space around them.

    The splitter is sentencex; where it breaks at a full stop that ends no sentence (`Caliber.Az`, `5 чел. и`), or
    leaves an opening quotation mark with the sentence before, the pieces are put right here.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text, lang):
        if spans and not _begins_sentence(text, spans[-1][1], start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, not as a heading, a name or a cut line."""
    return text.rstrip().rstrip(_CLOSING).endswith(tuple(_END_MARKS))


def _pieces(text: str, lang: str) -> Iterator[tuple[int, int]]:
    position = 0
    for piece in segment(lang, text):
        start = text.index(piece, position) if piece else position
        end = position = start + len(piece)
        while end > start and (text[end - 1].isspace() or _is_stray_opening(text, end - 1)):
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        while start > 0 and _is_stray_opening(text, start - 1):
            start -= 1
        if start < end:
            yield start, end


def _is_stray_opening(text: str, at: int) -> bool:
    """An opening quotation mark that stands before a letter and after white space."""
    if text[at] not in _OPENING:
        return False
    after = text[at + 1 : at + 2]
    before = text[at - 1 : at]
    return after.isalnum() and (not before or before.isspace())


def _begins_sentence(text: str, previous_end: int, start: int) -> bool:
    if start == previous_end:
        return False
    first = next((letter for letter in text[start:] if letter.isalnum()), "")
    return not first.islower()
