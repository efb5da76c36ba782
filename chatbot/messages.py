"""What the chatbot itself says, from the translation catalogues; its answers are quotes and never come from here."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

CATALOGUES = "translations"


def say(text: str, lang: str, **values: object) -> str:
    """The text in the language, with `{name}` filled in; in English where the catalogue lacks it."""
    said = _catalogue(lang).gettext(text)
    return said.format(**values) if values else said


@cache
def _catalogue(lang: str) -> NullTranslations:
    path = files("chatbot").joinpath(f"{CATALOGUES}/{lang}/LC_MESSAGES/messages.mo")
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)
