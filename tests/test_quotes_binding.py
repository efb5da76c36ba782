"""Which sentences of a section may not be parted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from knowledge_files import document_text, write

from chatbot.documents import load_document
from chatbot.quotes import bind_sentences

Cut = Callable[..., list[str]]


@pytest.fixture
def runs(tmp_path: Path) -> Cut:
    """The bound runs of a body, as texts."""

    def cut(body: str, lang: str = "en") -> list[str]:
        document = load_document(write(tmp_path, f"{lang}/one.md", document_text(f"## A {{#a}}\n\n{body}\n")))
        [section] = document.sections
        return [
            document.body[section.sentences[first].start : section.sentences[last].end]
            for first, last in bind_sentences(document, section)
        ]

    return cut


def test_list_stays_whole(runs: Cut) -> None:
    assert runs("Read this.\n\n- Stop here.\n- Warn people.\n- Call.\n\nGo home.", "en") == [
        "Read this.",
        "Stop here.\n- Warn people.\n- Call.",
        "Go home.",
    ]


PROHIBITIONS = {
    "en never": ("en", "Walk slowly. Never touch it. Step back. Call."),
    "en not": ("en", "Walk slowly. Do not touch it. Step back. Call."),
    "en don't": ("en", "Walk slowly. Don't touch it. Step back. Call."),
    "az": ("az", "Yavaş gedin. Əşyaya toxunmayın. Geri çəkilin. Zəng edin."),
    "az only": ("az", "Yavaş gedin. Gəzmək olmaz. Geri çəkilin. Zəng edin."),
    "ru": ("ru", "Идите медленно. Не трогайте предмет. Отойдите назад. Звоните."),
    "ru nelzya": ("ru", "Идите медленно. Его нельзя трогать. Отойдите назад. Звоните."),
}


@pytest.mark.parametrize(("lang", "text"), PROHIBITIONS.values(), ids=PROHIBITIONS)
def test_prohibition_binds_what_follows(runs: Cut, lang: str, text: str) -> None:
    first, second, third, fourth = (f"{part}." for part in text.removesuffix(".").split(". "))
    assert runs(text, lang) == [first, f"{second} {third}", fourth]


NO_PROHIBITIONS = {
    "ru figure": ("ru", "Погибли или ранены не менее 397 человек. Работы идут. Звоните."),
    "ru not only": ("ru", "Мины находят не только в поле. Смотрите на знаки. Звоните."),
    "en no fewer": ("en", "There were no fewer than five mines. Signs were put up. Call."),
    "en not only": ("en", "Mines lie not only in fields. Signs were put up. Call."),
    "az at least": ("az", "Heç olmasa bir nişan qoyun. Geri çəkilin. Zəng edin."),
}


@pytest.mark.parametrize(("lang", "text"), NO_PROHIBITIONS.values(), ids=NO_PROHIBITIONS)
def test_phrase_with_not_that_forbids_nothing_binds_nothing(runs: Cut, lang: str, text: str) -> None:
    assert len(runs(text, lang)) == 3


def test_prohibition_beside_such_a_phrase_still_binds(runs: Cut) -> None:
    assert len(runs("Не подходите ближе, чем на 100 метров, и не менее часа ждите. Отойдите.", "ru")) == 1


DEPENDENT = {
    "en": ("en", "Mines are old. They lie deep. Call help."),
    "en however": ("en", "Mines are old. However, some are new. Call help."),
    "az": ("az", "Minalar köhnədir. Lakin bəziləri təzədir. Zəng edin."),
    "az this": ("az", "Minalar köhnədir. Bu, təhlükəlidir. Zəng edin."),
    "ru": ("ru", "Мины старые. Однако есть новые. Звоните."),
    "ru this": ("ru", "Мины старые. Это опасно. Звоните."),
}


@pytest.mark.parametrize(("lang", "text"), DEPENDENT.values(), ids=DEPENDENT)
def test_sentence_that_leans_brings_the_one_before(runs: Cut, lang: str, text: str) -> None:
    first, second, third = (f"{part}." for part in text.removesuffix(".").split(". "))
    assert runs(text, lang) == [f"{first} {second}", third]


def test_new_paragraph_begins_a_new_run(runs: Cut) -> None:
    assert runs("Never go in.\n\nThey lie deep.", "en") == ["Never go in.", "They lie deep."]


def test_word_that_only_looks_like_a_prohibition_binds_nothing(runs: Cut) -> None:
    text = "Atəşkəsin başa çatmasına baxmayaraq, təhlükə qalır. Zəng edin."
    assert len(runs(text, "az")) == 2
