"""Links that prove a quote: they show for ever what it said, and what the same place says now."""

from flask import Blueprint, Response, abort, render_template, url_for

from chatbot.quotes import Quote
from chatbot.receipts import HASH_LETTERS, find_receipt
from chatbot.sections import Span
from chatbot.web.current import current_engine, require_offered
from chatbot.web.rendering import quote_html

blueprint = Blueprint("receipts", __name__, url_prefix="/quotes")


@blueprint.get("/<lang>/<document_id>/<prefix>/<int:start>-<int:end>")
def receipt(lang: str, document_id: str, prefix: str, start: int, end: int) -> Response:
    """The quote as it was linked and, where the document was edited since, as it is now."""
    require_offered(lang)
    if len(prefix) < HASH_LETTERS or set(prefix) - set("0123456789abcdef"):
        abort(404)
    engine = current_engine()
    root = engine.settings.index_folder
    found = find_receipt(root, engine.parts.index, lang, document_id, prefix, Span(start, end))
    if found is None:
        abort(404)
    now_html = None if found.now is None else quote_html(found.now)
    html = render_template("quotes/receipt.html", receipt=found, then_html=quote_html(found.then), now_html=now_html)
    response = Response(html)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def receipt_url(quote: Quote) -> str:
    """The address that proves the quote: `/quotes/<lang>/<document>/<16 letters of the SHA-256>/<start>-<end>`."""
    document = quote.document
    return url_for(
        "receipts.receipt",
        lang=document.lang,
        document_id=document.id,
        prefix=document.sha256[:HASH_LETTERS],
        start=quote.span.start,
        end=quote.span.end,
    )
