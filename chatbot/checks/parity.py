"""Rules: a translation has what its original has: head, sections, sentences, numbers, names of places."""

from collections.abc import Iterator
from itertools import zip_longest

from chatbot.checks.agreed import PLACES, Places
from chatbot.checks.amounts import Amounts, amounts
from chatbot.checks.findings import Finding
from chatbot.checks.library import Family, KnowledgeFile, Library, Row

SAME_KEYS = ("kind", "audience", "as_of", "review_by")


def originals(library: Library) -> Iterator[Finding]:
    """Translations without an original, and documents with two."""
    known = {(file.lang, file.document.id): file for file in library.files}
    unread = {finding.file for finding in library.broken}
    for file in library.files:
        document = file.document
        source = document.front_matter.translation_of
        if source is not None and (source, document.id) not in known:
            path = library.folder / source / f"{document.id}.md"
            if str(path) not in unread:
                mend = f"add {source}/{document.id}.md or delete `translation_of`"
                yield file.finding(
                    "original", file.line_of_key("translation_of"), f"its original in `{source}` is missing", mend
                )
        elif source is not None and known[source, document.id].document.front_matter.translation_of is not None:
            mend = "name the language of the original"
            yield file.finding(
                "original",
                file.line_of_key("translation_of"),
                f"its original in `{source}` is itself a translation",
                mend,
            )
    for family in library.families:
        for file in family.translations:
            if file.document.front_matter.translation_of is None:
                what = f"the id `{file.document.id}` is also that of {family.original.path}"
                yield file.finding(
                    "duplicate-id", 1, what, f"write `translation_of: {family.original.lang}`, or rename"
                )


def heads(library: Library) -> Iterator[Finding]:
    """Front matter in which a translation differs from its original."""
    for family in library.families:
        mine = family.original.document.front_matter
        for file in family.translations:
            theirs = file.document.front_matter
            for key in SAME_KEYS:
                if getattr(mine, key) != getattr(theirs, key):
                    what = f"`{key}` is not that of its original, {_shown(getattr(mine, key))}"
                    yield file.finding("same-head", file.line_of_key(key), what, "make them the same")
            yield from _sources(family.original, file)


def _sources(original: KnowledgeFile, file: KnowledgeFile) -> Iterator[Finding]:
    for number, (mine, theirs) in enumerate(
        zip_longest(original.document.front_matter.sources, file.document.front_matter.sources)
    ):
        if mine is None or theirs is None:
            yield file.finding(
                "same-sources",
                file.line_of_key("sources"),
                "its sources are not as many as its original's",
                "name the same",
            )
            return
        line = file.line_of_key("publisher", number)
        if (mine.url, mine.published) != (theirs.url, theirs.published):
            what = f"source {number + 1}: address or date is not that of the original, {mine.url}"
            yield file.finding("same-sources", line, what, "copy it from the original")
        elif mine.title != theirs.title and amounts(mine.title, original.lang) != amounts(theirs.title, file.lang):
            yield file.finding(
                "same-sources",
                line,
                f"source {number + 1}: its title has other numbers than the original's",
                "correct them",
            )


def sections(library: Library) -> Iterator[Finding]:
    """Translations whose sections, paragraphs or sentences are not those of the original."""
    for family in library.families:
        for file in family.translations:
            yield from _sections(family, file)


def _sections(family: Family, file: KnowledgeFile) -> Iterator[Finding]:
    original = family.original.document
    mine = [section.id for section in original.sections]
    theirs = [section.id for section in file.document.sections]
    for section_id in mine:
        if section_id not in theirs:
            yield file.finding("same-sections", 1, f"section `{section_id}` of its original is missing", "translate it")
    for section in file.document.sections:
        line = file.line(section.start)
        other = original.section(section.id)
        if other is None:
            yield file.finding(
                "same-sections", line, f"its original has no section `{section.id}`", "delete it, or add it there"
            )
        elif len(section.sentences) != len(other.sentences):
            what = f"section `{section.id}` has {len(section.sentences)} sentences, its original {len(other.sentences)}"
            yield file.finding("same-sentences", line, what, "translate sentence for sentence")
        elif [(b.kind, len(b.sentences)) for b in section.blocks] != [(b.kind, len(b.sentences)) for b in other.blocks]:
            what = f"section `{section.id}` is not divided into paragraphs and list points as its original is"
            yield file.finding("same-sentences", line, what, "divide it in the same way")
    if mine != theirs and sorted(mine) == sorted(theirs):
        yield file.finding(
            "same-sections", 1, "its sections are not in the order of its original", "put them in that order"
        )


def numbers(library: Library) -> Iterator[Finding]:
    """Sentences with other figures, dates, years or telephone numbers than the original has."""
    confirmed = library.agreed.confirmed("same-numbers")
    for row in library.rows:
        original = row.said[row.original]
        mine = amounts(original.text, row.original)
        for lang, said in row.translations():
            theirs = amounts(said.text, lang)
            if None in (mine, theirs) or mine == theirs or (row.place, row.fingerprint) in confirmed:
                continue
            where = f"{original.file.path}:{original.line}"
            what = f"the numbers are {_read(theirs)}, in the original ({where}) {_read(mine)}: {said.text}"
            yield said.file.finding(
                "same-numbers", said.line, what, f"correct the wrong one, or {_confirm('same-numbers', row)}"
            )


def _read(found: Amounts | None) -> str:
    return found.named() if found else "unknown"


def _confirm(rule: str, row: Row) -> str:
    return f'add to knowledge/reviewed.yaml: {{rule: {rule}, section: "{row.place}", fingerprint: "{row.fingerprint}"}}'


def places(library: Library) -> Iterator[Finding]:
    """Sentences that name other places than the original does."""
    if PLACES not in library.agreed.given:
        return
    confirmed = library.agreed.confirmed("same-places")
    for row in library.rows:
        if (row.place, row.fingerprint) in confirmed:
            continue
        mine = _named(row, row.original, library.agreed.places)
        for lang, said in row.translations():
            theirs = _named(row, lang, library.agreed.places)
            if mine != theirs:
                what = f"it names {_list(theirs - mine)}, which its original does not, and lacks {_list(mine - theirs)}"
                mend = f"name the same places, or {_confirm('same-places', row)}"
                yield said.file.finding("same-places", said.line, f"{what}: {said.text}", mend)


def _named(row: Row, lang: str, places: Places) -> set[str]:
    text = row.said[lang].text
    words = "".join(letter if letter.isalpha() else " " for letter in text).split()
    return {name for name, stems in places.root.items() if any(word.startswith(stems.get(lang, ())) for word in words)}


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _shown(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
