"""What is let in: hosts, proxies, sizes and forms of bodies; what is not, is refused before it costs anything."""

import io
import json
import time
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from chatbot.engine import Engine
from chatbot.web import create_app
from chatbot.web.bodies import DEEPEST
from chatbot.web.problems import PROBLEM_TYPE, Problem

MOST = 16_384
MINE = json.dumps({"question": "mina"}).encode()


def served(engine: Engine, **settings: object) -> FlaskClient:
    changed = replace(engine.settings, **settings)  # type: ignore[arg-type]
    return create_app(changed, replace(engine, settings=changed)).test_client()


def sent(client: FlaskClient, data: bytes, **environ: object) -> TestResponse:
    """The response to a body with exactly these server variables, as a server hands it on."""
    builder = EnvironBuilder("/api/v1/ask", method="POST", content_type="application/json")
    given = {**builder.get_environ(), "wsgi.input": io.BytesIO(data), **environ}
    given = {name: value for name, value in given.items() if value is not None}
    body, status, headers = run_wsgi_app(client.application, given)
    return TestResponse(body, status, headers, builder.get_request())


@pytest.mark.parametrize("size", [MOST + 1, 2 * MOST, 1_000_000])
def test_chunked_body_is_read_no_further_than_allowed(client: FlaskClient, size: int) -> None:
    data = b'{"question": "' + b"m" * size + b'"}'
    read = io.BytesIO(data)
    response = sent(
        client,
        b"",
        CONTENT_LENGTH=None,
        HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input_terminated": True, "wsgi.input": read},
    )
    assert response.status_code == 413
    assert read.tell() <= 8 * MOST


def test_small_chunked_body_is_answered(client: FlaskClient) -> None:
    response = sent(
        client, MINE, CONTENT_LENGTH=None, HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input_terminated": True}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("length", "status"),
    [
        (str(len(MINE) + 5), 400),  # the rest never comes
        (str(len(MINE) - 5), 400),  # cut JSON
        ("0", 400),
        ("-1", 400),
        ("many", 400),
        ("", 400),
        (str(MOST + 1), 413),
        ("9" * 400, 413),
    ],
)
def test_wrong_content_length_is_refused(client: FlaskClient, length: str, status: int) -> None:
    response = sent(client, MINE, CONTENT_LENGTH=length)
    assert (response.status_code, response.content_type) == (status, PROBLEM_TYPE)


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "GZIP, gzip", "unknown"])
def test_packed_body_is_refused_unread(client: FlaskClient, encoding: str) -> None:
    for address in ("/api/v1/ask", "/api/v1/feedback", "/az/"):
        response = client.post(
            address, data=MINE, content_type="application/json", headers={"Content-Encoding": encoding}
        )
        assert response.status_code == 415
    assert client.post("/api/v1/ask", json={"question": "mina"}, headers={"Content-Encoding": "identity"}).json


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_nested_body_is_refused_quickly(client: FlaskClient, opening: str) -> None:
    for times in (DEEPEST + 1, 2000, MOST // len(opening) - 100):
        closing = "".join("]" if letter == "[" else "}" for letter in reversed(opening) if letter in "[{")
        data = f'{{"question": {opening * times}1{closing * times}}}'.encode()[: MOST - 1]
        begun = time.perf_counter()
        response = client.post("/api/v1/ask", data=data, content_type="application/json")
        assert (response.status_code, response.content_type) == (400, PROBLEM_TYPE)
        assert time.perf_counter() - begun < 1


def test_body_nested_as_deep_as_allowed_is_read(client: FlaskClient) -> None:
    lists = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    response = client.post("/api/v1/ask", data=f'{{"question": {lists}}}', content_type="application/json")
    assert response.status_code == 422


def test_long_address_is_refused(client: FlaskClient) -> None:
    response = client.get("/az/?question=" + "m" * MOST)
    assert response.status_code == 414
    assert "112" in response.text


def test_form_of_many_fields_is_refused(client: FlaskClient) -> None:
    fields = {f"a{number}": "b" for number in range(200)}
    assert client.post("/az/", data=fields, content_type="multipart/form-data").status_code == 413


def test_any_host_is_answered_unless_some_are_named(client: FlaskClient) -> None:
    assert client.get("/az/", headers={"Host": "anything.example"}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/az/", "/embed/", "/api/v1/ask", "/healthz", "/maintain/login", "/static/chat.css"]
)
def test_other_host_is_refused(engine: Engine, address: str) -> None:
    client = served(engine, trusted_hosts=("chat.example.az", ".school.az"), maintain_token="a long enough token")
    for host in ("evil.example", "chat.example.az.evil.example", "school.az@evil.example", "xschool.az", ""):
        response = client.post(address, headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.text
    for host in ("chat.example.az", "chat.example.az:8000", "a.school.az"):
        assert client.get(address, headers={"Host": host}, buffered=True).status_code != 400


def test_embed_page_names_the_trusted_host(engine: Engine) -> None:
    client = served(engine, trusted_hosts=("chat.example.az",))
    page = client.get("/embed/", headers={"Host": "chat.example.az", "X-Forwarded-Host": "evil.example"})
    assert "http://chat.example.az/embed/v1/widget.js" in page.text
    assert "evil" not in page.text


@pytest.mark.parametrize("host", ['a"><script>', "a b", "a\\b", "a/b", "ä.example"])
def test_host_that_is_none_is_refused(client: FlaskClient, host: str) -> None:
    response = client.get("/embed/", environ_overrides={"HTTP_HOST": host})
    assert response.status_code == 400
    assert host not in response.text


def test_https_is_believed_of_trusted_proxies_alone(engine: Engine) -> None:
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    direct = served(engine, maintain_token="a long enough token")
    behind = served(engine, maintain_token="a long enough token", trusted_proxies=1)
    for client, secure in ((direct, False), (behind, True)):
        page = client.get("/az/", headers=forged)
        assert ("Strict-Transport-Security" in page.headers) is secure
        origin = "https://localhost" if secure else "http://localhost"
        login = client.post(
            "/maintain/login", data={"token": "a long enough token"}, headers={**forged, "Origin": origin}
        )
        cookie = login.headers["Set-Cookie"]
        assert ("Secure" in cookie.split("; ")) is secure
        assert cookie.startswith("__Secure-maintain=" if secure else "maintain=")
        assert {"HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))


def test_problem_of_an_untrusted_host_is_a_problem_document(engine: Engine) -> None:
    client = served(engine, trusted_hosts=("chat.example.az",))
    response = client.post("/api/v1/ask", json={"question": "mina"}, headers={"Host": "evil.example"})
    assert Problem.model_validate(response.json).status == 400
