"""The web rim: an engine -> a Flask application with the chat pages and the API of the contract."""

from pathlib import Path

from flask import Flask
from flask_babel import Babel

from chatbot.engine import Engine, load_engine
from chatbot.messages import CATALOGUES
from chatbot.records.recorder import new_recorder
from chatbot.settings import Settings
from chatbot.web import api, document_pages, maintain, operations, pages, problems, security
from chatbot.web.current import page_language, page_words
from chatbot.web.metrics import new_metrics
from chatbot.web.rendering import FILTERS


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """The application, with the engine given or loaded. Raises a ChatbotError where it can't be loaded."""
    app = Flask(__name__, static_folder=str(settings.static.resolve()), static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.extensions["chatbot"] = engine or load_engine(settings)
    app.extensions["chatbot_metrics"] = metrics = new_metrics()
    recorder = new_recorder(settings, app.extensions["chatbot"].documents, metrics.count_records)
    app.extensions["chatbot_recorder"] = recorder
    recorder.start()
    Babel(
        app,
        locale_selector=page_language,
        default_translation_directories=str(Path(__file__).resolve().parent.parent / CATALOGUES),
    )
    app.context_processor(page_words)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    problems.register(app)
    security.register(app)
    maintain.register(app, settings)
    for blueprint in (operations.blueprint, api.blueprint, document_pages.blueprint, pages.blueprint):
        app.register_blueprint(blueprint)
    return app
