"""Sessions and attempts, with a clock that is handed in."""

import pytest

from chatbot.web.maintain_session import MOST_TOGETHER, SESSION_SECONDS, Attempts, Sessions

TOKEN = "correct horse battery staple"


def test_session_ends_after_half_an_hour() -> None:
    now = [1_000_000.0]
    sessions = Sessions(TOKEN, lambda: now[0])
    cookie = sessions.open()
    now[0] += SESSION_SECONDS - 1
    assert sessions.holds(cookie)
    now[0] += 1
    assert not sessions.holds(cookie)


@pytest.mark.parametrize("spoil", ["", "x", "a.b.c"])
def test_made_up_session_is_none(spoil: str) -> None:
    sessions = Sessions(TOKEN)
    assert not sessions.holds(spoil)
    assert not sessions.holds(sessions.open() + spoil + "x")
    assert not sessions.holds(Sessions("another token of length").open())


def test_attempts_are_forgotten_after_a_minute() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for number in range(MOST_TOGETHER):
        assert not attempts.too_many(f"caller {number}")
        attempts.failed(f"caller {number}")
    assert attempts.too_many("another")
    now[0] = 60.0
    assert not attempts.too_many("another")
