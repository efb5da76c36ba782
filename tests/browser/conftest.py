"""One chatbot and one Chromium for all browser tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from widget_fixtures import CHROMIUM, FLAGS, Site, Visit, running, visiting

from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.web import create_app


@pytest.fixture(scope="session")
def bot(engine: Engine) -> Iterator[Site]:
    """The chatbot, warm, which allows no other site yet."""
    engine.ask(Question("112"))
    with running(create_app(engine.settings, engine), "127.0.0.1") as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    with visiting(chromium) as found:
        yield found
