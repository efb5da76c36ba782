"""What the maintainer's page shows, from the database, the documents and the folder of the index."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from pathlib import Path

from flask_babel import gettext as _

from chatbot.answer import Parts
from chatbot.embedder import Vectors as Rows
from chatbot.errors import EmbedderError, IndexUnusableError
from chatbot.index.versions import current, list_versions
from chatbot.language.table import language_table
from chatbot.records.gaps import Gap, Vectors, by_words, find_gaps, language_vectors
from chatbot.records.reader import Reader, RememberedVectors
from chatbot.records.recorder import this_day
from chatbot.records.store import AnswerCount, SectionCount
from chatbot.retriever import section_key
from chatbot.schema import document_href
from chatbot.web.charts import Chart, chart, last_days
from chatbot.web.current import current_engine, page_language

DAYS = 30
MOST_SECTIONS = 15
MOST_COMPARED = 300
"""Questions that the page groups; `chatbot gaps` takes more."""
SOON = timedelta(days=30)
EVALUATION = "evaluation.json"


@dataclass(frozen=True)
class TopSection:
    """A section with its counts; `href` is empty where it is no longer there."""

    heading: str
    href: str
    count: SectionCount


@dataclass(frozen=True)
class Kept:
    """What the database holds."""

    days: int
    charts: tuple[Chart, ...]
    sections: tuple[TopSection, ...]
    gaps: tuple[Gap, ...]
    needed: int
    keep_days: int


@dataclass(frozen=True)
class Review:
    """A document in all its languages; `due`: the first of its review dates, `state`: passed, soon or later."""

    due: date
    state: str
    title: str
    href: str
    langs: tuple[str, ...]
    approved: bool


@dataclass(frozen=True)
class IndexView:
    """Versions of the index, the newest first, the one that answers here, and the figures of its evaluation, if any."""

    versions: tuple[str, ...]
    answering: str
    figures: Mapping[str, float]
    missed: tuple[str, ...]


def kept_view(reader: Reader, remembered: RememberedVectors, known: Collection[str]) -> Kept:
    """Counts, sections and gaps. Raises RecordsError where the database can't be read."""
    settings = current_engine().settings
    counts = reader.answers(DAYS)
    sections = tuple(_section(each) for each in reader.sections(DAYS, MOST_SECTIONS))
    questions = reader.questions(MOST_COMPARED)
    try:
        gaps = find_gaps(questions, _vectors(current_engine().parts, remembered), settings.similar_needed, known)
    except EmbedderError:
        gaps = find_gaps(questions, by_words, settings.similar_needed, known)
    return Kept(DAYS, _charts(counts), sections, gaps, settings.similar_needed, settings.retention_days)


def review_view(today: date) -> tuple[Review, ...]:
    """All documents, the first to be reviewed first."""
    found = []
    index = current_engine().parts.index
    for document_id in sorted({document.id for document in index.documents}):
        same = [each for lang in index.languages if (each := index.document(lang, document_id))]
        shown = index.document(page_language(), document_id) or same[0]
        due = min(each.front_matter.review_by for each in same)
        state = "passed" if due < today else "soon" if due <= today + SOON else "later"
        approved = all(each.front_matter.status == "approved" for each in same)
        href = document_href(shown, "").rstrip("#")
        found.append(Review(due, state, shown.front_matter.title, href, tuple(each.lang for each in same), approved))
    return tuple(sorted(found, key=lambda each: (each.due, each.title)))


def index_view() -> IndexView:
    """The versions in the folder of the index, as far as it can be read."""
    engine = current_engine()
    folder = engine.settings.index_folder
    versions = tuple(path.name for path in reversed(list_versions(folder)))
    figures, missed = _evaluation(folder)
    return IndexView(versions, engine.version, figures, missed)


def _charts(counts: Sequence[AnswerCount]) -> tuple[Chart, ...]:
    days = last_days(this_day(), DAYS)
    kinds = {
        "emergency": _("Emergencies"), "refusal": _("Refusals"), "answer": _("Answers"), "no_answer": _("No answer"),
    }  # fmt: skip
    langs = sorted({each.lang for each in counts} | set(current_engine().parts.index.languages))
    by_kind = [(kind, label, partial(_of_kind, kind)) for kind, label in kinds.items()]
    by_lang = [("lang", language_table(lang).name, partial(_of_lang, lang)) for lang in langs]
    by_word = [
        ("helpful", _("It helped"), attrgetter("helpful")),
        ("unhelpful", _("It did not help"), attrgetter("unhelpful")),
    ]
    return (
        chart("by-kind", _("Questions a day, by kind of answer"), days, counts, by_kind),
        chart("by-language", _("Questions a day, by language"), days, counts, by_lang),
        chart("by-word", _("What readers said, a day"), days, counts, by_word),
    )


def _of_kind(kind: str, count: AnswerCount) -> int:
    return count.number if count.kind == kind else 0


def _of_lang(lang: str, count: AnswerCount) -> int:
    return count.number if count.lang == lang else 0


def _section(count: SectionCount) -> TopSection:
    document_id, section_id = section_key(count.section)
    document = current_engine().parts.index.document(page_language(), document_id)
    section = document.section(section_id) if document else None
    if document is None or section is None:
        return TopSection(count.section, "", count)
    return TopSection(section.heading, document_href(document, section_id), count)


def _vectors(parts: Parts, remembered: RememberedVectors) -> Vectors:
    embedder = parts.embedder
    if embedder is None:
        return by_words

    def embed(texts: Sequence[str]) -> Rows:
        return remembered.of(embedder, texts)

    return language_vectors(parts.index, embed)


def _evaluation(folder: Path) -> tuple[Mapping[str, float], tuple[str, ...]]:
    """The figures over all questions and the bars that were missed, as the build left them; none where it did not."""
    try:
        found = json.loads((current(folder) / EVALUATION).read_text("utf-8"))
        figures = {name: float(value) for name, value in found["figures"]["all"].items() if value is not None}
        return figures, tuple(str(line) for line in found.get("missed", ()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexUnusableError):
        return {}, ()
