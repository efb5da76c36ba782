"""How many faults in the real files `chatbot check` finds, measured on 200 mutations of one seed."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from mutations import Mutation, draw

from chatbot.checks import Finding, Library, apply_rules, read_library
from chatbot.checks.reader import parse_file
from chatbot.errors import KnowledgeError
from chatbot.settings import Settings

SEED = 397
MUTATIONS = 200
BAR = 0.97


def families(library: Library) -> dict[str, Library]:
    """By the id of a document, the library with that document alone, so that a mutation is checked in little time."""
    ids = {file.document.id for file in library.files}
    return {
        each: replace(library, files=tuple(f for f in library.files if f.document.id == each)) for each in sorted(ids)
    }


def is_caught(family: Library, mutation: Mutation) -> bool:
    """Whether the mutated file has an error; warnings do not count."""
    files = []
    for file in family.files:
        if f"{file.lang}/{file.path.name}" != mutation.name:
            files.append(file)
            continue
        try:
            files.append(parse_file(file.path, mutation.text, file.asked))
        except KnowledgeError:
            return True
    return bool(errors(replace(family, files=tuple(files))))


def errors(family: Library) -> list[Finding]:
    """The errors, but for those on pictures that belong to documents outside the family."""
    found = apply_rules(family)
    return [finding for finding in found if finding.level == "error" and finding.rule != "picture-section"]


def test_faults_in_the_real_files_are_found(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    library = read_library(settings.knowledge, date(2026, 3, 1))
    alone = families(library)
    assert [errors(family) for family in alone.values() if errors(family)] == []
    texts = {f"{file.lang}/{file.path.name}": file.text for file in library.files}
    mutations = draw(random.Random(SEED), texts, MUTATIONS)
    caught = [each for each in mutations if is_caught(alone[each.name.partition("/")[2].removesuffix(".md")], each)]
    all_of, found_of = Counter(each.kind for each in mutations), Counter(each.kind for each in caught)
    with capsys.disabled():
        print(f"\n{len(caught)} of {len(mutations)} mutations found ({len(caught) / len(mutations):.1%})")
        for kind, number in all_of.items():
            print(f"  {kind}: {found_of[kind]} of {number}")
    assert len(caught) / len(mutations) >= BAR
