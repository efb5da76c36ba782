"""The widget's script, the frame, the page for webmasters, and who may read the API."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot.engine import Engine
from chatbot.messages import say
from chatbot.web import create_app
from chatbot.web.snippets import AUDIENCES, Choice
from chatbot.web.widget_bundle import Widget
from chatbot.web.widget_release import keep_release

SCHOOL = "https://school.az"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
SINKS = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "DOMParser",
    "srcdoc",
]
STORES = ["localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches."]


@pytest.fixture(scope="module")
def allowing(engine: Engine) -> FlaskClient:
    """A client of a chatbot that allows one school."""
    return create_app(replace(engine.settings, allowed_origins=(SCHOOL,)), engine).test_client()


@pytest.fixture
def widget(app: Flask) -> Widget:
    found = app.extensions["chatbot_widget"]
    assert isinstance(found, Widget)
    return found


def test_newest_script_is_loaded_by_any_page(client: FlaskClient, widget: Widget) -> None:
    response = client.get("/embed/v1/widget.js", headers={"Origin": "https://anyone.az"})
    assert response.data == widget.script.raw
    assert response.content_type == "text/javascript; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=3600"


def test_pinned_script_never_changes(client: FlaskClient, widget: Widget) -> None:
    response = client.get(f"/embed/{widget.version}/widget.js")
    assert "immutable" in response.headers["Cache-Control"]
    assert hashlib.sha256(response.data).hexdigest().startswith(widget.version)
    assert widget.integrity == "sha384-" + base64.b64encode(hashlib.sha384(response.data).digest()).decode()
    assert client.get("/embed/000000000000/widget.js").status_code == 404


def test_earlier_release_that_was_kept_is_still_served(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    static = tmp_path_factory.mktemp("static")
    for file in engine.settings.static.rglob("*.*"):
        target = static / file.relative_to(engine.settings.static)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    settings = replace(engine.settings, static=static)
    version = keep_release(settings)
    shared = static / "dom.js"
    shared.write_text(shared.read_text("utf-8") + "const later = 1;\n", "utf-8")
    client = create_app(settings, engine).test_client()
    assert client.get("/embed/v1/widget.js").data != client.get(f"/embed/{version}/widget.js").data
    kept = client.get(f"/embed/{version}/widget.js")
    assert hashlib.sha256(kept.data).hexdigest().startswith(version)
    assert "immutable" in kept.headers["Cache-Control"]


def test_script_is_small(client: FlaskClient) -> None:
    sent = client.get("/embed/v1/widget.js", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(sent.data) <= 15 * 1024


def test_script_sets_text_alone_and_stores_nothing(widget: Widget) -> None:
    script = widget.script.raw.decode()
    assert [each for each in (*SINKS, *STORES) if each in script] == []
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    assert re.findall(r"https?://[^\"'`\s]+", script) == ["http://www.w3.org/2000/svg"]


def test_script_speaks_the_three_languages(widget: Widget) -> None:
    script = widget.script.raw.decode()
    for lang in ("az", "ru", "en"):
        assert json.dumps(say("Ask about mines", lang), ensure_ascii=False) in script
    assert {"az", "ru", "en"} == set(re.findall(r'"(az|ru|en)": \{"launcher"', script))


def test_allowed_origin_reads_answers(allowing: FlaskClient) -> None:
    preflight = allowing.options("/api/v1/ask", headers={"Origin": SCHOOL, **PREFLIGHT})
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == SCHOOL
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
    asked = allowing.post("/api/v1/ask", json={"question": "mina"}, headers={"Origin": SCHOOL})
    assert asked.headers["Access-Control-Allow-Origin"] == SCHOOL
    assert "Origin" in asked.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in asked.headers
    wrong = allowing.post("/api/v1/ask", data="x", headers={"Origin": SCHOOL})
    assert (wrong.status_code, wrong.headers["Access-Control-Allow-Origin"]) == (415, SCHOOL)


@pytest.mark.parametrize(
    "origin",
    [
        "https://other.az",
        "http://school.az",
        "https://school.az.evil.az",
        "https://school.az:444",
        "https://SCHOOL.az",
        "null",
        "*",
        "",
        "https://school.az/",
        "https://xschool.az",
    ],
)
def test_other_origin_is_told_nothing(allowing: FlaskClient, origin: str) -> None:
    for response in (
        allowing.options("/api/v1/ask", headers={"Origin": origin, **PREFLIGHT}),
        allowing.post("/api/v1/ask", json={"question": "mina"}, headers={"Origin": origin}),
    ):
        assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
        assert "Origin" in response.headers["Vary"]


def test_no_origin_is_allowed_by_default(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "mina"}, headers={"Origin": SCHOOL})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_pages_are_not_readable_by_an_allowed_origin(allowing: FlaskClient) -> None:
    for address in ("/az/", "/metrics", "/embed/"):
        assert "Access-Control-Allow-Origin" not in allowing.get(address, headers={"Origin": SCHOOL}).headers


def test_frame_is_framed_by_allowed_origins_alone(client: FlaskClient, allowing: FlaskClient) -> None:
    def ancestors(response_of: FlaskClient) -> str:
        policy = response_of.get("/embed/frame?lang=ru").headers["Content-Security-Policy"]
        return policy.partition("frame-ancestors ")[2]

    assert ancestors(client) == "'self'"
    assert ancestors(allowing) == f"'self' {SCHOOL}"
    assert "frame-ancestors 'none'" in allowing.get("/az/").headers["Content-Security-Policy"]


def test_frame_works_without_script(client: FlaskClient) -> None:
    html = client.get("/embed/frame?lang=ru&audience=parents").text
    assert '<html lang="ru"' in html
    assert 'audience="parents"' in html
    assert 'action="/ru/#answer"' in html
    assert 'href="tel:112"' in html


def test_language_of_the_page_decides_where_the_question_does_not(client: FlaskClient) -> None:
    for lang in ("az", "ru", "en"):
        asked = client.post("/api/v1/ask", json={"question": "???"}, headers={"Accept-Language": lang})
        assert asked.json is not None
        assert asked.json["lang"] == lang
    russian = client.post("/api/v1/ask", json={"question": "как выглядит мина"}, headers={"Accept-Language": "en"})
    assert russian.json is not None
    assert russian.json["lang"] == "ru"


def snippets(client: FlaskClient, **asked: str) -> Iterator[str]:
    html = client.get("/embed/", query_string=asked).text
    return (unescape(each) for each in re.findall(r"<code[^>]*>(.*?)</code>", html, re.DOTALL))


def test_webmaster_gets_the_lines(client: FlaskClient, widget: Widget) -> None:
    chosen = {"lang": "en", "chat": "ru", "audience": "teachers", "accent": "#112233", "theme": "dark"}
    pinned, newest, policy, frame, frame_policy, *_ = snippets(client, **chosen)
    element = '<mine-risk-chat lang="ru" audience="teachers" accent="#112233" theme="dark">'
    assert element in pinned
    assert element in newest
    assert f'integrity="{widget.integrity}" crossorigin="anonymous"' in pinned
    assert f"http://localhost/embed/{widget.version}/widget.js" in pinned
    assert '<a href="http://localhost/ru/">' in pinned
    assert policy == "script-src http://localhost;\nconnect-src http://localhost;"
    assert "http://localhost/embed/frame?lang=ru&audience=teachers&accent=%23112233&theme=dark" in unescape(frame)
    assert frame_policy == "frame-src http://localhost;"


def test_what_is_not_offered_gives_way(client: FlaskClient) -> None:
    hostile = '"><script>alert(1)</script>'
    html = client.get(
        "/embed/", query_string={"lang": "en", "chat": hostile, "audience": hostile, "accent": hostile, "site": hostile}
    ).text
    assert "<script>alert" not in html
    assert "We could not read the address of your site." in html


@pytest.mark.parametrize("lang", ["az", "ru", "en"])
def test_webmaster_page_names_every_audience(client: FlaskClient, lang: str) -> None:
    html = client.get(f"/embed/?lang={lang}").text
    assert all(f'<option value="{audience}"' in html for audience in AUDIENCES)


def test_webmaster_is_told_whether_the_site_is_allowed(allowing: FlaskClient) -> None:
    def said(site: str) -> str:
        return allowing.get("/embed/", query_string={"lang": "en", "site": site}).text

    assert "https://school.az is allowed to use the chatbot." in said("https://school.az/news?x=1")
    assert "https://school.az is allowed to use the chatbot." in said("School.az")
    assert "https://other.az is not allowed to use the chatbot yet." in said("https://other.az")


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("https://a.az:443/x", "https://a.az"),
        ("http://a.az:8080", "http://a.az:8080"),
        ("a.az", "https://a.az"),
        ("ftp://a.az", ""),
        ("https://a.az:99999", ""),
        ("https://[", ""),
        ("  ", ""),
    ],
)
def test_site_is_read_as_an_origin(site: str, origin: str) -> None:
    assert Choice("az", site=site).origin == origin
