"""Before a process says that it is ready, it has done once what a question needs: models, templates and catalogues are
loaded at their first use, and the first person is not to wait for that."""

from flask import Flask
from werkzeug.test import EnvironBuilder

from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.schema import answer_json
from chatbot.web import pages, showing
from chatbot.web.openapi import description

TINY_QUESTION = "112"


def warm(app: Flask, engine: Engine) -> None:
    """Asks tiny questions and longer ones in each language and writes their answers and pages, uncounted and unkept.
    No question is quite a stored one, for whose vector the model is not asked."""
    for lang in engine.parts.index.languages:
        stored = [each.text for each in engine.parts.index.questions if each.lang == lang]
        longer = [f"{text} {TINY_QUESTION}" for text in (stored[0], stored[-1], stored[len(stored) // 2])]
        for text in (TINY_QUESTION, *longer):
            with app.request_context(EnvironBuilder(f"/{lang}/").get_environ()):
                answer = engine.ask(Question(text, lang=lang))
                answer_json(answer)
                showing.answer_html(answer)
        with app.request_context(EnvironBuilder(f"/{lang}/").get_environ()):
            pages.chat(lang)
    description(engine.parts.index.languages, engine.settings.max_question_chars)
