"""Two workers: they count together and share secrets; one may be killed; what was asked is answered before the end."""

import json
import os
import resource
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPException

import pytest
from faults.conftest import Place
from servers import FOUND_A_MINE, Server, started

from chatbot.records.database import connect, reading
from chatbot.records.store import answer_counts

TOKEN = "a token that is long enough"
CLIENTS = 6
HALF_OPEN = 2000
EACH_WORKER_MEETS = 40
"""Connections after which both of two workers have met one, but for a chance of 2 in 2**40."""
SOME_UNEVEN = 20
"""Rounds of new connections of which one is not shared evenly by two workers, but for a chance of 1 in 10**10."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, embedder: object) -> Place:
    from faults.conftest import empty_place

    found = empty_place(tmp_path_factory.mktemp("workers"))
    found.build(embedder)  # type: ignore[arg-type]
    return found


@pytest.fixture(scope="module")
def server(place: Place) -> Iterator[Server]:
    temporary = place.index.parent / "temporary"
    temporary.mkdir()
    database = f"sqlite:///{place.index.parent}/records.sqlite"
    settings = {"WORKERS": 2, "MAINTAIN_TOKEN": TOKEN, "DATABASE": database, **place.settings}
    with started(extra={"TMPDIR": str(temporary)}, **settings) as found:
        found.wait_until_it_serves()
        yield found


def test_both_workers_count_together(server: Server) -> None:
    kinds = Counter(server.ask(text)["kind"] for text in [FOUND_A_MINE] * 30 + ["Where is honey sold?"] * 10)
    numbers = server.numbers()
    assert {name: number for name, number in numbers.items() if name.startswith("chatbot_questions_total")} == {
        f'chatbot_questions_total{{kind="{kind}",lang="en"}}': number for kind, number in kinds.items()
    }
    assert asked(numbers) == 40
    assert [number for name, number in numbers.items() if name.startswith("chatbot_index{")] == [2]
    assert numbers['chatbot_database{state="ok"}'] == 2
    assert numbers["chatbot_index_refused"] == 0
    assert all(asked(server.numbers()) == 40 for _ in range(EACH_WORKER_MEETS))


def asked(numbers: dict[str, float]) -> float:
    """How many questions were asked, whether worked out, kept or shared."""
    return sum(number for name, number in numbers.items() if name.startswith("chatbot_asking_total"))


def test_session_and_ids_of_one_worker_hold_at_the_other(server: Server) -> None:
    login = server.request(
        "POST",
        "/maintain/login",
        f"token={TOKEN.replace(' ', '+')}",
        **{"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
    )
    assert login[0] == 303
    cookie = login[1]["set-cookie"].partition(";")[0]
    pages = [server.request("GET", "/maintain/", Cookie=cookie)[2] for _ in range(EACH_WORKER_MEETS)]
    assert all('name="token"' not in page for page in pages)
    before = unhelpful(server)
    for _ in range(EACH_WORKER_MEETS):
        given = {"id": server.ask()["id"], "helpful": False}
        assert server.request("POST", "/api/v1/feedback", given)[0] == 204
    until = time.monotonic() + 10
    while unhelpful(server) < before + EACH_WORKER_MEETS:
        assert time.monotonic() < until
        time.sleep(0.1)


def unhelpful(server: Server) -> float:
    return sum(number for name, number in server.numbers().items() if 'helpful="no"' in name)


def test_half_open_connections_keep_nobody_waiting(server: Server) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < HALF_OPEN + 200:
        pytest.skip(f"this user may open only {hard} files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, HALF_OPEN + 200), hard))
    with ExitStack() as opened:
        for _ in range(HALF_OPEN):
            client = opened.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            client.sendall(b"GET /az/ HTTP/1.1\r\nHo")
        for _ in range(5):
            asked = time.monotonic()
            assert server.ask()["kind"] == "emergency"
            assert time.monotonic() - asked < 2


def test_connection_leaves_a_worker_in_which_others_wait(server: Server) -> None:
    def kept_open(client: str) -> list[str]:
        """What the answers to one client say of its connection, which it keeps where it may."""
        http = HTTPConnection("127.0.0.1", server.port, timeout=30)
        said = []
        for number in range(10):
            question = json.dumps({"question": f"What must I not touch, said {client} to {number}?"})
            http.request("POST", "/api/v1/ask", question, {"Content-Type": "application/json"})
            answer = http.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True)
            said.append(answer.headers.get("Connection", "stays"))
        http.close()
        return said

    assert set(kept_open("one alone")) == {"stays"}
    with ThreadPoolExecutor(CLIENTS) as clients:
        rounds = ([f"{client} of {turn}" for client in range(CLIENTS)] for turn in range(SOME_UNEVEN))
        assert any("close" in said for turn in rounds for said in clients.map(kept_open, turn))


@dataclass
class Load:
    """Clients that ask without pause, each on a new connection every time."""

    server: Server
    stop: threading.Event = field(default_factory=threading.Event)
    answered: int = 0
    faults: list[str] = field(default_factory=list)

    def __enter__(self) -> "Load":
        self.clients = [threading.Thread(target=self.ask, daemon=True) for _ in range(CLIENTS)]
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for client in self.clients:
            client.join(30)

    def ask(self) -> None:
        while not self.stop.is_set():
            try:
                assert self.server.ask()["kind"] == "emergency"
                self.answered += 1
            except (OSError, HTTPException, AssertionError, ValueError) as error:
                self.faults.append(repr(error))
                time.sleep(0.1)

    def wait_for(self, more: int) -> None:
        wanted, until = self.answered + more, time.monotonic() + 60
        while self.answered < wanted:
            assert time.monotonic() < until, self.faults
            time.sleep(0.02)


def test_killed_worker_costs_no_more_than_what_it_worked_on(server: Server) -> None:
    victim, other = server.workers()
    with Load(server) as load:
        load.wait_for(30)
        os.kill(victim, signal.SIGKILL)
        load.wait_for(60)
    print(f"{load.answered} answered, {len(load.faults)} lost with the worker")
    assert len(load.faults) <= CLIENTS
    server.wait_for_workers(2, without=victim)
    assert other in server.workers()
    assert all(server.ask()["kind"] == "emergency" for _ in range(EACH_WORKER_MEETS))
    numbers = server.numbers()
    assert [number for name, number in numbers.items() if name.startswith("chatbot_index{")] == [2]
    assert numbers['chatbot_questions_total{kind="emergency",lang="en"}'] >= load.answered
    assert any("Unexpected exit" in line["event"] for line in server.logged)


def test_what_is_under_way_is_answered_before_the_end(server: Server, place: Place) -> None:
    counted = server.numbers()['chatbot_questions_total{kind="emergency",lang="en"}']
    temporary = place.index.parent / "temporary"
    assert [each.name[:16] for each in temporary.iterdir()] == ["chatbot-metrics-"]
    body = json.dumps({"question": FOUND_A_MINE, "lang": "en"}).encode()
    head = (
        f"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(head.encode() + body[:10])
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        client.sendall(body[10:])
        answer = b""
        while b"emergency" not in answer:
            answer += client.recv(65536)
    assert answer.startswith(b"HTTP/1.1 200")
    assert server.process.wait(40) == 0
    assert list(temporary.iterdir()) == []
    with reading(connect(f"sqlite:///{place.index.parent}/records.sqlite")) as connection:
        rows = answer_counts(connection, date.min)
    written = sum(each.number for each in rows if each.kind == "emergency")
    assert counted - 20 <= written <= counted + 1
