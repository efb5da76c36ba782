"""The web rim: an engine -> a Flask application with the chat pages and the API of the contract."""

from pathlib import Path

from flask import Flask
from flask_babel import Babel

from chatbot.asking import new_asking
from chatbot.engine import Engine, load_engine
from chatbot.messages import CATALOGUES
from chatbot.records.recorder import new_recorder
from chatbot.reloading import Serving
from chatbot.settings import Settings
from chatbot.web import (
    access_log,
    api,
    compression,
    cors,
    document_pages,
    embed,
    limits,
    maintain,
    offline,
    operations,
    outside,
    pages,
    problems,
    quote_receipts,
    security,
    static_files,
)
from chatbot.web.current import add_size, page_language, page_words
from chatbot.web.guidance import KeptGuidance
from chatbot.web.metrics import new_metrics
from chatbot.web.rendering import FILTERS
from chatbot.web.static_files import read_static_files
from chatbot.web.widget_bundle import make_widget


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """The application, with the engine given or loaded. Raises a ChatbotError where it can't be loaded."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.extensions["chatbot_settings"] = settings
    loaded = engine or load_engine(settings)
    app.extensions["chatbot_metrics"] = metrics = new_metrics()
    metrics.show_index("begun", loaded.version, loaded.version)
    app.extensions["chatbot"] = Serving(loaded, told=metrics.show_index)
    app.extensions["chatbot_asking"] = new_asking(settings, metrics.count_asking, metrics.show_inside)
    recorder = new_recorder(settings, loaded.documents, metrics.count_records)
    app.extensions["chatbot_recorder"] = recorder
    if settings.database_url is None:
        metrics.show_database("off")
    recorder.start()
    Babel(
        app,
        locale_selector=page_language,
        default_translation_directories=str(Path(__file__).resolve().parent.parent / CATALOGUES),
    )
    app.extensions["chatbot_guidance"] = KeptGuidance()
    app.context_processor(page_words)
    app.url_defaults(add_size)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["receipt_url"] = quote_receipts.receipt_url
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    access_log.register(app)
    problems.register(app)
    outside.register(app, settings)
    limits.register(app, settings)
    security.register(app)
    compression.register(app)
    cors.register(app)
    maintain.register(app, settings)
    static_files.register(app, read_static_files(settings.static.resolve()))
    app.extensions["chatbot_widget"] = make_widget(settings.static, loaded.parts.index.languages)
    for blueprint in (
        operations.blueprint,
        api.blueprint,
        document_pages.blueprint,
        embed.blueprint,
        offline.blueprint,
        quote_receipts.blueprint,
        pages.blueprint,
    ):
        app.register_blueprint(blueprint)
    return app
