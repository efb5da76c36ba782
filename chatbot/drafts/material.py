"""What a file from elsewhere says, as Markdown, and what is known of where it comes from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Material:
    """`markdown` without a head; what is not known is None."""

    markdown: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None


def day(text: object) -> date | None:
    """The day that a text begins with, as 2025-05-31; None where it is none."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
