"""The chat pages. They work without script: each page carries its talk in its own forms."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirection

from chatbot.answer import Answer, suggest
from chatbot.errors import QuestionError
from chatbot.question import Question
from chatbot.web.current import current_engine, current_metrics, current_recorder, page_language, require_offered
from chatbot.web.talk import EARLIER_SHOWN, Talk, Turn, answers, read_talk

BYTES_OF_A_LETTER = 12
"""The most that one letter takes in a form: four bytes, each written as %XX."""
ABOUT = "about-chatbot"

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> Redirection:
    """On to the chat in the reader's language."""
    asked = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    response = redirect(url_for("pages.chat", lang=page_language()) + asked)
    response.headers["Vary"] = "Accept-Language"
    return response


@blueprint.route("/<lang>/", methods=["GET", "POST"], strict_slashes=False)
def chat(lang: str) -> Response:
    """The chat page: empty, or with the whole talk and the newest answer in full."""
    require_offered(lang)
    longest = current_engine().settings.max_question_chars
    # A form holds several questions, so it may be larger than a request of the API.
    request.max_content_length = (EARLIER_SHOWN + 2) * longest * BYTES_OF_A_LETTER
    given = request.form if request.method == "POST" else request.args
    talk = read_talk(given, longest)
    if talk.question:
        return _answered(lang, talk, given.get("helpful"), given.get("id", ""))
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


def _answered(lang: str, talk: Talk, helpful: str | None, answer_id: str) -> Response:
    try:
        newest = current_engine().ask(Question(talk.question, history=talk.earlier, page_lang=lang))
    except QuestionError:
        too_long = len(talk.question) > current_engine().settings.max_question_chars
        return _not_asked(lang, talk, "too_long" if too_long else "empty")
    if helpful in ("yes", "no"):
        current_recorder().helped(answer_id, helpful == "yes")
        current_metrics().count_feedback(helpful == "yes")
    else:
        newest = current_recorder().answered(talk.question, newest)
        current_metrics().count_answer(newest)
    return _page(lang, talk, newest=Turn(talk.question, newest, _answer_html(newest)), thanked=helpful in ("yes", "no"))


def _not_asked(lang: str, talk: Talk, problem: str) -> Response:
    """The page with what was typed, and what is wrong with it."""
    return _page(lang, Talk(talk.earlier), typed=talk.question, problem=problem, status=422)


def _page(
    lang: str,
    talk: Talk,
    newest: Turn | None = None,
    typed: str = "",
    problem: str | None = None,
    thanked: bool = False,
    status: int = 200,
) -> Response:
    engine = current_engine()
    earlier = [Turn(text, answer, _answer_html(answer)) for text, answer in answers(engine, talk.earlier, lang)]
    html = render_template(
        "chat.html",
        talk=talk,
        earlier=earlier[::-1],
        newest=newest,
        suggestions=newest.answer.suggestions if newest else suggest(lang, engine.parts.index),
        suggestions_lang=newest.answer.lang if newest else lang,
        longest=engine.settings.max_question_chars,
        typed=typed,
        problem=problem,
        thanked=thanked,
    )
    return Response(html, status)


def _answer_html(answer: Answer) -> Markup:
    """The answer, all its words in its own language."""
    with force_locale(answer.lang):
        return Markup(render_template("answer.html", answer=answer))  # noqa: S704  # the template escapes
