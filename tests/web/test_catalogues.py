"""The catalogues: they hold every message of the code, translated, and the compiled ones are of the same words."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import chatbot

PACKAGE = Path(chatbot.__file__).parent
TRANSLATIONS = PACKAGE / "translations"
LANGS = sorted(path.name for path in TRANSLATIONS.iterdir() if path.is_dir())
TRANSLATED = [lang for lang in LANGS if lang != "en"]
ANY = {"_": None, "gettext": None, "say": None}


def catalogue(lang: str) -> Catalog:
    with (TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=lang)


def extracted() -> set[str]:
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(PACKAGE), methods, options, keywords=ANY)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_three_languages_have_catalogues() -> None:
    assert {"az", "en", "ru"} <= set(LANGS)


@pytest.mark.parametrize("lang", LANGS)
def test_catalogue_holds_the_codes_messages(lang: str) -> None:
    assert {message.id for message in catalogue(lang) if message.id} == extracted()


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_message_is_translated(lang: str) -> None:
    messages = [message for message in catalogue(lang) if message.id]
    assert [message.id for message in messages if not message.string or message.fuzzy] == []
    assert [message.id for message in messages if message.string == message.id] == []
    assert [message.id for message in messages if list(message.check())] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_translation_keeps_the_placeholders(lang: str) -> None:
    for message in catalogue(lang):
        for mark in ("%(", "{", "112"):
            assert str(message.string).count(mark) == str(message.id).count(mark) or not message.id, message.id


@pytest.mark.parametrize("lang", LANGS)
def test_compiled_catalogue_is_of_the_same_words(lang: str) -> None:
    with (TRANSLATIONS / lang / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    written = {message.id: message.string for message in catalogue(lang) if message.id and message.string}
    assert {message.id: message.string for message in compiled if message.id} == written
