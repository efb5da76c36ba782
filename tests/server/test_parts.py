"""The parts of `chatbot serve` that need no server."""

import logging
import multiprocessing
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from chatbot.errors import IndexUnusableError, KnowledgeError, ServerError
from chatbot.server import numbers_folder, with_secret
from chatbot.server.address import Address, take_address
from chatbot.server.reports import Failed, Ready, Watch
from chatbot.server.responses import whole
from chatbot.server.worker import unexpected
from chatbot.settings import Settings


@pytest.fixture
def address() -> Iterator[Address]:
    found = take_address("127.0.0.1", 0)
    yield found
    found.own.close()


def test_accepted_connection_sends_the_end_of_an_answer_at_once(address: Address) -> None:
    address.listen(1)
    with socket.create_connection(address.own.getsockname()):
        accepted, _ = address.own.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@dataclass
class Watched:
    """What a watch of some reports said and stopped."""

    said: list[str] = field(default_factory=list)
    stopped: int = 0

    def stop(self) -> None:
        self.stopped += 1


def watched(address: Address, workers: int, *reports: Ready | Failed) -> tuple[Watched, Watch]:
    reading, writing = multiprocessing.Pipe(duplex=False)
    for report in reports:
        writing.send(report)
    writing.close()
    found = Watched()
    watch = Watch(reading, address, workers, found.said.append, found.stop)
    watch.run()
    reading.close()
    return found, watch


def test_serving_is_said_when_the_last_worker_is_ready(address: Address) -> None:
    assert watched(address, 2, Ready(1, 0.5))[0].said == []
    assert watched(address, 2, Ready(1, 0.5), Ready(2, 0.5), Ready(3, 0.5))[0].said == [f"Serving at {address.url}"]


def test_worker_that_can_not_begin_stops_the_start(address: Address) -> None:
    error = KnowledgeError("it is wrong", where="file.md:3", mend="mend it")
    found, watch = watched(address, 2, Ready(1, 0.5), Failed(2, error), Failed(3, IndexUnusableError("late")))
    assert (found.said, found.stopped) == ([], 2)
    assert type(watch.failure) is KnowledgeError
    assert str(watch.failure) == "file.md:3: it is wrong; mend it"


def test_later_worker_that_can_not_begin_leaves_the_others(address: Address, caplog: pytest.LogCaptureFixture) -> None:
    found, watch = watched(address, 1, Ready(1, 0.5), Failed(2, IndexUnusableError("it is damaged")))
    assert (found.stopped, watch.failure) == (0, None)
    assert [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR] == [
        "a worker can't begin: it is damaged"
    ]


def test_taken_address_is_nobody_elses(address: Address) -> None:
    late = take_address("127.0.0.1", address.port)
    address.listen(1)
    with pytest.raises(ServerError, match="Address already in use"):
        late.listen(1)
    late.own.close()
    with pytest.raises(ServerError, match="Address already in use"):
        take_address("127.0.0.1", address.port)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", address.port))


@pytest.mark.parametrize(("host", "url"), [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")])
def test_address_is_told_as_a_browser_takes_it(host: str, url: str) -> None:
    found = take_address(host, 0)
    assert found.url == f"{url}{found.port}"
    found.own.close()


def test_workers_share_a_secret_that_nobody_gave() -> None:
    assert len(with_secret(Settings()).secret) == 64
    assert with_secret(Settings()).secret != with_secret(Settings()).secret
    assert with_secret(Settings(secret="given by somebody")).secret == "given by somebody"


def test_folder_of_counters_is_gone_at_the_end() -> None:
    with numbers_folder() as folder:
        (folder / "counter_1.db").write_text("")
    assert not folder.exists()


def test_error_that_nobody_foresaw_is_one_line() -> None:
    assert str(unexpected(ImportError("no\nmodule"))) == (
        "a worker can't begin (ImportError: no module); install the package anew"
    )


def test_body_leaves_whole_and_is_closed() -> None:
    class Body:
        closed = 0

        def __iter__(self) -> Iterator[bytes]:
            return iter([b"do ", b"not ", b"touch"])

        def close(self) -> None:
            self.closed += 1

    body = Body()
    assert whole(lambda *_: body)({}, lambda *_: None) == [b"do not touch"]  # type: ignore[arg-type, return-value]
    assert body.closed == 1
