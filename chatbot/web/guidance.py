"""The texts of one language in one JSON, for use without network: the sections word for word, and what finds them."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chatbot.documents import Document
from chatbot.engine import Engine
from chatbot.language.folding import folding_table, words
from chatbot.messages import say
from chatbot.schema import document_href
from chatbot.sections import Section
from chatbot.web.packed import Packed

LEAST_SCORE = 10.0
"""By word of the question, in MiniSearch's BM25. Of evals/train.jsonl (2,418 questions, November 2026) it lets 97% of
those through that the files answer; of those that they do not answer it holds 15% back. Words alone tell no more, so
the page says of each text that it may not fit."""


@dataclass
class KeptGuidance:
    """The JSON by language, made when first wanted and again for a new version of the index."""

    _made: dict[tuple[str, str], Packed] = field(default_factory=dict)

    def of(self, engine: Engine, lang: str) -> Packed:
        """The guidance in the language, compressed."""
        key = (engine.version, lang)
        if key not in self._made:
            guidance = guidance_json(engine.documents, lang, datetime.now(UTC).date().isoformat())
            kept = {made: packed for made, packed in self._made.items() if made[0] == engine.version}
            self._made = {**kept, key: Packed(_compact(guidance), "application/json")}
        return self._made[key]


def guidance_json(documents: Sequence[Document], lang: str, date: str) -> dict[str, Any]:
    """All sections in the language, each with the words in which people ask for it, folded. `sha256` is of the sections
    alone: it tells whether the texts have changed."""
    sections = [found for document in documents if document.lang == lang for found in _sections(document)]
    content = json.dumps(sections, ensure_ascii=False, sort_keys=True).encode()
    return {
        "lang": lang,
        "sha256": hashlib.sha256(content).hexdigest(),
        "date": date,
        "folding": folding_table(),
        "least_score": LEAST_SCORE,
        "words": _said(lang),
        "sections": sections,
    }


def _said(lang: str) -> dict[str, str]:
    """What is said beside the texts."""
    nothing = say("No saved text shares enough words with your question", lang)
    mend = say("Ask in other words, or ask again with network. In danger, call 112.", lang)
    return {
        "saved": say("Saved copy of {date}", lang),
        "by_words": say("Found by words alone, so a text may not fit your question. In danger, call 112.", lang),
        "not_found": f"{nothing}. {mend}",
        "refusal": say("We do not help with this, because it can kill. Read the rule and call 112.", lang),
        "off_topic": say("This chatbot answers only questions about mines and explosive objects.", lang),
        "not_in_files": say("Our files do not hold an answer to this. If somebody is in danger, call 112.", lang),
    }


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sections(document: Document) -> Iterator[dict[str, Any]]:
    head = document.front_matter
    about = {
        "id": document.id,
        "title": head.title,
        "publisher": head.sources[0].publisher,
        "url": head.sources[0].url,
        "as_of": head.as_of.isoformat() if head.as_of else None,
        "sha256": document.sha256,
    }
    for section in document.sections:
        if section.sentences:
            start, end = _span(document, section)
            yield {
                "document": about,
                "id": section.id,
                "heading": section.heading,
                "text": document.body[start:end],
                "start": start,
                "end": end,
                "href": document_href(document, section.id),
                "asked": " ".join(sorted(set(words(" ".join(document.questions.get(section.id, ())))))),
            }


def _span(document: Document, section: Section) -> tuple[int, int]:
    """Where the section's sentences stand, from the first to the last, with the mark of a list's first item."""
    return document.body.rfind("\n", 0, section.sentences[0].start) + 1, section.sentences[-1].end
