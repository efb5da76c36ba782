"""Ids of answers: signed, opaque to the server's books, without a word of the question."""

import base64
import string
import zlib

import pytest

from chatbot.records.tickets import MOST_REMEMBERED, REMEMBERED_SECONDS, Memory, Tickets

SECTIONS = ("emergency-object#found", "what-it-looks-like#general", "figures#latest-total")


def test_id_brings_kind_language_and_sections_back() -> None:
    tickets = Tickets("k" * 20)
    ticket, signed = tickets.issue("answer", "az", SECTIONS)
    assert tickets.read(signed) == ticket
    assert (ticket.kind, ticket.lang, ticket.sections) == ("answer", "az", SECTIONS)
    assert set(signed) <= set(string.ascii_letters + string.digits + "-_.")
    assert len(signed) <= 400


def test_ids_of_equal_answers_differ() -> None:
    tickets = Tickets("")
    assert len({tickets.issue("answer", "az", SECTIONS)[1] for _ in range(100)}) == 100


def test_id_holds_a_random_number_and_the_answer_alone() -> None:
    ticket, signed = Tickets("").issue("answer", "az", SECTIONS[:1])
    payload = signed.rpartition(".")[0]
    data = base64.urlsafe_b64decode(payload.lstrip(".") + "==")
    told = zlib.decompress(data) if payload.startswith(".") else data
    assert told.decode() == f'["{ticket.nonce}","answer","az",["{SECTIONS[0]}"]]'


@pytest.mark.parametrize(
    "spoil",
    [lambda text: text[:-1], lambda text: "A" + text, lambda text: "", lambda text: "abc-_1", lambda text: text + "."],
)
def test_spoiled_ids_are_none(spoil: object) -> None:
    tickets = Tickets("k" * 20)
    assert callable(spoil)
    assert tickets.read(spoil(tickets.issue("answer", "az", ())[1])) is None


def test_processes_with_one_key_read_each_others_ids() -> None:
    _, signed = Tickets("k" * 20).issue("answer", "az", ())
    assert Tickets("k" * 20).read(signed) is not None
    assert Tickets("l" * 20).read(signed) is None
    assert Tickets("").read(signed) is None


def test_memory_forgets_after_a_quarter_of_an_hour() -> None:
    now = [0.0]
    memory = Memory(lambda: now[0])
    memory.keep("a", "one")
    memory.keep("b", "two")
    now[0] = REMEMBERED_SECONDS - 1
    assert memory.take("a") == "one"
    assert memory.take("a") is None
    now[0] = REMEMBERED_SECONDS
    assert memory.take("b") is None


def test_memory_is_bounded() -> None:
    memory = Memory()
    for number in range(MOST_REMEMBERED + 10):
        memory.keep(str(number), "text")
    assert memory.take("9") is None
    assert memory.take("10") == "text"


def test_first_time_is_once() -> None:
    memory = Memory()
    assert [memory.first_time("a"), memory.first_time("a"), memory.first_time("b")] == [True, False, True]
