"""A real server and connections as attackers make them: no hidden request is answered, and nobody else has to wait."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from faults.conftest import empty_place
from servers import Server, started

SLOW = 40
"""Connections that send their body letter by letter: fewer than the server has threads."""
ASK = b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BODY = b'{"question": "I found a mine"}'
HIDDEN = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, embedder: object) -> Iterator[Server]:
    place = empty_place(tmp_path_factory.mktemp("hostile"))
    place.build(embedder)  # type: ignore[arg-type]
    with started(DATABASE="none", **place.settings) as found:
        found.wait_until_it_serves()
        yield found


def sent(server: Server, data: bytes, seconds: float = 3) -> bytes:
    """All that comes back until the server closes, or for so long."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as client:
        client.sendall(data)
        try:
            while more := client.recv(65536):
                received += more
        except (TimeoutError, ConnectionResetError):
            pass
    return received


def statuses(received: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    "data",
    [
        ASK + b"Content-Length: 5\r\nContent-Length: 30\r\n\r\n" + BODY + HIDDEN,
        ASK + b"Content-Length: -1\r\n\r\n" + HIDDEN,
        ASK + b"Content-Length: +30\r\n\r\n" + BODY,
        ASK + b"Content-Length: 0x1e\r\n\r\n" + BODY,
        ASK + b"Content-Length : 30\r\n\r\n" + BODY,
        ASK + b"Content-Length: 99999999999999999999999\r\n\r\n" + BODY,
        ASK + b"Transfer-Encoding: xchunked\r\n\r\n" + chunked(BODY) + HIDDEN,
        ASK + b"Transfer-Encoding: chunked, identity\r\n\r\n" + chunked(BODY) + HIDDEN,
        ASK + b"Transfer-Encoding : chunked\r\n\r\n" + chunked(BODY),
        ASK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY + b"\r\n0\r\n\r\n" + HIDDEN,
        ASK + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + BODY,
        ASK + b" folded: x\r\nContent-Length: 30\r\n\r\n" + BODY,
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        b"GET /health z HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_request_of_unclear_length_or_form_is_refused_and_hides_none(server: Server, data: bytes) -> None:
    received = sent(server, data)
    assert b'"openapi"' not in received
    assert all(400 <= status < 500 for status in statuses(received))


def test_body_with_two_lengths_ends_where_its_last_chunk_does(server: Server) -> None:
    head = ASK + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = chunked(BODY)
    received = sent(server, head % 4 + body)
    assert statuses(received) in ([200], [400])
    assert len(statuses(sent(server, head % (len(body) + len(HIDDEN)) + body + HIDDEN))) <= 2


def test_chunked_body_is_read_no_further_than_allowed(server: Server) -> None:
    assert statuses(sent(server, ASK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(BODY))) == [200]
    large = chunked(b'{"question": "' + b"m" * 100_000 + b'"}')
    assert statuses(sent(server, ASK + b"Transfer-Encoding: chunked\r\n\r\n" + large)) == [413]


def test_large_head_is_refused(server: Server) -> None:
    for head in (b"X: " + b"a" * 1_000_000, b"".join(b"X%d: a\r\n" % number for number in range(5000))):
        received = sent(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
        assert all(400 <= status < 500 for status in statuses(received))
    assert statuses(sent(server, b"GET /az/?question=" + b"m" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")) == [414]


def test_announced_size_is_refused_before_the_body_comes(server: Server) -> None:
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as client:
        client.sendall(ASK + b"Content-Length: 1000000\r\n\r\n{")
        assert client.recv(100).startswith(b"HTTP/1.1 413")
    assert time.monotonic() - begun < 3


def test_slow_senders_and_readers_keep_nobody_waiting(server: Server) -> None:
    with ExitStack() as opened:
        slow = [
            opened.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10)) for _ in range(SLOW)
        ]
        for each in slow[::2]:
            each.sendall(ASK + b"Content-Length: 30\r\n\r\n{")
        for each in slow[1::2]:  # they ask again and again, and read nothing
            each.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
        for _ in range(5):
            begun = time.monotonic()
            assert server.ask()["kind"] == "emergency"
            assert time.monotonic() - begun < 2


def test_server_lives_and_no_worker_was_lost(server: Server) -> None:
    assert server.ask()["kind"] == "emergency"
    assert not any("Unexpected exit" in str(line.get("event")) for line in server.logged)
    assert not any(line.get("level") == "error" for line in server.logged)
