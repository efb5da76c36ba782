"""The pages of the documents: what the quotes were taken from, in full."""

from flask import Blueprint, abort, render_template, request

from chatbot.documents import Document
from chatbot.language.table import language_table
from chatbot.sections import Span
from chatbot.web.current import current_engine, offered, page_language

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("/")
def listing() -> str:
    """All documents by language, the page's own language first."""
    own = page_language()
    by_language = [
        (lang, language_table(lang).name, [each for each in current_engine().documents if each.lang == lang])
        for lang in sorted(offered(), key=lambda lang: lang != own)
    ]
    return render_template("documents.html", by_language=by_language)


@blueprint.get("/<lang>/<document_id>")
def document(lang: str, document_id: str) -> str:
    """One document; the sentences between `start` and `end` marked."""
    found = current_engine().parts.index.document(lang, document_id)
    if found is None:
        abort(404)
    pictures = current_engine().parts.pictures
    return render_template(
        "document.html",
        document=found,
        marked=_marked(found),
        translations=_translations(found),
        pictures={section.id: pictures.of([(found.id, section.id)], lang) for section in found.sections},
    )


def _marked(found: Document) -> Span | None:
    """The span that the address names, or None where it names none that lies in the document."""
    start, end = request.args.get("start", type=int), request.args.get("end", type=int)
    if start is None or end is None or not 0 <= start < end <= len(found.body):
        return None
    return Span(start, end)


def _translations(found: Document) -> list[tuple[str, str]]:
    """The languages that have this document, with their names."""
    index = current_engine().parts.index
    return [(lang, language_table(lang).name) for lang in offered() if index.document(lang, found.id)]
