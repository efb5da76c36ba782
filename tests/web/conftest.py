"""The application on the real engine, and a client of it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot.engine import Engine
from chatbot.web import create_app


@pytest.fixture(scope="session")
def app(engine: Engine) -> Flask:
    return create_app(engine.settings, engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
