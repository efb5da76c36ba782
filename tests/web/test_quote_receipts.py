"""The page of a quote's link, on the real files and after an edit of a small copy."""

from html import escape
from pathlib import Path

import pytest
from fakes import hashing_embedder
from flask import Flask
from flask.testing import FlaskClient
from knowledge_files import MINES, document_text, write

from chatbot.building import build
from chatbot.engine import Engine, open_engine
from chatbot.index.versions import current
from chatbot.question import Question
from chatbot.settings import Settings
from chatbot.web import create_app
from chatbot.web.quote_receipts import receipt_url

LANGS = ("az", "en", "ru")
CURRENT = {"az": "Bu sözlər bu gün də", "en": "These words stand in our files today.", "ru": "Эти слова есть в наших"}
BEFORE = {"az": "Əvvəl belə yazılmışdı", "en": "What it said before", "ru": "Что было написано раньше"}
GONE = {"az": "artıq yoxdur", "en": "Our files no longer say this.", "ru": "этого больше нет"}


@pytest.mark.parametrize("lang", LANGS)
def test_quote_of_an_answer_has_a_page_that_proves_it(
    app: Flask, client: FlaskClient, engine: Engine, lang: str
) -> None:
    quote = engine.ask(Question("I found a mine", lang=lang)).quotes
    with app.test_request_context():
        address = receipt_url(quote[0])
    assert address.startswith(f"/quotes/{lang}/{quote[0].document.id}/{quote[0].document.sha256[:16]}/")
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text
    assert CURRENT[lang] in response.text
    assert escape(quote[0].text.splitlines()[0], quote=False) in response.text
    assert quote[0].document.sha256 in response.text


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    settings = Settings(knowledge=tmp_path / "files", index=tmp_path / "index", evals=tmp_path / "none")
    for lang in LANGS:
        write(settings.knowledge, f"{lang}/mines.md", document_text(MINES))
    build(settings, hashing_embedder()[0])
    return settings


def opened(settings: Settings) -> Engine:
    return open_engine(settings, current(settings.index_folder), hashing_embedder()[0])


@pytest.mark.parametrize("lang", LANGS)
def test_old_link_shows_old_and_new_words(small: Settings, lang: str) -> None:
    document = opened(small).parts.index.document(lang, "mines")
    assert document is not None
    sentences = document.sections[1].sentences
    address = f"/quotes/{lang}/mines/{document.sha256[:16]}/{sentences[0].start}-{sentences[0].end}"
    assert CURRENT[lang] in create_app(small, opened(small)).test_client().get(address).text
    for each in LANGS:
        write(small.knowledge, f"{each}/mines.md", document_text(MINES.replace("green", "white")))
    build(small, hashing_embedder()[0])
    page = create_app(small, opened(small)).test_client().get(address).text
    assert page.index("Mines are white, grey or brown.") < page.index(BEFORE[lang])
    assert page.index(BEFORE[lang]) < page.index("Mines are green, grey or brown.")
    assert "20" in page[page.index('class="notice"') :][:200]
    for each in LANGS:
        write(small.knowledge, f"{each}/mines.md", document_text(MINES[: MINES.index("## What")]))
    build(small, hashing_embedder()[0])
    assert GONE[lang] in create_app(small, opened(small)).test_client().get(address).text


def test_link_to_no_quote_is_404(client: FlaskClient, engine: Engine) -> None:
    document = engine.documents[0]
    sentence = document.sections[0].sentences[0]
    start, end, known = sentence.start, sentence.end, document.sha256[:16]
    base = f"/quotes/{document.lang}/{document.id}"
    assert client.get(f"{base}/{known}/{start}-{end}").status_code == 200
    for address in (
        f"{base}/{known}/{start + 1}-{end}",
        f"{base}/{known}/{start}-{end - 1}",
        f"{base}/{known}/{end}-{start}",
        f"{base}/{known}/-1-{end}",
        f"{base}/{known[:8]}/{start}-{end}",
        f"{base}/{'0' * 16}/{start}-{end}",
        f"{base}/{'%2e' * 16}/{start}-{end}",
        f"{base}/{known.upper()}x/{start}-{end}",
        f"/quotes/xx/{document.id}/{known}/{start}-{end}",
        f"/quotes/{document.lang}/none/{known}/{start}-{end}",
    ):
        assert client.get(address).status_code == 404, address
