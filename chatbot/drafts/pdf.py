"""PDF -> Material: the text of its pages, by pypdf."""

import io
import re
from datetime import date

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from chatbot.drafts.material import Material
from chatbot.errors import ImportFileError

MOST_PAGES = 300
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")


def from_pdf(data: bytes, name: str, url: str | None) -> Material:
    """The text of the file, a paragraph for each block of lines. Raises ImportFileError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise ImportFileError("the PDF is encrypted", where=name, mend="save a copy without a password")
        if len(reader.pages) > MOST_PAGES:
            raise ImportFileError(
                f"the PDF has {len(reader.pages)} pages", where=name, mend=f"import at most {MOST_PAGES}"
            )
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title, published = _told(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise ImportFileError("the PDF is broken", where=name, mend="save it anew, or paste its text") from error
    if not text.strip():
        raise ImportFileError(
            "the PDF holds no text, only pictures of it", where=name, mend="put it through text recognition first"
        )
    return Material(_HYPHEN.sub("", text.replace("\0", "")), title, None, url, published)


def _told(reader: PdfReader) -> tuple[str | None, date | None]:
    """Title and day as the file has them."""
    known = reader.metadata
    if known is None:
        return None, None
    made = known.creation_date
    return (str(known.title).strip() or None) if known.title else None, made.date() if made else None
