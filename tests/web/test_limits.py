"""How often an address may ask; that danger is answered all the same; that no address is kept; Redis, and its end."""

import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
import redis_server
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot.engine import Engine
from chatbot.errors import SettingsError
from chatbot.web import create_app
from chatbot.web.callers import DAY, Callers, network
from chatbot.web.contract import AnswerBody
from chatbot.web.problems import PROBLEM_TYPE, Problem

CALM = "Mina necə görünür?"
DANGER = "Mina tapdım, nə edim?"

needs_redis = pytest.mark.skipif(redis_server.program() is None, reason="Debian's package redis-server is missing")


def limited(engine: Engine, limit: str = "2 per minute", **more: object) -> FlaskClient:
    settings = replace(engine.settings, rate_limit=limit, **more)  # type: ignore[arg-type]
    return create_app(settings, replace(engine, settings=settings)).test_client()


def ask(client: FlaskClient, address: str = "192.0.2.1", question: str = CALM, **headers: str) -> TestResponse:
    return client.post(
        "/api/v1/ask", json={"question": question}, environ_base={"REMOTE_ADDR": address}, headers=headers
    )


def test_address_that_asks_too_often_is_told_when_to_come_back(engine: Engine) -> None:
    client = limited(engine)
    assert [ask(client).status_code for _ in range(3)] == [200, 200, 429]
    response = ask(client)
    assert response.content_type == PROBLEM_TYPE
    assert 1 <= int(response.headers["Retry-After"]) <= 61  # the library rounds up
    assert "ask again in" in Problem.model_validate(response.json).detail
    assert ask(client, "192.0.2.2").status_code == 200


def test_address_may_ask_again_later(engine: Engine) -> None:
    client = limited(engine, "1 per 2 second")
    ask(client, "192.0.2.2")  # the answer is kept, so that the next come quickly
    assert [ask(client).status_code for _ in range(2)] == [200, 429]
    time.sleep(2.1)
    assert ask(client).status_code == 200


def test_danger_is_answered_however_often_it_is_asked(engine: Engine) -> None:
    client = limited(engine)
    for _ in range(6):
        answer = AnswerBody.model_validate(ask(client, question=DANGER).json)
        assert answer.kind == "emergency"
        assert answer.quotes
    assert ask(client).status_code == 429
    page = client.post("/az/", data={"question": DANGER}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert page.status_code == 200
    assert 'chatbot_asking_total{outcome="limited"} 6.0' in client.get("/metrics").text


@pytest.mark.parametrize(
    ("lang", "words"), [("az", "Çox tez-tez"), ("ru", "слишком часто"), ("en", "asked very often")]
)
def test_reader_gets_a_page_in_their_language(engine: Engine, lang: str, words: str) -> None:
    client = limited(engine, "1 per minute")
    pages = [client.post(f"/{lang}/", data={"question": CALM, "history": ["mina", "112"]}) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 429]
    assert words in pages[1].text
    assert int(pages[1].headers["Retry-After"]) > 0


def test_page_without_a_question_and_texts_are_not_counted(engine: Engine) -> None:
    client = limited(engine, "1 per minute")
    for address in ("/az/", "/documents/", "/az/about", "/healthz", "/readyz", "/api/v1/documents") * 2:
        assert client.get(address).status_code == 200
    assert ask(client, "127.0.0.1").status_code == 200


def test_readers_words_are_counted(engine: Engine) -> None:
    client = limited(engine, "1 per minute")
    assert [client.post("/api/v1/feedback", json={"id": "a", "helpful": True}).status_code for _ in range(2)] == [
        204,
        429,
    ]


def test_forged_header_makes_no_new_address(engine: Engine) -> None:
    client = limited(engine)
    forged = [ask(client, **{"X-Forwarded-For": f"198.51.100.{number}"}).status_code for number in range(4)]
    assert forged == [200, 200, 429, 429]


def test_trusted_proxy_names_the_address_and_the_one_before_it_does_not(engine: Engine) -> None:
    client = limited(engine, trusted_proxies=1)
    forged = [ask(client, **{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}) for number in range(3)]
    assert [each.status_code for each in forged] == [200, 200, 429]
    assert ask(client, **{"X-Forwarded-For": "203.0.113.10"}).status_code == 200


@pytest.mark.parametrize("limit", ["many", "", "0 per century", "120"])
def test_limit_that_is_none_stops_the_start(engine: Engine, limit: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_RATE_LIMIT"):
        limited(engine, limit)


@pytest.mark.parametrize("storage", ["redis://host:port", "nothing://host", "redi"])
def test_storage_that_is_none_stops_the_start(engine: Engine, storage: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_RATE_STORAGE"):
        limited(engine, rate_storage=storage)


def test_name_of_an_address_holds_for_a_day_in_one_process() -> None:
    clock = Mock(return_value=5 * DAY + 1.0)
    callers, others = Callers(None, clock=clock), Callers(None, clock=clock)
    name = callers.name("192.0.2.1")
    assert callers.name("192.0.2.1") == name != callers.name("192.0.2.2")
    assert others.name("192.0.2.1") != name
    assert "192" not in name
    clock.return_value += DAY
    assert callers.name("192.0.2.1") != name
    clock.return_value -= DAY
    assert callers.name("192.0.2.1") != name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        (None, "no address", True),
    ],
)
def test_line_is_told_from_the_addresses_on_it(one: str | None, other: str, same: bool) -> None:
    assert (network(one) == network(other)) is same


def test_memory_holds_no_address(engine: Engine) -> None:
    client = limited(engine)
    ask(client, "192.0.2.77")
    limits = client.application.extensions["chatbot_limits"]
    counted = vars(limits._limiter.storage)["events"]
    assert counted
    assert "192.0.2" not in repr(counted) + repr(vars(limits.callers))


@needs_redis
def test_processes_share_the_count_in_redis_and_no_address_lies_there(engine: Engine, tmp_path: Path) -> None:
    with redis_server.server(tmp_path) as (url, _):
        one, other = limited(engine, rate_storage=url), limited(engine, rate_storage=url)
        assert [ask(each, "192.0.2.77").status_code for each in (one, other, one)] == [200, 200, 429]
        client = redis_server.redis.Redis.from_url(url)
        keys = client.keys("*")
        assert keys
        assert all(0 < client.ttl(key) <= DAY for key in keys)
        assert not any(b"192.0.2" in key for key in keys)
        client.close()


@needs_redis
def test_end_of_redis_is_hardly_felt_and_its_return_taken(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port = redis_server.free_port()
    with redis_server.server(tmp_path, port) as (url, process):
        client = limited(engine, rate_storage=url)
        assert ask(client).status_code == 200
        process.kill()
        process.wait()
        begun = time.perf_counter()
        assert [ask(client).status_code for _ in range(3)] == [200, 200, 429]
        assert time.perf_counter() - begun < 3
        assert ask(client, question=DANGER).status_code == 200
        assert "falling back to in-memory storage" in caplog.text
        assert "192.0.2" not in caplog.text
    with redis_server.server(tmp_path, port) as (url, _), redis_server.redis.Redis.from_url(url) as stored:
        for number in range(100):
            ask(client, f"203.0.113.{number}")
            if stored.keys("*"):
                return
            time.sleep(0.1)
    raise AssertionError("the count did not come back to Redis")


def test_redis_that_is_missing_at_the_start_is_done_without(engine: Engine) -> None:
    client = limited(engine, rate_storage=f"redis://127.0.0.1:{redis_server.free_port()}/0")
    assert [ask(client).status_code for _ in range(3)] == [200, 200, 429]
