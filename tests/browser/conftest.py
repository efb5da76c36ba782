"""A real server on the real engine, and Debian's Chromium before it. Without Chromium these tests alone are skipped."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from kept_records import TOKEN, write_records
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from chatbot.engine import Engine
from chatbot.web import create_app

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
PATIENCE_MS = 30_000

NewContext = Callable[..., BrowserContext]


class Silent(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on PATH: install it with `apt-get install chromium` to run the browser tests")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running chatbot, with its maintainers' page."""
    database = f"sqlite:///{tmp_path_factory.mktemp('kept')}/records.sqlite"
    write_records(database)
    settings = replace(engine.settings, database=database, maintain_token=TOKEN)
    app = create_app(settings, replace(engine, settings=settings))
    served = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.port}"
    served.shutdown()
    thread.join()
    served.server_close()
    app.extensions["chatbot_recorder"].flush()


@pytest.fixture
def new_context(browser: Browser, server: str) -> Iterator[NewContext]:
    """Makes contexts on a phone's screen; a script error or a request to another origin fails the test."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def made(**options: object) -> BrowserContext:
        given = {"viewport": PHONE, "base_url": server, "locale": "en", **options}
        context = browser.new_context(**given)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", lambda request: request.url.startswith(server) or wrong.append(request.url))
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        opened.append(context)
        return context

    yield made
    for context in opened:
        context.close()
    assert wrong == []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture
def plain_page(new_context: NewContext) -> Page:
    """A page whose browser runs no script."""
    return new_context(java_script_enabled=False).new_page()
