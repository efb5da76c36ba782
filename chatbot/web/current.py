"""What the request at hand works with: the engine, the metrics, the languages offered and the page's own."""

from typing import Any, cast

from babel import Locale
from flask import abort, current_app, g, request, url_for

from chatbot.asking import Asking
from chatbot.engine import Engine
from chatbot.language.table import language_table
from chatbot.records.recorder import Recorder
from chatbot.reloading import Serving
from chatbot.settings import Settings
from chatbot.web.metrics import Metrics

FIRST_LANGUAGE = "az"
"""The language of a reader whose browser asks for none that is offered: most residents' own."""

SIZES = 3
"""How many times the text can be made larger; `size=` in the address holds how many it was."""
PAGES = ("pages.", "documents.", "receipts.")
MORE_PAGES = ("offline.page", "offline.emergency", "embed.page", "maintain.overview")
KEPT_CHOICES = ("lang", "start", "end", "chat", "audience", "accent", "theme", "site")
"""What an address says of a page beside the size of its text; a talk travels in its form, not here."""


def serving() -> Serving:
    return cast(Serving, current_app.extensions["chatbot"])


def current_engine() -> Engine:
    """The engine of this request: the same from its first use to the request's end."""
    if "engine" not in g:
        g.engine = serving().engine()
    return cast(Engine, g.engine)


def current_asking() -> Asking:
    return cast(Asking, current_app.extensions["chatbot_asking"])


def current_metrics() -> Metrics:
    return cast(Metrics, current_app.extensions["chatbot_metrics"])


def current_settings() -> Settings:
    return cast(Settings, current_app.extensions["chatbot_settings"])


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


def page_size() -> int:
    """How many times larger the reader made the text: 0 to SIZES."""
    size = request.args.get("size", type=int)
    return min(max(size, 0), SIZES) if size else 0


def resized(step: int) -> str:
    """The address of this page with its text a step larger or smaller."""
    size = page_size() + step
    if request.endpoint is None or not _has_size(request.endpoint):
        return url_for("pages.chat", lang=page_language(), size=size)
    kept = {name: request.args[name] for name in KEPT_CHOICES if name in request.args}
    return url_for(request.endpoint, **{**kept, **(request.view_args or {}), "size": size})


def add_size(endpoint: str, values: dict[str, Any]) -> None:
    """Has a link from page to page carry the size of the text, so that it needs no cookie."""
    if _has_size(endpoint) and request:
        values["size"] = min(max(values.get("size", page_size()), 0), SIZES) or None


def _has_size(endpoint: str) -> bool:
    """Whether it is a page for people: what scripts fetch has one address, whatever the size of the text."""
    return endpoint.startswith(PAGES) or endpoint in MORE_PAGES


def page_words() -> dict[str, Any]:
    """What every template needs: the page's language, its direction, its text size, all languages with their names."""
    lang = page_language()
    return {
        "lang": lang,
        "direction": Locale.parse(lang).text_direction,
        "languages": [(each, language_table(each).name) for each in offered()],
        "size": page_size(),
        "resized": resized,
    }
