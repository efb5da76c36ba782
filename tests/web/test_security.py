"""Headers, cookies, and what a page makes the browser do."""

import re

import pytest
from flask.testing import FlaskClient

from chatbot.web.security import HEADERS

ADDRESSES = [
    "/",
    "/az/",
    "/ru/?question=мина",
    "/en/about",
    "/documents/",
    "/documents/az/figures",
    "/none",
    "/static/chat.css",
]
OPERATED = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/api/v1/documents",
    "/api/v1/none",
    "/static/../pyproject.toml",
]


@pytest.mark.parametrize("address", [*ADDRESSES, *OPERATED])
def test_every_response_has_the_headers(client: FlaskClient, address: str) -> None:
    response = client.get(address, buffered=True)
    for name, value in HEADERS:
        public = name == "Cross-Origin-Resource-Policy" and address == "/static/chat.css"
        assert response.headers[name] == ("cross-origin" if public else value)
    assert "Set-Cookie" not in response.headers
    assert response.status_code < 500


def test_policy_allows_only_this_server(client: FlaskClient) -> None:
    policy = client.get("/az/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    for part in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy


@pytest.mark.parametrize("address", ["/az/", "/az/?question=mina", "/documents/az/figures", "/ru/about", "/none"])
def test_page_needs_nothing_inline_or_foreign(client: FlaskClient, address: str) -> None:
    html = client.get(address).text
    assert not re.search(r"<style|<iframe|\sstyle=|\son[a-z]+=", html)
    assert re.sub(r'<script type="module" src="/static/[^"]+"></script>', "", html).count("<script") == 0
    loaded = re.findall(r'<(?:link|img|script)[^>]*(?:href|src)="([^"]+)"', html)
    assert loaded
    assert all(re.match(r"/static/|/../manifest.webmanifest$", each) for each in loaded)


def test_answers_stay_in_no_cache(client: FlaskClient) -> None:
    assert client.post("/az/", data={"question": "mina"}).headers["Cache-Control"] == "no-store"
    assert client.post("/api/v1/ask", json={"question": "mina"}).headers["Cache-Control"] == "no-store"
    assert "max-age" in client.get("/static/chat.css", buffered=True).headers["Cache-Control"]


def test_style_sheets_load_nothing(client: FlaskClient) -> None:
    for name in ("tokens.css", "chat.css"):
        sheet = client.get(f"/static/{name}", buffered=True).text
        assert "url(" not in sheet
        assert "@import" not in sheet
