"""Requests as attackers write them, against the whole application: nothing leaks, nothing is set, nothing fails."""

import gzip
import json
import time
from pathlib import Path

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from knowledge_files import document_text, write

from chatbot.documents import load_documents
from chatbot.engine import Engine
from chatbot.web import create_app
from chatbot.web.rendering import section_html

DOTS = [
    "..",
    "%2e%2e",
    "..%2f..",
    "%252e%252e",
    "....//",
    "..\\..",
    "..%5c..",
    "%c0%ae%c0%ae",
    ".%00.",
    "\u2025",
    "．．",
]
SECRETS = ["root:", "[project]", "CHATBOT_"]
SPLIT = [
    "a\r\nSet-Cookie: x=1",
    "a%0d%0aSet-Cookie:%20x=1",
    "a\nX-Evil: 1",
    "%E5%98%8A%E5%98%8DSet-Cookie: x=1",
    "\u560a\u560dX: 1",
]
LETTERS = {
    "surrogate": "\ud800",
    "NUL": "mi\0na",
    "right to left": "\u202emina\u202c",
    "isolates": "\u2066\u2067mina\u2069",
    "combining": "a" + "\u0301" * 900,
    "zalgo": "".join(f"m{chr(0x300 + each % 112)}" for each in range(480)),
    "joiners": "\u200d" * 500 + "mina",
    "tags": "".join(chr(0xE0000 + ord(letter)) for letter in "mina") + "mina",
    "expanding": "\ufdfa" * 55 + " mina",
    "noncharacters": "\uffff\ufffe\U0010ffff mina",
    "mathematical": "𝗆𝗂𝗇𝖺",
    "full width": "ｍｉｎａ",
    "not ours": "地雷を見つけた",
    "percent": "%s%n%x{0}{self}{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "quotes": "'; DROP TABLE answers;-- \" OR 1=1",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>{% raw %}",
}


@pytest.fixture(scope="module")
def app(engine: Engine) -> Flask:
    return create_app(engine.settings, engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("dots", DOTS)
@pytest.mark.parametrize(
    "root", ["/static/", "/documents/az/", "/documents/", "/api/v1/documents/az/", "/quotes/az/", "/embed/", "/az/"]
)
def test_no_path_leads_out(client: FlaskClient, root: str, dots: str) -> None:
    for end in ("pyproject.toml", "etc/passwd", "knowledge/az/figures.md"):
        response = client.get(f"{root}{dots}/{dots}/{dots}/{end}", buffered=True)
        assert response.status_code in (308, 400, 404)
        assert not any(secret in response.text for secret in SECRETS)
        assert not response.headers.get("Location", "").startswith(("//", "http://evil"))


@pytest.mark.parametrize(
    "address", ["//evil.example/", "//evil.example/az", "/\\evil.example", "/az//evil.example", "/%2f%2fevil.example/"]
)
def test_no_redirect_leads_away(client: FlaskClient, address: str) -> None:
    response = client.get(address, buffered=True)
    location = response.headers.get("Location", "/")
    assert location.startswith(("/", "http://localhost/"))
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("text", SPLIT)
def test_no_header_is_made_of_what_is_asked(client: FlaskClient, text: str) -> None:
    addresses = [
        f"/?question={text}",
        f"/az/?question={text}",
        f"/az/?size={text}",
        f"/documents/az/{text}",
        f"/embed/?origin={text}",
    ]
    for address in addresses:
        headers = client.get(address, buffered=True).headers
        assert "Set-Cookie" not in headers
        assert "X-Evil" not in headers
        assert all("\r" not in value and "\n" not in value for _, value in headers)
    try:
        allowed = client.get("/api/v1/documents", headers={"Origin": text}).headers
    except ValueError:  # the client itself refuses to send it
        return
    assert "Access-Control-Allow-Origin" not in allowed


@pytest.mark.parametrize("name", LETTERS)
def test_odd_letters_are_answered_everywhere(client: FlaskClient, name: str) -> None:
    text = LETTERS[name]
    begun = time.perf_counter()
    asked = client.post("/api/v1/ask", json={"question": text, "history": [text], "audience": text})
    assert asked.status_code in (200, 422)
    page = client.post("/ru/", data={"question": text.encode("utf-8", "replace"), "history": ["mina"]})
    assert page.status_code in (200, 422)
    for response in (
        client.post("/api/v1/ask", json={"question": "mina", "lang": text}),
        client.post("/api/v1/feedback", json={"id": text, "helpful": True}),
        client.get("/api/v1/documents/az/" + text.encode("utf-8", "replace").hex()),
        client.get("/documents/az/figures", query_string={"start": text.encode("utf-8", "replace"), "end": "1e9"}),
        client.get(
            "/az/", query_string={"size": text.encode("utf-8", "replace"), "lang": text.encode("utf-8", "replace")}
        ),
    ):
        assert response.status_code < 500
    assert "<script>alert" not in page.text
    assert "onerror=alert(1)>" not in page.text.replace("&gt;", "")
    assert time.perf_counter() - begun < 60


def test_bomb_is_refused_unopened(client: FlaskClient) -> None:
    bomb = gzip.compress(b'{"question": "' + b"m" * 10_000_000 + b'"}')
    assert len(bomb) < 16_384
    begun = time.perf_counter()
    response = client.post(
        "/api/v1/ask", data=bomb, content_type="application/json", headers={"Content-Encoding": "gzip"}
    )
    assert response.status_code == 415
    assert time.perf_counter() - begun < 0.5


def test_many_keys_and_long_keys_are_refused_without_being_repeated(client: FlaskClient) -> None:
    for body in ({str(number): 1 for number in range(1500)}, {"k" * 15_000: 1}):
        response = client.post("/api/v1/ask", json={"question": "mina", **body})
        assert response.status_code == 422
        assert len(response.data) < 200_000
        assert "k" * 100 not in response.text


def test_huge_numbers_are_no_trouble(client: FlaskClient) -> None:
    for number in ("1e999", "9" * 5000, "-0", "1E-400"):
        data = f'{{"question": "mina", "lang": {number}}}'
        assert client.post("/api/v1/ask", data=data, content_type="application/json").status_code in (400, 422)
    for span in ("0-99999999999999999999", "5-1", "00-00"):
        assert client.get(f"/quotes/az/figures/{'0' * 16}/{span}").status_code == 404


def test_methods_that_nobody_needs_are_refused(client: FlaskClient) -> None:
    for method in ("TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PATCH", "DEBUG", "\u0130NVALID"):
        for address in ("/az/", "/api/v1/ask", "/static/chat.css", "/documents/"):
            assert client.open(address, method=method).status_code in (400, 405)


def test_markup_in_a_knowledge_file_reaches_no_page(tmp_path: Path) -> None:
    hostile = (
        "## Heading {#a}\n\n<img src=x onerror=alert(1)> Text. <script>alert(2)</script> More.\n\n"
        '[link](javascript:alert(3)) [data](data:text/html;base64,PHNjcmlwdD4=) ![p](x "t" ) <svg/onload=alert(4)>\n\n'
        "- <a href='//evil.example' onclick=alert(5)>Item.</a>\n"
        '- [x](https://ok.example "a\\" onmouseover=alert(6)")\n'
    )
    write(tmp_path, "en/mines.md", document_text(hostile))
    document = load_documents(tmp_path)[0]
    html = section_html(document.sections[0], document)
    for tag in ("<img", "<script", "<svg", 'href="javascript', 'href="data', "<a href='"):
        assert tag not in html
    names = {name for element in lxml.html.fromstring(html).iter() for name in element.attrib}
    assert not any(name.startswith("on") for name in names)
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert 'href="https://ok.example"' in html


def test_answer_to_markup_is_json_that_no_browser_runs(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"question": LETTERS["markup"]})
    assert response.content_type == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "alert(1)" not in json.dumps(response.json)


@pytest.mark.parametrize(
    "address", ["/.git/config", "/static/.git/config", "/.env", "/pyproject.toml", "/chatbot/settings.py"]
)
def test_nothing_beside_the_pages_is_served(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
