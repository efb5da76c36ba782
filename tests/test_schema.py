import json
from datetime import date

import pytest

from chatbot.answer import Action, Answer, Trace
from chatbot.decision import Decision, Triage
from chatbot.documents import Document
from chatbot.pictures import Picture
from chatbot.question import Query
from chatbot.quotes import Quote
from chatbot.retriever import Retrieved
from chatbot.schema import answer_json, document_href, document_json, quote_json
from chatbot.sections import Span

SOURCE = 'sources:\n  - {publisher: Test, title: Test, url: "https://example.org/"}'
QUOTE_KEYS = ["text", "lang", "document", "section", "start", "end", "sha256", "href", "original"]
ANSWER_KEYS = ["id", "kind", "lang", "notice", "quotes", "actions", "pictures", "suggestions", "confidence"]


CALLS = (Action("112", "tel:112"),)
PICTURES = (Picture("step-call", "Zəng edin.", "az"),)


def named(documents: tuple[Document, ...], lang: str, document_id: str) -> Document:
    return next(each for each in documents if (each.lang, each.id) == (lang, document_id))


def quote_of(document: Document, original: Quote | None = None) -> Quote:
    section = document.sections[0]
    return Quote(document, section, Span(section.sentences[0].start, section.sentences[-1].end), original)


@pytest.fixture
def quote(documents: tuple[Document, ...]) -> Quote:
    return quote_of(named(documents, "az", "figures"), quote_of(named(documents, "en", "figures")))


def an_answer(quote: Quote) -> Answer:
    trace = Trace(
        Query("secret words", "secret words", "secret words", "az"),
        Triage(frozenset(), None, None, None),
        Retrieved((), 0.0, None, dense=False),
        Decision("answer", None, (), 0.5, {}),
        {"question": 1.0},
    )
    return Answer("abc", "answer", "az", "A notice.", (quote,), CALLS, PICTURES, ("Next?",), 0.5, trace)


def test_answer_has_the_keys_of_the_contract_and_no_other(quote: Quote) -> None:
    found = answer_json(an_answer(quote))
    assert list(found) == ANSWER_KEYS
    assert found["actions"] == [{"label": "112", "href": "tel:112"}]
    assert found["pictures"] == [{"src": "/static/pictures/step-call.svg", "alt": "Zəng edin."}]
    assert found["suggestions"] == ["Next?"]
    assert (found["id"], found["kind"], found["lang"], found["notice"]) == ("abc", "answer", "az", "A notice.")


def test_trace_is_not_shown(quote: Quote) -> None:
    assert "secret" not in json.dumps(answer_json(an_answer(quote)))


def test_quote_has_the_keys_of_the_contract_and_no_other(quote: Quote) -> None:
    found = quote_json(quote)
    assert list(found) == list(found["original"]) == QUOTE_KEYS
    assert list(found["document"]) == ["id", "title", "publisher", "url", "published", "as_of"]
    assert list(found["section"]) == ["id", "heading"]


def test_quote_names_its_place(quote: Quote) -> None:
    found = quote_json(quote)
    assert quote.document.body[found["start"] : found["end"]] == found["text"] == quote.text
    assert found["sha256"] == quote.document.sha256
    assert found["href"] == "/documents/az/figures#total-397"
    assert (found["lang"], found["original"]["lang"], found["original"]["original"]) == ("az", "en", None)


def test_dates_are_iso_or_null(quote: Quote, documents: tuple[Document, ...]) -> None:
    found = quote_json(quote)["document"]
    assert date.fromisoformat(found["as_of"]) == quote.document.front_matter.as_of
    assert quote_json(quote_of(named(documents, "en", "never-do")))["document"]["as_of"] is None


@pytest.mark.parametrize("lang", ["az", "en", "ru"])
def test_every_document_becomes_json(documents: tuple[Document, ...], lang: str) -> None:
    for document in (each for each in documents if each.lang == lang):
        found = json.loads(json.dumps(document_json(document, whole=True)))
        assert found["body"] == document.body
        assert (found["id"], found["lang"], found["sha256"]) == (document.id, lang, document.sha256)
        assert [each["id"] for each in found["sections"]] == [section.id for section in document.sections]
        assert found["sources"][0]["publisher"]
        assert "body" not in document_json(document, whole=False)


def test_address_of_a_section_names_language_document_and_section(documents: tuple[Document, ...]) -> None:
    assert document_href(named(documents, "ru", "never-do"), "touch") == "/documents/ru/never-do#touch"
