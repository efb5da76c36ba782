"""The chat pages. They work without script: each page carries its talk in its own forms."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import MultiDict
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as Redirection

from chatbot.errors import QuestionError
from chatbot.suggestions import suggest
from chatbot.web import limits
from chatbot.web.bodies import LONGEST_COMMENT
from chatbot.web.current import (
    current_engine,
    current_metrics,
    current_recorder,
    offered,
    page_language,
    require_offered,
)
from chatbot.web.showing import for_script
from chatbot.web.talk import BYTES_OF_A_FIELD, EARLIER_SHOWN, Talk, Turn, read_talk, turns

ABOUT = "about-chatbot"

blueprint = Blueprint("pages", __name__)


class LanguageCode(BaseConverter):
    """What may be a language's code (BCP 47). So /healthz is no page of a language that is not offered."""

    regex = "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"


@blueprint.record_once
def know_languages(state: BlueprintSetupState) -> None:
    """Has the application's addresses know what a language is."""
    state.app.url_map.converters["language"] = LanguageCode


@blueprint.get("/")
def home() -> Redirection:
    """On to the chat in the reader's language."""
    asked = request.args.getlist("question")
    response = redirect(url_for("pages.chat", lang=page_language(), question=asked[:1] or None))
    response.headers["Vary"] = "Accept-Language"
    return response


@blueprint.route("/<language:lang>/", methods=["GET", "POST"], strict_slashes=False)
def chat(lang: str) -> Response:
    """The chat page: empty, or with the whole talk and the newest answer in full."""
    require_offered(lang)
    settings = current_engine().settings
    given = request.form if request.method == "POST" else request.args
    talk = read_talk(given, settings.max_question_chars, settings.max_body_bytes, offered())
    if talk.question:
        return _answered(lang, talk, given)
    if "question" in given:
        return _not_asked(lang, talk, "empty")
    return _page(lang, talk)


@blueprint.get("/<lang>/about")
def about(lang: str) -> str:
    """What this is, in the words of its own file."""
    require_offered(lang)
    document = current_engine().parts.index.document(lang, ABOUT)
    engine = current_engine()
    kept_days = engine.settings.retention_days if engine.settings.database_url else None
    return render_template("about.html", document=document, version=engine.version, kept_days=kept_days)


def _answered(lang: str, talk: Talk, given: MultiDict[str, str]) -> Response:
    try:
        told = turns(limits.ask, talk, lang)
    except QuestionError:
        too_long = len(talk.question) > current_engine().settings.max_question_chars
        return _not_asked(lang, talk, "too_long" if too_long else "empty")
    helpful = given.get("helpful")
    if helpful in ("yes", "no"):
        comment = given.get("comment", "").strip()[:LONGEST_COMMENT] or None
        current_recorder().helped(given.get("id", ""), helpful == "yes", comment)
        current_metrics().count_feedback(helpful == "yes")
    elif "question" in given:
        answered = current_recorder().answered(talk.question, told[-1].answer)
        told[-1] = replace(told[-1], answer=answered)
        current_metrics().count_answer(answered)
    else:  # the same question in another language or size: a reader may say whether it helped, but asked only once
        told[-1] = replace(told[-1], answer=current_recorder().shown_again(talk.question, told[-1].answer))
    return _page(lang, talk, told[:-1], newest=told[-1], thanked=helpful in ("yes", "no"))


def _not_asked(lang: str, talk: Talk, problem: str) -> Response:
    """The page with what was typed, and what is wrong with it."""
    kept = replace(talk, question="")
    earlier = turns(limits.ask, kept, lang)
    return _page(lang, kept, earlier, typed=talk.question, problem=problem, status=422)


def _page(
    lang: str,
    talk: Talk,
    earlier: Sequence[Turn] = (),
    newest: Turn | None = None,
    typed: str = "",
    problem: str | None = None,
    thanked: bool = False,
    status: int = 200,
) -> Response:
    engine = current_engine()
    html = render_template(
        "chat.html",
        talk=talk,
        earlier=earlier,
        newest=newest,
        suggestions=newest.answer.suggestions if newest else suggest(lang, engine.parts.index, asked=talk.asked),
        suggestions_lang=newest.answer.lang if newest else lang,
        longest=engine.settings.max_question_chars,
        typed=typed,
        problem=problem,
        thanked=thanked,
        most=EARLIER_SHOWN,
        field_bytes=BYTES_OF_A_FIELD,
        longest_comment=LONGEST_COMMENT,
        **for_script(offered()),
    )
    return Response(html, status)
