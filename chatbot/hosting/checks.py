"""A school's page -> what is missing in it, so that the widget works there."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from chatbot.errors import FetchError
from chatbot.front_matter import Audience
from chatbot.hosting.fetching import Fetched, fetch
from chatbot.hosting.page import ELEMENT, Attributes, HostPage, origin_of, read_page
from chatbot.hosting.policies import allows

Fetch = Callable[..., Fetched]
OK = 200


@dataclass(frozen=True)
class Missing:
    """One thing to mend; `rule` is its name for programs."""

    rule: str
    what: str
    mend: str


@dataclass(frozen=True)
class Checked:
    """The page, the chatbot's origin that it names (None where it names none), and what is missing."""

    url: str
    bot: str | None
    missing: tuple[Missing, ...]


def check_host_page(url: str, languages: Sequence[str], fetching: Fetch = fetch) -> Checked:
    """What is missing in the page at the address. Raises FetchError where the page can't be fetched."""
    got = fetching(url)
    if got.status != OK:
        raise FetchError(f"the page answers with status {got.status}", where=url, mend="check its address")
    page = read_page(got.url, got.text)
    held = page.scripts or page.frames
    if not held:
        mend = "paste the lines that /embed/ of the chatbot gives"
        return Checked(
            got.url, None, (Missing("script", "the page holds neither the widget's script nor a frame", mend),)
        )
    bot = origin_of(held[0]["src"])
    policies = [*(got.headers.get_all("Content-Security-Policy") or []), *page.policies]
    checks = _frame_checks if not page.scripts else _widget_checks
    return Checked(got.url, bot, tuple(checks(page, bot, policies, languages, fetching)))


def _frame_checks(
    page: HostPage, bot: str, policies: list[str], _: Sequence[str], fetching: Fetch
) -> Iterator[Missing]:
    frame = page.frames[0]
    yield from _mixed(page, bot)
    yield from _blocked(policies, "frame-src", frame["src"], page.origin)
    if not frame.get("title"):
        yield Missing("title", "the frame has no title", 'add title="…", for those who cannot see it')
    got = _reached(partial(fetching, frame["src"]))
    if got is None or got.status != OK:
        yield _unreachable(bot)
        return
    for policy in got.headers.get_all("Content-Security-Policy") or []:
        ancestors = next(
            (part.split()[1:] for part in policy.split(";") if part.split()[:1] == ["frame-ancestors"]), None
        )
        if (
            ancestors is not None
            and page.origin not in ancestors
            and not (page.origin == bot and "'self'" in ancestors)
        ):
            yield _not_allowed(page.origin)


def _widget_checks(
    page: HostPage, bot: str, policies: list[str], languages: Sequence[str], fetching: Fetch
) -> Iterator[Missing]:
    script = page.scripts[0]
    if len(page.scripts) > 1:
        yield Missing("twice", "the page loads the widget's script more than once", "keep one script")
    yield from _mixed(page, bot)
    yield from _blocked(policies, "script-src", script["src"], page.origin, script.get("nonce", ""))
    yield from _blocked(policies, "connect-src", f"{bot}/api/v1/ask", page.origin)
    yield from _element_checks(page, languages)
    yield from _integrity_checks(script, _reached(partial(fetching, script["src"])), bot)
    if page.origin != bot:
        yield from _origin_checks(page, bot, fetching)


def _element_checks(page: HostPage, languages: Sequence[str]) -> Iterator[Missing]:
    if not page.elements:
        yield Missing(
            "element", f"the page holds no <{ELEMENT}>", f'add <{ELEMENT} lang="{languages[0]}">…</{ELEMENT}>'
        )
    for attributes, links in page.elements:
        lang = attributes.get("lang", "")
        if lang not in languages:
            said = f"lang is {lang!r}" if lang else "it has no lang"
            yield Missing("lang", f"<{ELEMENT}>: {said}", f"give one of {', '.join(languages)}")
        if attributes.get("audience", "everyone") not in get_args(Audience):
            said = f"<{ELEMENT}>: the audience {attributes['audience']!r} is unknown"
            yield Missing("audience", said, f"give one of {', '.join(get_args(Audience))}")
        if not links:
            yield Missing(
                "link", f"<{ELEMENT}> holds no link", "put a link to the chatbot inside, for where script fails"
            )


def _integrity_checks(script: Attributes, got: Fetched | None, bot: str) -> Iterator[Missing]:
    if got is None:
        yield _unreachable(bot)
        return
    if got.status != OK:
        mend = "take the newest lines from /embed/ of the chatbot"
        yield Missing("version", f"the script's address answers with status {got.status}", mend)
        return
    pinned = "/embed/v1/" not in script["src"]
    given = script.get("integrity", "").split()
    right = {
        f"{name}-{base64.b64encode(hashlib.new(name, got.body).digest()).decode()}"
        for name in ("sha256", "sha384", "sha512")
    }
    if pinned and not given:
        yield Missing(
            "integrity", "the pinned script has no integrity", "take the whole line from /embed/ of the chatbot"
        )
    if given and not right & set(given):
        said = (
            "the integrity is not that of the script" if pinned else "the newest script changes, and integrity with it"
        )
        yield Missing("integrity", said, "take the pinned line from /embed/ of the chatbot")
    if given and script.get("crossorigin") not in ("", "anonymous"):
        yield Missing("crossorigin", "the script has an integrity but no crossorigin", 'add crossorigin="anonymous"')


def _origin_checks(page: HostPage, bot: str, fetching: Fetch) -> Iterator[Missing]:
    headers = {
        "Origin": page.origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    got = _reached(partial(fetching, f"{bot}/api/v1/ask", method="OPTIONS", headers=headers))
    if got is not None and got.headers.get("Access-Control-Allow-Origin") != page.origin:
        yield _not_allowed(page.origin)


def _mixed(page: HostPage, bot: str) -> Iterator[Missing]:
    if page.origin.startswith("https:") and bot.startswith("http:"):
        yield Missing(
            "https", f"the page is of https, the chatbot's address {bot} is not", "write https:// in the lines"
        )


def _blocked(policies: list[str], directive: str, address: str, own_origin: str, nonce: str = "") -> Iterator[Missing]:
    if not all(allows(policy, directive, address, own_origin, nonce) for policy in policies):
        bot = origin_of(address)
        yield Missing("policy", f"the page's content security policy forbids {address}", f"add {bot} to {directive}")


def _reached(fetching: Callable[[], Fetched]) -> Fetched | None:
    try:
        return fetching()
    except FetchError:
        return None


def _unreachable(bot: str) -> Missing:
    return Missing("bot", f"the chatbot at {bot} does not answer", "check its address, or ask those who run it")


def _not_allowed(origin: str) -> Missing:
    return Missing(
        "origin",
        f"the chatbot does not allow the origin {origin}",
        f"ask those who run it to add {origin} to CHATBOT_ALLOWED_ORIGINS",
    )
