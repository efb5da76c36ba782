"""`chatbot embed-check` on pages of real servers: a school's and the chatbot's."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from command_runs import Ran, Run
from flask import Flask, Response, redirect
from knowledge_files import write_tiny
from werkzeug.serving import WSGIRequestHandler, make_server

from chatbot.answer import Parts
from chatbot.documents import fingerprint, load_documents
from chatbot.engine import Engine
from chatbot.index.build import build_index
from chatbot.settings import Settings
from chatbot.web import create_app

Serve = Callable[..., str]


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def running(app: Flask, host: str) -> Iterator[str]:
    server = make_server(host, 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{host}:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def bot_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    knowledge = write_tiny(tmp_path_factory.mktemp("bot") / "knowledge")
    index = build_index(load_documents(knowledge), fingerprint(knowledge), None).index
    settings = Settings(knowledge=knowledge)
    return create_app(settings, Engine(settings, Parts(index, None, None), "small"))


@pytest.fixture(scope="module")
def bot(bot_app: Flask) -> Iterator[str]:
    with running(bot_app, "127.0.0.1") as origin:
        yield origin


@pytest.fixture
def serve(bot_app: Flask) -> Iterator[Serve]:
    """Serves a school's page, by default allowed by the chatbot, and gives its address."""
    with ExitStack() as running_sites:

        def served(html: str, policy: str | None = None, allowed: bool = True, status: int = 200) -> str:
            app = Flask("school")
            headers = {"Content-Security-Policy": policy} if policy else {}
            app.add_url_rule("/", "page", lambda: Response(html, status, headers))
            app.add_url_rule("/moved", "moved", lambda: redirect("/"))
            app.add_url_rule("/away", "away", lambda: redirect("file:///etc/passwd"))
            app.add_url_rule("/round", "round", lambda: redirect("/round"))
            origin = running_sites.enter_context(running(app, "localhost"))
            settings = bot_app.extensions["chatbot_settings"]
            bot_app.extensions["chatbot_settings"] = replace(settings, allowed_origins=(origin,) if allowed else ())
            return origin

        yield served


def newest(bot: str, element: str | None = None) -> str:
    kept = f'<mine-risk-chat lang="en"><a href="{bot}/en/">Ask</a></mine-risk-chat>' if element is None else element
    return f'<html><script src="{bot}/embed/v1/widget.js" defer></script>{kept}</html>'


def pinned(bot: str, app: Flask, integrity: str | None = None, more: str = 'crossorigin="anonymous"') -> str:
    widget = app.extensions["chatbot_widget"]
    given = widget.integrity if integrity is None else integrity
    script = f'<script src="{bot}/embed/{widget.version}/widget.js" integrity="{given}" {more}></script>'
    return f'{script}<mine-risk-chat lang="en"><a href="{bot}/en/">Ask</a></mine-risk-chat>'


def rules(ran: Ran) -> list[str]:
    return [missing["rule"] for missing in json.loads(ran.out)["missing"]]


def test_page_in_order_passes(run: Run, serve: Serve, bot: str, bot_app: Flask) -> None:
    policy = f"default-src 'none'; script-src {bot}; connect-src {bot}; require-trusted-types-for 'script'"
    for html in (newest(bot), pinned(bot, bot_app)):
        ran = run("embed-check", serve(html, policy) + "/moved")
        assert (ran.code, ran.out, ran.err) == (0, "The widget is in order on this page.\n", "")


def test_chatbots_own_page_passes(run: Run, bot: str) -> None:
    assert run("embed-check", f"{bot}/embed/?lang=en").code == 0


def test_every_thing_that_is_missing_is_named(run: Run, serve: Serve, bot: str, bot_app: Flask) -> None:
    cases = [
        (serve("<p>Nothing</p>"), ["script"]),
        (serve(newest(bot, "")), ["element"]),
        (serve(newest(bot, '<mine-risk-chat audience="cats"></mine-risk-chat>')), ["lang", "audience", "link"]),
        (serve(newest(bot) + newest(bot, "")), ["twice"]),
        (serve(pinned(bot, bot_app, integrity="")), ["integrity"]),
        (serve(pinned(bot, bot_app, integrity="sha384-AAAA")), ["integrity"]),
        (serve(pinned(bot, bot_app, more="")), ["crossorigin"]),
        (serve(newest(bot).replace("/v1/", "/000000000000/")), ["version"]),
        (serve(newest(bot), "default-src 'self'"), ["policy", "policy"]),
        (serve(newest(bot), f"default-src 'none'; script-src {bot}"), ["policy"]),
        (serve(f'<meta http-equiv="Content-Security-Policy" content="connect-src \'none\'">{newest(bot)}'), ["policy"]),
    ]
    for address, expected in cases:
        allow(bot_app, address)
        ran = run("embed-check", address, "--json")
        assert (ran.code, rules(ran)) == (1, expected)


def test_origin_that_is_not_allowed_is_named(run: Run, serve: Serve, bot: str) -> None:
    origin = serve(newest(bot), allowed=False)
    ran = run("embed-check", origin)
    assert ran.code == 1
    assert ran.out == "1 missing\n"
    assert ran.err == (
        f"{origin}: the chatbot does not allow the origin {origin}; "
        f"ask those who run it to add {origin} to CHATBOT_ALLOWED_ORIGINS\n"
    )


def test_frame_is_checked_too(run: Run, serve: Serve, bot: str, bot_app: Flask) -> None:
    frame = f'<iframe src="{bot}/embed/frame?lang=en" title="Chat"></iframe>'
    assert run("embed-check", serve(frame)).code == 0
    assert rules(run("embed-check", serve(frame, allowed=False), "--json")) == ["origin"]
    blocked = serve(frame.replace('title="Chat"', ""), "default-src 'self'")
    assert rules(run("embed-check", blocked, "--json")) == ["policy", "title"]


def test_dead_chatbot_is_named(run: Run, serve: Serve) -> None:
    assert rules(run("embed-check", serve(newest("http://127.0.0.1:9")), "--json")) == ["bot"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.az/", "school.az", "https://", "javascript:1"])
def test_address_that_is_none_is_wrong_usage(run: Run, address: str) -> None:
    ran = run("embed-check", address)
    assert ran.code == 2
    assert "begin it with https:// or http://" in ran.err


@pytest.mark.parametrize("path", ["/away", "/round", "/none"])
def test_page_that_can_not_be_fetched_is_one_line(run: Run, serve: Serve, path: str) -> None:
    ran = run("embed-check", serve("<p>Nothing</p>") + path)
    assert ran.code == 1
    assert ran.err.startswith("chatbot: ")
    assert ran.err.count("\n") == 1


def test_endless_page_is_refused(run: Run, serve: Serve) -> None:
    ran = run("embed-check", serve("x" * 2_000_001))
    assert ran.code == 1
    assert "longer than 2000000 bytes" in ran.err


def allow(app: Flask, *origins: str) -> None:
    app.extensions["chatbot_settings"] = replace(app.extensions["chatbot_settings"], allowed_origins=origins)
