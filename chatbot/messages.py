"""What the chatbot itself says, from the translation catalogues; its answers are quotes and never come from here."""

from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

CATALOGUES = "translations"


def say(text: str, lang: str, **values: object) -> str:
    """The text in the language, with `{name}` filled in; in English where the catalogue lacks it."""
    said = _catalogue(lang).gettext(text)
    return said.format(**values) if values else said


def long_date(day: date, lang: str) -> str:
    """The date as the language writes it, with the month's name; as in ISO 8601 where Babel does not know it."""
    try:
        return format_date(day, "long", Locale.parse(lang))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


@cache
def _catalogue(lang: str) -> NullTranslations:
    path = files("chatbot").joinpath(f"{CATALOGUES}/{lang}/LC_MESSAGES/messages.mo")
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)
