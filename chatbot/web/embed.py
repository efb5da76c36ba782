"""The chat on other sites: the widget's script, its frame, and the page that tells webmasters how to use them."""

from typing import cast

from flask import Blueprint, Response, abort, current_app, render_template, request

from chatbot.web.audiences import audience_names
from chatbot.web.current import current_settings, offered, page_language
from chatbot.web.packed import AN_HOUR, FOREVER, Packed, send
from chatbot.web.security import policy
from chatbot.web.snippets import (
    THEMES,
    element,
    frame,
    frame_policy_line,
    newest_script,
    pinned_script,
    policy_lines,
    read_choice,
)
from chatbot.web.static_files import current_static
from chatbot.web.widget_bundle import Widget

RELEASES = "widget-releases"

blueprint = Blueprint("embed", __name__, url_prefix="/embed")


@blueprint.get("/")
def page() -> str:
    """The choices, and the lines to paste."""
    choice = read_choice(request.args, page_language(), offered())
    bot, widget = request.host_url.rstrip("/"), current_widget()
    snippets = {
        "pinned": f"{pinned_script(bot, widget.version, widget.integrity)}\n{element(choice, bot)}",
        "newest": f"{newest_script(bot)}\n{element(choice, bot)}",
        "policy": policy_lines(bot),
        "frame": frame(choice, bot),
        "frame_policy": frame_policy_line(bot),
    }
    return render_template(
        "embed.html",
        choice=choice,
        snippets=snippets,
        audiences=audience_names(page_language()),
        themes=THEMES,
        allowed=choice.origin == bot or choice.origin in current_settings().allowed_origins,
        version=widget.version,
        integrity=widget.integrity,
    )


@blueprint.get("/v1/widget.js")
def newest() -> Response:
    """The newest script of the API's version 1."""
    return _script(current_widget().script, AN_HOUR)


@blueprint.get("/<version>/widget.js")
def pinned(version: str) -> Response:
    """The script of exactly this version, the newest or an earlier one that was kept."""
    widget = current_widget()
    if version == widget.version:
        return _script(widget.script, FOREVER)
    kept = current_static().files.get(f"{RELEASES}/{version}.js")
    if kept is None:
        abort(404, f"there is no version {version!r} of the widget; /embed/ names the newest")
    return _script(kept, FOREVER)


@blueprint.get("/frame")
def framed() -> Response:
    """The chat alone, for a frame on an allowed site. Without script it holds the plain form."""
    choice = read_choice({**request.args, "chat": page_language()}, page_language(), offered())
    response = Response(render_template("frame.html", choice=choice))
    response.headers["Content-Security-Policy"] = policy(("'self'", *current_settings().allowed_origins))
    return response


def current_widget() -> Widget:
    return cast(Widget, current_app.extensions["chatbot_widget"])


def _script(script: Packed, cache: str) -> Response:
    """The script; every page may load it, for the API decides who may ask."""
    response = send(script, cache)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
