"""What a school's webmaster chooses -> the lines to paste into the school's page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode, urlsplit

from markupsafe import escape

from chatbot.front_matter import Audience
from chatbot.messages import say
from chatbot.settings import ORIGIN

ACCENT = "#0b5566"
COLOUR = re.compile(r"#[0-9a-f]{6}")
AUDIENCES: tuple[str, ...] = get_args(Audience)
DEFAULT_PORTS = (("http", 80), ("https", 443))
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Choice:
    """The widget that is wanted. `site`: the address of the page that will hold it, or empty."""

    lang: str
    audience: str = "everyone"
    accent: str = ACCENT
    theme: str = "auto"
    site: str = ""

    @property
    def origin(self) -> str:
        """The site's origin as browsers send it, or empty where the address is none."""
        address = self.site.strip().lower()
        try:
            parts = urlsplit(address if "://" in address else f"https://{address}")
            port = None if (parts.scheme, parts.port) in DEFAULT_PORTS else parts.port
        except ValueError:
            return ""
        origin = f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port else "")
        return origin if ORIGIN.fullmatch(origin) else ""


def read_choice(given: Mapping[str, str], page_lang: str, languages: tuple[str, ...]) -> Choice:
    """The choice in the address; what is not offered gives way to the default."""
    lang, audience = given.get("chat", ""), given.get("audience", "")
    accent, theme = given.get("accent", "").lower(), given.get("theme", "")
    return Choice(
        lang=lang if lang in languages else page_lang,
        audience=audience if audience in AUDIENCES else "everyone",
        accent=accent if COLOUR.fullmatch(accent) else ACCENT,
        theme=theme if theme in THEMES else "auto",
        site=given.get("site", "")[:300],
    )


def element(choice: Choice, bot: str) -> str:
    """The element, with the plain link that stands where script fails."""
    given = {"lang": choice.lang}
    if choice.audience != "everyone":
        given["audience"] = choice.audience
    if choice.accent != ACCENT:
        given["accent"] = choice.accent
    if choice.theme != "auto":
        given["theme"] = choice.theme
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in given.items())
    link = f'<a href="{escape(bot)}/{choice.lang}/">{escape(say("Ask about mines", choice.lang))}</a>'
    return f"<mine-risk-chat {attributes}>{link}</mine-risk-chat>"


def pinned_script(bot: str, version: str, integrity: str) -> str:
    """The script of exactly this version; a browser refuses it where a letter is changed."""
    source = f"{escape(bot)}/embed/{version}/widget.js"
    return f'<script src="{source}" integrity="{integrity}" crossorigin="anonymous" defer></script>'


def newest_script(bot: str) -> str:
    """The script as it is from day to day."""
    return f'<script src="{escape(bot)}/embed/v1/widget.js" defer></script>'


def frame(choice: Choice, bot: str) -> str:
    """The chat in a frame, for pages where no script of another site may run."""
    asked = {"lang": choice.lang, "audience": choice.audience, "accent": choice.accent, "theme": choice.theme}
    title = escape(say("Ask about mines", choice.lang))
    source = f"{escape(bot)}/embed/frame?{escape(urlencode(asked))}"
    return f'<iframe src="{source}" title="{title}" width="100%" height="640" loading="lazy"></iframe>'


def policy_lines(bot: str) -> str:
    """What the school's content security policy has to allow for the element."""
    return f"script-src {bot};\nconnect-src {bot};"


def frame_policy_line(bot: str) -> str:
    """The same for the frame."""
    return f"frame-src {bot};"
