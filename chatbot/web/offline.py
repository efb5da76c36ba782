"""For use without network: the service worker, the page that answers from saved texts, the card, the texts."""

import hashlib
import json
from typing import cast

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirection

from chatbot.documents import Document
from chatbot.sections import Section
from chatbot.web.current import current_engine, offered, page_language, require_offered
from chatbot.web.guidance import KeptGuidance
from chatbot.web.offline_triage import packed_triage
from chatbot.web.packed import ASK_FIRST, Packed, send
from chatbot.web.showing import for_script
from chatbot.web.static_files import current_static

PAGE_ASSETS = ("tokens.css", "chat.css", "offline.css", "icon.svg", "register-worker.js", "text-size.js")
SEARCH_ASSETS = (
    "offline-page.js",
    "offline-answers.js",
    "offline-search.js",
    "triage.js",
    "folding.js",
    "chat-element.js",
    "chat-tools.js",
    "vendor/minisearch-7.2.0.js",
)
CARD = (
    "emergency-object#found",
    "emergency-mined-area#on-foot",
    "emergency-mined-area#in-vehicle",
    "emergency-injury#someone-injured",
    "emergency-injury#you-are-injured",
    "emergency-object#child-holds",
    "emergency-object#holding",
    "emergency-explosion#heard",
    "who-to-call#what-to-say",
)
"""The sections on the emergency card, in the order of how often they are needed."""

blueprint = Blueprint("offline", __name__)


@blueprint.get("/service-worker.js")
def service_worker() -> Response:
    """The worker with the addresses that it keeps; it differs whenever a page, a style, a script or a text does."""
    source = current_static().files["service-worker.js"].raw.decode()
    shell = {
        "languages": list(offered()),
        "assets": _addresses(PAGE_ASSETS),
        "search": _addresses(SEARCH_ASSETS),
        "triage": url_for("offline.triage"),
    }
    known = json.dumps([shell, current_engine().version, packed_triage().digest, source])
    version = hashlib.sha256(known.encode()).hexdigest()[:16]
    script = f"const SHELL = {json.dumps({'version': version, **shell})};\n{source}"
    return send(Packed(script.encode(), "text/javascript; charset=utf-8"), ASK_FIRST)


@blueprint.get("/offline/<lang>.json")
def guidance(lang: str) -> Response:
    """The texts in the language."""
    require_offered(lang)
    kept = cast(KeptGuidance, current_app.extensions["chatbot_guidance"])
    return send(kept.of(current_engine(), lang), ASK_FIRST)


@blueprint.get("/offline/triage.json")
def triage() -> Response:
    """What tells danger and harm from words alone, in all languages."""
    return send(packed_triage(), ASK_FIRST)


@blueprint.get("/<lang>/offline")
def page(lang: str) -> str:
    """The page that answers from the saved texts, and the way to the emergency card."""
    require_offered(lang)
    return render_template("offline.html", **for_script([lang]))


@blueprint.get("/emergency")
def any_emergency() -> Redirection:
    """On to the emergency card in the reader's language."""
    response = redirect(url_for("offline.emergency", lang=page_language()))
    response.headers["Vary"] = "Accept-Language"
    return response


@blueprint.get("/<lang>/emergency")
def emergency(lang: str) -> str:
    """The emergency card: what to do, word for word, to be read without network and to be printed."""
    require_offered(lang)
    return render_template("emergency.html", card=_card(lang))


@blueprint.get("/<lang>/manifest.webmanifest")
def manifest(lang: str) -> Response:
    """What a phone needs to know to put the chat among its apps."""
    require_offered(lang)
    return Response(render_template("manifest.json"), content_type="application/manifest+json")


def _addresses(names: tuple[str, ...]) -> list[str]:
    return [url_for("static", filename=name) for name in names]


def _card(lang: str) -> list[tuple[Document, Section]]:
    index = current_engine().parts.index
    found = []
    for name in CARD:
        document_id, _, section_id = name.partition("#")
        document = index.document(lang, document_id)
        section = document.section(section_id) if document else None
        if document and section:
            found.append((document, section))
    return found
