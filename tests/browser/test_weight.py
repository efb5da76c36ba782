"""What a visit costs on a bad line, measured as the browser counts it."""

from collections.abc import Callable
from typing import Any

from flask import Response
from page_states import CLUES
from playwright.sync_api import BrowserContext, expect
from visits import ask
from widget_fixtures import Visit, running, until, visit

from chatbot.engine import Engine
from chatbot.web import create_app

__all__ = ["visit"]

LIMIT_BYTES = 50_000
USABLE_MS = 2500
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}


def test_first_visit_is_light(new_context: Any) -> None:
    context: BrowserContext = new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/az/", wait_until="networkidle")
    print(f"first visit: {sum(sizes):.0f} bytes in {len(sizes)} requests")
    assert len(sizes) >= 5
    assert sum(sizes) <= LIMIT_BYTES


def test_first_visit_is_light_with_what_the_worker_keeps(visit: Visit, engine: Engine) -> None:
    sent: list[int] = []
    app = create_app(engine.settings, engine)
    # Asked first, so it runs last: it counts what the others have compressed.
    app.after_request_funcs[None].insert(0, counting(sent))
    with running(app, "127.0.0.1") as site:
        visit.page.goto(f"{site.origin}/az/", wait_until="networkidle")
        until(visit.page, "caches.match('/az/emergency').then(Boolean)")
        until(visit.page, "caches.match('/az/offline').then(Boolean)")
        print(f"first visit with the worker: {sum(sent)} bytes in {len(sent)} responses")
    assert len(sent) >= 10
    assert sum(sent) <= LIMIT_BYTES


def counting(sent: list[int]) -> Callable[[Response], Response]:
    """Notes the bytes of each response, head and body."""

    def count(response: Response) -> Response:
        sent.append(len(response.get_data()) + len(str(response.headers)) + len("HTTP/1.1 200 OK"))
        return response

    return count


def test_input_is_soon_usable_on_a_slow_line_and_phone(new_context: Any) -> None:
    context: BrowserContext = new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto("/az/", wait_until="commit")
    page.locator("#question").fill("mina")
    usable = page.evaluate("performance.now()")
    print(f"input usable after {usable:.0f} ms")
    assert usable <= USABLE_MS


def test_pictures_come_only_with_the_answer(new_context: Any) -> None:
    context: BrowserContext = new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/en/", wait_until="networkidle")
    assert not [url for url in asked if "/pictures/" in url]
    ask(page, CLUES["en"])
    page.locator("#answer .pictures img").last.scroll_into_view_if_needed()
    for picture in page.locator("#answer .pictures img").all():
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("e => e.naturalWidth") > 0
    assert [url for url in asked if "/pictures/" in url]
