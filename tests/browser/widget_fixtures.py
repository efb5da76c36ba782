"""What the browser tests of the widget and of the pages without network need: servers on real sockets, and Chromium."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.web import create_app

LANGS = ("az", "ru", "en")
PATIENCE = 20_000
"""Milliseconds: the machine may be busy."""
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A school</title><main><h1>A school</h1><p>News.</p>{element}</main>{script}</html>"""


@dataclass(frozen=True)
class Site:
    """A running server."""

    origin: str
    app: Flask


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def running(app: Flask, host: str) -> Iterator[Site]:
    """The application on a free port."""
    server = make_server(host, 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://{host}:{server.server_port}", app)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def host_app(bot: str, element: str, script: str) -> Flask:
    """A school's site: one page with the strictest policy under which the widget has to work."""
    app = Flask("school")

    @app.get("/")
    def page() -> Response:
        response = Response(HOST.format(element=element, script=script))
        policy = f"default-src 'none'; script-src {bot}; connect-src {bot}; require-trusted-types-for 'script'"
        if "frame" in request.args:
            policy += f"; frame-src {bot}"
        response.headers["Content-Security-Policy"] = policy
        return response

    return app


@contextmanager
def allowing(site: Site, *origins: str) -> Iterator[None]:
    """The chatbot with these origins allowed."""
    before = site.app.extensions["chatbot_settings"]
    site.app.extensions["chatbot_settings"] = replace(before, allowed_origins=origins)
    try:
        yield
    finally:
        site.app.extensions["chatbot_settings"] = before


@dataclass(frozen=True)
class Visit:
    """A page in a fresh profile, with what it asked for and what it complained about."""

    context: BrowserContext
    page: Page
    asked: list[str]
    complaints: list[str]


@contextmanager
def visiting(browser: Browser, **options: Any) -> Iterator[Visit]:
    context = browser.new_context(**{"viewport": {"width": 360, "height": 740}, **options})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    visit = Visit(context, page, [], [])
    context.on("request", lambda sent: visit.asked.append(sent.url))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda said: visit.complaints.append(said.text) if said.type in ("error", "warning") else None)
    try:
        yield visit
    finally:
        context.close()


@pytest.fixture(scope="session")
def bot(engine: Engine) -> Iterator[Site]:
    """The chatbot, warm, which allows no other site yet."""
    engine.ask(Question("112"))
    with running(create_app(engine.settings, engine), "127.0.0.1") as site:
        yield site


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    with visiting(browser) as found:
        yield found


def until(page: Page, expression: str) -> None:
    """Waits until the expression is true. The page's own policy forbids Playwright's way, which evaluates text."""
    for _ in range(PATIENCE // 100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def axe_violations(page: Page, within: str | None = None) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA in the page or in the element `within`, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, within, options={"runOnly": {"type": "tag", "values": rules}}).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else ''}"
        for each in found
        for node in each["nodes"]
    ]
