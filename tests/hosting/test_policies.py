import pytest

from chatbot.hosting.policies import allows

BOT = "https://bot.az"
SCRIPT = f"{BOT}/embed/v1/widget.js"


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("default-src 'none'; script-src https://bot.az", True),
        ("default-src 'none'", False),
        ("default-src https://bot.az", True),
        ("img-src 'none'", True),
        ("", True),
        ("script-src 'self'", False),
        ("script-src *", True),
        ("script-src https:", True),
        ("script-src http:", True),
        ("script-src bot.az", True),
        ("script-src *.az", True),
        ("script-src *.bot.az", False),
        ("script-src https://bot.az/embed/", True),
        ("script-src https://bot.az/embed/v1/widget.js", True),
        ("script-src https://bot.az/embed", False),
        ("script-src https://bot.az:443", True),
        ("script-src https://bot.az:8443", False),
        ("script-src https://bot.az:*", True),
        ("script-src 'nonce-abc'", True),
        ("script-src 'nonce-other'", False),
        ("script-src 'strict-dynamic' https://bot.az", False),
        ("script-src-elem https://other.az; script-src https://bot.az", False),
        ("SCRIPT-SRC https://bot.az; script-src 'none'", True),
    ],
)
def test_policy_is_read_as_browsers_read_it(policy: str, allowed: bool) -> None:
    assert allows(policy, "script-src", SCRIPT, "https://school.az", nonce="abc") is allowed


def test_self_is_the_pages_own_origin() -> None:
    assert allows("connect-src 'self'", "connect-src", f"{BOT}/api/v1/ask", BOT)
    assert not allows("connect-src 'self'", "connect-src", f"{BOT}/api/v1/ask", f"{BOT}:8443")
