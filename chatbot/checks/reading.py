"""Rules: sentences that a person under stress can read. Warnings, with the sentence named."""

import re
from collections.abc import Iterator

from chatbot.checks.findings import Finding
from chatbot.checks.library import KnowledgeFile, Library
from chatbot.checks.tables import ReadingLimits, table_of
from chatbot.sections import Section

YOUNGEST = "children-6-11"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def sentences(library: Library) -> Iterator[Finding]:
    """Sentences with too many words, fewer for the youngest readers."""
    for file, limits in _read(library):
        young = YOUNGEST in file.document.front_matter.audience
        most = limits.child_sentence if young else limits.sentence
        for section in file.document.sections:
            for span in section.sentences:
                text = file.text_of(span)
                words = len(_WORD.findall(text))
                if words > most:
                    what = f"a sentence of {words} words: {text}"
                    yield file.warning(
                        "long-sentence", file.line(span.start), what, f"make two of it, of at most {most} words"
                    )


def sections(library: Library) -> Iterator[Finding]:
    """Sections whose sentences are long on the whole, or whose words are."""
    for file, limits in _read(library):
        for section in file.document.sections:
            mean, share = _level(file, section, limits)
            line = file.line(section.start)
            if mean > limits.mean:
                what = f"section `{section.id}` has {mean:.1f} words a sentence"
                yield file.warning(
                    "reading-level", line, what, f"shorten its sentences to {limits.mean:.0f} on average"
                )
            if share > limits.share:
                what = f"in section `{section.id}` {share:.0%} of the words have {limits.long} letters or more"
                yield file.warning("reading-level", line, what, "use plainer words")


def _read(library: Library) -> Iterator[tuple[KnowledgeFile, ReadingLimits]]:
    for file in library.files:
        table = table_of(file.lang)
        if table and file.document.front_matter.kind != "article":
            yield file, table.reading


def _level(file: KnowledgeFile, section: Section, limits: ReadingLimits) -> tuple[float, float]:
    """Words a sentence, and the share of long words."""
    words = [word for span in section.sentences for word in _WORD.findall(file.text_of(span))]
    long = sum(len(word) >= limits.long for word in words)
    return len(words) / max(len(section.sentences), 1), long / max(len(words), 1)
