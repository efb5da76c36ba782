"""What is imported from Markdown, HTML, plain text and PDF, and what is refused."""

import io
from datetime import date

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from chatbot.drafts.formats import LARGEST, LONGEST, read_material
from chatbot.errors import ImportFileError

PAGE = """<!doctype html><html lang="en"><head><title>Be careful with mines</title>
<meta property="og:site_name" content="Example Agency"><meta property="article:published_time" content="2025-05-31">
</head><body><nav><a href="/">Home</a></nav><article><h1>Be careful with mines</h1>
<p>Mines lie in fields and on paths near the old line. They stay dangerous for many years after a war ends.</p>
<h2>What to do</h2><p>Do not touch an unknown object. Move away, then call 112. Tell an adult what you have seen.</p>
<ul><li>Warn the people near you.</li><li>Remember the place.</li></ul><script>alert(1)</script></article>
<footer>All rights reserved</footer></body></html>"""


def pdf(*lines: str, password: str | None = None) -> bytes:
    """A PDF of one page with these lines; without lines, an empty page."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    text = DecodedStreamObject()
    shown = "".join(f"1 0 0 1 20 {280 - 20 * n} Tm ({line}) Tj " for n, line in enumerate(lines))
    text.set_data(f"BT /F1 12 Tf {shown} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(text)
    writer.add_metadata({"/Title": "Mine safety", "/CreationDate": "D:20250531100000"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_page_gives_its_text_without_menus_and_who_published_it() -> None:
    found = read_material(PAGE.encode(), "page.html", "https://example.org/mines")
    assert "Do not touch an unknown object." in found.markdown
    assert "## What to do" in found.markdown
    assert not any(word in found.markdown for word in ("Home", "rights", "alert", "<"))
    assert (found.title, found.publisher) == ("Be careful with mines", "Example Agency")
    assert (found.url, found.published) == ("https://example.org/mines", date(2025, 5, 31))


def test_page_is_known_without_an_ending() -> None:
    assert "What to do" in read_material(PAGE.encode(), "standard input", None).markdown


def test_markdown_keeps_its_text_and_head() -> None:
    text = "---\ntitle: Minalar\nauthor: ANAMA\ndate: 2025-05-31\n---\n# Minalar\n\nToxunmayın.\n"
    found = read_material(text.encode("utf-8-sig"), "a.md", None)
    assert found.markdown == "# Minalar\n\nToxunmayın.\n"
    assert (found.title, found.publisher, found.published) == ("Minalar", "ANAMA", date(2025, 5, 31))


@pytest.mark.parametrize("head", ["a: [", "just words", "date: 2025-99-99"])
def test_strange_head_of_markdown_is_passed_over(head: str) -> None:
    found = read_material(f"---\n{head}\n---\nStop.\n".encode(), "a.md", None)
    assert (found.markdown, found.title, found.published) == ("Stop.\n", None, None)


def test_plain_text_is_taken_as_it_is() -> None:
    assert read_material("Не трогайте.\r\nОтойдите.".encode(), "a.txt", None).markdown == "Не трогайте.\nОтойдите."


def test_pdf_gives_its_text_and_title() -> None:
    found = read_material(pdf("Do not touch.", "Move away."), "a.pdf", None)
    assert found.markdown.split() == ["Do", "not", "touch.", "Move", "away."]
    assert (found.title, found.published) == ("Mine safety", date(2025, 5, 31))


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\n", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png", "not text"),
        (b"PK\x03\x04\x14\x00\x00\x00", "a.docx", "not text"),
        ("Не трогайте".encode("cp1251"), "a.txt", "not text in UTF-8"),
        (b"a\0b", "a.txt", "not text"),
        (b"%PDF-1.7\nbroken", "a.pdf", "broken"),
        (pdf("Stop.", password="secret"), "a.pdf", "encrypted"),
        (pdf(), "a.pdf", "no text"),
        (b"<html><body></body></html>", "a.html", "no text"),
        (b"---\ntitle: x\n---\n", "a.md", "no text"),
        (b"a" * (LARGEST + 1), "a.txt", "larger than 20 MB"),
        (b"word " * LONGEST, "a.txt", "far too long"),
    ],
)
def test_what_can_not_be_a_draft_is_refused_in_one_line(data: bytes, name: str, what: str) -> None:
    with pytest.raises(ImportFileError, match=what) as raised:
        read_material(data, name, None)
    assert str(raised.value).startswith(f"{name}: ")
    assert "\n" not in str(raised.value)
    assert raised.value.mend
