"""What the request at hand works with: the engine, the metrics, the languages offered and the page's own."""

from typing import Any, cast

from babel import Locale
from flask import abort, current_app, request

from chatbot.engine import Engine
from chatbot.language.table import language_table
from chatbot.records.recorder import Recorder
from chatbot.web.metrics import Metrics

FIRST_LANGUAGE = "az"
"""The language of a reader whose browser asks for none that is offered: most residents' own."""


def current_engine() -> Engine:
    return cast(Engine, current_app.extensions["chatbot"])


def current_metrics() -> Metrics:
    return cast(Metrics, current_app.extensions["chatbot_metrics"])


def current_recorder() -> Recorder:
    return cast(Recorder, current_app.extensions["chatbot_recorder"])


def offered() -> tuple[str, ...]:
    """The codes of the languages in which there are files."""
    return current_engine().parts.index.languages


def require_offered(lang: str) -> None:
    """Ends the request with 404 where the language of the address is not offered."""
    if lang not in offered():
        abort(404)


def page_language() -> str:
    """The language in the address (path, then `lang=`), else the browser's, else the first."""
    languages = offered()
    named = [*request.path.split("/"), request.args.get("lang", "")]
    found = next((each for each in named if each in languages), None)
    first = FIRST_LANGUAGE if FIRST_LANGUAGE in languages else languages[0]
    return found or request.accept_languages.best_match(languages, first) or first


def page_words() -> dict[str, Any]:
    """What every template needs: the page's language, its direction, and all languages with their own names."""
    lang = page_language()
    return {
        "lang": lang,
        "direction": Locale.parse(lang).text_direction,
        "languages": [(each, language_table(each).name) for each in offered()],
    }
