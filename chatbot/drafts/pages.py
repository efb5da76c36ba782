"""HTML -> Material: the text of the page without its menus, by trafilatura."""

from trafilatura import extract, extract_metadata

from chatbot.drafts.material import Material, day
from chatbot.errors import ImportFileError


def from_html(text: str, name: str, url: str | None) -> Material:
    """The main text of the page as Markdown. Raises ImportFileError where it has none."""
    try:
        markdown = extract(
            text, url=url, output_format="markdown", include_comments=False, include_images=False, include_links=False
        )
        known = extract_metadata(text, default_url=url)
    except (ValueError, TypeError, RecursionError) as error:
        raise ImportFileError("the page can't be read", where=name, mend="save it anew, or paste its text") from error
    if not markdown:
        raise ImportFileError("no text was found on the page", where=name, mend="save its text as plain text")
    if known is None:
        return Material(markdown, url=url)
    return Material(markdown, known.title, known.sitename or known.hostname, url or known.url, day(known.date))
