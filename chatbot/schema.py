"""Answer -> the JSON of the contract, for the command line and the API."""

from collections.abc import Callable
from typing import Any

from chatbot.answer import Answer
from chatbot.documents import Document
from chatbot.quotes import Quote


def static_address(file: str) -> str:
    """The plain address of a static file; a server may know a better one."""
    return f"/static/{file}"


def answer_json(answer: Answer, picture_address: Callable[[str], str] = static_address) -> dict[str, Any]:
    """The answer; `picture_address`: the file of a picture -> where it is served."""
    return {
        "id": answer.id,
        "kind": answer.kind,
        "lang": answer.lang,
        "notice": answer.notice,
        "quotes": [quote_json(quote) for quote in answer.quotes],
        "actions": [{"label": action.label, "href": action.href} for action in answer.actions],
        "pictures": [{"src": picture_address(each.file), "alt": each.alt} for each in answer.pictures],
        "suggestions": list(answer.suggestions),
        "confidence": answer.confidence,
    }


def quote_json(quote: Quote) -> dict[str, Any]:
    document = quote.document
    source = document.front_matter.sources[0]
    as_of = document.front_matter.as_of
    return {
        "text": quote.text,
        "lang": document.lang,
        "document": {
            "id": document.id,
            "title": document.front_matter.title,
            "publisher": source.publisher,
            "url": source.url,
            "published": source.published.isoformat() if source.published else None,
            "as_of": as_of.isoformat() if as_of else None,
        },
        "section": {"id": quote.section.id, "heading": quote.section.heading},
        "start": quote.span.start,
        "end": quote.span.end,
        "sha256": document.sha256,
        "href": document_href(document, quote.section.id),
        "original": quote_json(quote.original) if quote.original else None,
    }


def document_href(document: Document, section_id: str) -> str:
    return f"/documents/{document.lang}/{document.id}#{section_id}"


def document_json(document: Document, whole: bool) -> dict[str, Any]:
    """A document's front matter and hash and, where `whole`, its body and sections."""
    found: dict[str, Any] = {
        "id": document.id,
        "lang": document.lang,
        "sha256": document.sha256,
        "href": f"/documents/{document.lang}/{document.id}",
        **document.front_matter.model_dump(mode="json"),
    }
    if whole:
        found["body"] = document.body
        found["sections"] = [
            {"id": section.id, "heading": section.heading, "start": section.start, "end": section.end}
            for section in document.sections
        ]
    return found
