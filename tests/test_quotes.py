"""Quotes from the real files: whole sentences, word for word, bound as they have to be."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge_files import document_text, write

from chatbot.documents import Document, fingerprint, load_documents
from chatbot.index.build import build_index
from chatbot.index.store import Index
from chatbot.passages import LONGEST_SECTION
from chatbot.quotes import Quote, bind_sentences, choose_sentences, is_verbatim, quote_section, unique
from chatbot.sections import Span
from chatbot.settings import Settings

ARTICLE = "landmine-victims-article"


@pytest.fixture(scope="module")
def index(documents: tuple[Document, ...], settings: Settings) -> Index:
    """The real files without vectors: quoting needs none."""
    return build_index(documents, fingerprint(settings.knowledge), None).index


def article_runs(index: Index, lang: str) -> list[str]:
    document = index.document(lang, ARTICLE)
    assert document is not None
    [section] = document.sections
    return [
        document.body[section.sentences[first].start : section.sentences[last].end]
        for first, last in bind_sentences(document, section)
    ]


@pytest.mark.parametrize("lang", ["az", "en", "ru"])
def test_signature_of_the_tweet_stays_with_it(index: Index, lang: str) -> None:
    [tweet] = [text for text in article_runs(index, lang) if "3️⃣9️⃣7️⃣" in text]
    assert "\n— MFA Azerbaijan 🇦🇿 (@AzerbaijanMFA)" in tweet
    assert [text for text in article_runs(index, lang) if "@AzerbaijanMFA" in text] == [tweet]


@pytest.mark.parametrize("lang", ["az", "en", "ru"])
def test_headline_byline_and_cut_tweet_are_never_quoted(index: Index, lang: str) -> None:
    document = index.document(lang, ARTICLE)
    assert document is not None
    lines = [document.body[span.start : span.end] for span in document.sections[0].sentences]
    for text in article_runs(index, lang):
        assert lines[0] not in text
        assert lines[-1] not in text
        assert "pic.twitter.com" not in text


@pytest.mark.parametrize("lang", ["az", "en", "ru"])
def test_every_quote_is_verbatim_and_of_whole_sentences(index: Index, lang: str) -> None:
    for document in (each for each in index.documents if each.lang == lang):
        for section in document.sections:
            for near in [None, *(span.start for span in section.sentences)]:
                quote = quote_section(index, lang, document.id, section.id, "mina mine mini 397", near)
                assert quote is not None
                assert is_verbatim(quote)
                assert quote.document.body[quote.span.start : quote.span.end] == quote.text == quote.text.strip()


@pytest.mark.parametrize("lang", ["az", "ru"])
def test_original_holds_the_same_sentences(index: Index, lang: str) -> None:
    for document in (each for each in index.documents if each.lang == lang):
        for section in document.sections:
            for near in [None, *(span.start for span in section.sentences)]:
                quote = quote_section(index, lang, document.id, section.id, "", near)
                assert quote is not None
                assert quote.original is not None
                assert is_verbatim(quote.original)
                assert quote.original.document.lang == "en"
                assert _numbers(quote) == _numbers(quote.original)


def _numbers(quote: Quote) -> tuple[int, int]:
    starts = [span.start for span in quote.section.sentences]
    ends = [span.end for span in quote.section.sentences]
    return starts.index(quote.span.start), ends.index(quote.span.end)


def test_original_language_has_no_original(index: Index) -> None:
    for document in (each for each in index.documents if each.lang == "en"):
        quote = quote_section(index, "en", document.id, document.sections[0].id, "")
        assert quote is not None
        assert quote.original is None


def test_short_section_is_quoted_whole(index: Index) -> None:
    for document in index.documents:
        for section in document.sections:
            if len(section.sentences) <= LONGEST_SECTION:
                assert choose_sentences(document, section, "anything", section.start) == (0, len(section.sentences) - 1)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("hov mani armenian made mines 2021", "Nearly 3,000 Armenian-made mines manufactured in 2021"),
        ("12 percent of territori", "Currently, around 12 percent"),
        ("one million landmines planted", "Estimates suggest that over one million"),
        ("killed or iniured since 2020", "At least 397 people have been killed or injured"),
    ],
)
def test_long_section_is_quoted_where_it_shares_words(index: Index, asked: str, words: str) -> None:
    quote = quote_section(index, "en", ARTICLE, "article", asked)
    assert quote is not None
    assert quote.text.startswith(words)


def test_long_section_is_quoted_where_the_passage_was_found(index: Index) -> None:
    document = index.document("en", ARTICLE)
    assert document is not None
    near = document.body.index("Currently, around 12 percent")
    quote = quote_section(index, "en", ARTICLE, "article", "who killed", near)
    assert quote is not None
    assert quote.span.start == near


def test_list_with_text_around_in_a_long_section_is_whole(index: Index) -> None:
    for document in index.documents:
        for section in document.sections:
            lists = [block for block in section.blocks if block.kind == "list"]
            quote = quote_section(index, document.lang, document.id, section.id, "", None)
            assert quote is not None
            for block in lists:
                first, last = block.sentences[0].start, block.sentences[-1].end
                if quote.span.start < last and first < quote.span.end:
                    assert quote.span.start <= first
                    assert last <= quote.span.end


@pytest.mark.parametrize(("document", "section"), [("none", "found"), ("emergency-object", "none"), ("", "")])
def test_section_that_is_not_there_gives_no_quote(index: Index, document: str, section: str) -> None:
    assert quote_section(index, "az", document, section, "") is None


def test_document_of_another_language_is_quoted_where_the_own_is_missing(tmp_path: Path) -> None:
    write(tmp_path, "en/one.md", document_text("## A {#a}\n\nStop here.\n"))
    write(tmp_path, "az/two.md", document_text("## B {#b}\n\nDayanın.\n"))
    index = build_index(load_documents(tmp_path), {}, None).index
    quote = quote_section(index, "az", "one", "a", "")
    assert quote is not None
    assert (quote.document.lang, quote.text) == ("en", "Stop here.")


@given(st.integers(-5, 2000), st.integers(-5, 2000))
def test_span_that_cuts_a_sentence_is_not_verbatim(documents: tuple[Document, ...], start: int, end: int) -> None:
    document = next(each for each in documents if each.id == "never-do" and each.lang == "en")
    section = document.sections[0]
    whole = {(a.start, b.end) for a in section.sentences for b in section.sentences if a.start <= b.start}
    assert is_verbatim(Quote(document, section, Span(start, end))) == ((start, end) in whole)


def test_missing_repeated_and_cut_quotes_are_left_out(index: Index) -> None:
    quote = quote_section(index, "en", "never-do", "touch", "")
    assert quote is not None
    cut = replace(quote, span=Span(quote.span.start, quote.span.end - 1))
    assert unique([None, cut, quote, quote, None]) == (quote,)
