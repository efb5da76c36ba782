"""The maintainer's page: what is asked, what is missing, what has to be reviewed. It names no person."""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, url_for

from chatbot.errors import RecordsError
from chatbot.records.database import connect
from chatbot.records.reader import Reader, RememberedVectors
from chatbot.records.recorder import own_words, this_day
from chatbot.settings import Settings
from chatbot.web.current import page_language
from chatbot.web.limits import caller_name
from chatbot.web.maintain_session import SESSION_SECONDS, Attempts, Sessions, from_this_site
from chatbot.web.maintain_view import index_view, kept_view, review_view

COOKIE = "maintain"
LONGEST_TOKEN = 1000
WAIT_SECONDS = 60

blueprint = Blueprint("maintain", __name__, url_prefix="/maintain")


@dataclass(frozen=True)
class Maintenance:
    """What the page works with; `reader` is None where nothing is kept."""

    sessions: Sessions
    attempts: Attempts
    reader: Reader | None
    vectors: RememberedVectors
    known: frozenset[str]


def register(app: Flask, settings: Settings) -> None:
    """Adds the page, if there is a token for it."""
    if not settings.maintain_token:
        return
    url = settings.database_url
    app.extensions["chatbot_maintenance"] = Maintenance(
        sessions=Sessions(settings.maintain_token),
        attempts=Attempts(),
        reader=Reader(connect(url), settings.retention_days, this_day) if url else None,
        vectors=RememberedVectors(),
        known=own_words(app.extensions["chatbot"].engine().documents) if url else frozenset(),
    )
    app.register_blueprint(blueprint)


@blueprint.get("/")
def overview() -> str:
    """The page or, without a session, the form that asks for the token."""
    at_work = _maintenance()
    if not at_work.sessions.holds(request.cookies.get(_cookie(), "")):
        return render_template("maintain_login.html", problem=None)
    kept, unreadable = None, False
    try:
        kept = kept_view(at_work.reader, at_work.vectors, at_work.known) if at_work.reader else None
    except RecordsError as error:
        current_app.logger.error("%s", error)
        unreadable = True
    return render_template(
        "maintain.html", kept=kept, unreadable=unreadable, reviews=review_view(this_day()), index=index_view()
    )


@blueprint.post("/login")
def login() -> Response:
    """On to the page with a session, or the form again: 403 for a wrong token, 429 for too many."""
    _require_this_site()
    at_work = _maintenance()
    caller = caller_name()
    if at_work.attempts.too_many(caller):
        response = Response(render_template("maintain_login.html", problem="wait"), 429)
        response.headers["Retry-After"] = str(WAIT_SECONDS)
        return response
    if not at_work.sessions.fits(request.form.get("token", "")[:LONGEST_TOKEN]):
        at_work.attempts.failed(caller)
        return Response(render_template("maintain_login.html", problem="wrong"), 403)
    response = _to_page()
    response.set_cookie(
        _cookie(),
        at_work.sessions.open(),
        max_age=SESSION_SECONDS,
        path=url_for("maintain.overview"),
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return response


@blueprint.post("/logout")
def logout() -> Response:
    """Back to the form; the session is over."""
    _require_this_site()
    _maintenance().sessions.close(request.cookies.get(_cookie(), ""))
    response = _to_page()
    response.delete_cookie(
        _cookie(), path=url_for("maintain.overview"), secure=request.is_secure, httponly=True, samesite="Strict"
    )
    return response


def _cookie() -> str:
    """The cookie's name; behind https one that browsers take only from there."""
    return f"__Secure-{COOKIE}" if request.is_secure else COOKIE


def _maintenance() -> Maintenance:
    found: Maintenance = current_app.extensions["chatbot_maintenance"]
    return found


def _require_this_site() -> None:
    if not from_this_site(request):
        abort(403, "send the form from the page itself")


def _to_page() -> Response:
    return redirect(url_for("maintain.overview", lang=page_language()), 303, Response)  # type: ignore[return-value]
