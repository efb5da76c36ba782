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
USABLE_SECONDS, PHONE_SECONDS = 2.5, 0.5
"""In which the question can be typed, and what of that a slow phone needs for itself."""
ROUND_TRIP, BYTES_A_SECOND = 0.4, 400_000 / 8
"""Of a slow line. The seconds are worked out from what comes over it: a clock would tell how busy this computer is."""
BEFORE_THE_INPUT = """() => {
  const sizes = (kind) => performance.getEntriesByType(kind);
  const blocking = sizes("resource").filter((each) => each.renderBlockingStatus === "blocking");
  return [sizes("navigation")[0].transferSize, blocking.map((each) => each.transferSize)];
}"""


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


def test_little_comes_over_a_slow_line_before_the_question_can_be_typed(new_context: Any) -> None:
    context: BrowserContext = new_context()
    page = context.new_page()
    page.goto("/az/", wait_until="networkidle")
    html, blocking = page.evaluate(BEFORE_THE_INPUT)
    round_trips = 3 if blocking else 2  # for the connection, the page, and what it waits for, all at once
    seconds = round_trips * ROUND_TRIP + (html + sum(blocking)) / BYTES_A_SECOND
    print(f"usable after {seconds:.2f} s on the line: {html} bytes of page, {blocking} that it waits for")
    assert html > 1000
    assert seconds <= USABLE_SECONDS - PHONE_SECONDS


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
