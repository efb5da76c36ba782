"""Settings -> Engine: the only place that wires the parts together."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chatbot.answer import Answer, Parts, answer
from chatbot.building import Sources, build, embedder_of, read_sources
from chatbot.documents import Document, fingerprint
from chatbot.embedder import Embedder
from chatbot.errors import EmbedderError, IndexUnusableError, KnowledgeError
from chatbot.index.build import build_index
from chatbot.index.manifest import load_manifest
from chatbot.index.store import Index, load_index
from chatbot.index.usable import why_outgrown, why_unusable
from chatbot.index.versions import current, list_versions
from chatbot.learned import Learned, load_learned
from chatbot.pictures import NO_PICTURES, load_pictures
from chatbot.question import Question
from chatbot.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Engine:
    """The chatbot without its rims. `folder`: the index version, or None where words alone were read from the files;
    `degraded` says in one sentence what is missing, or is None."""

    settings: Settings
    parts: Parts
    version: str
    folder: Path | None = None
    degraded: str | None = None

    def ask(self, question: Question) -> Answer:
        """The answer. Raises QuestionError where the question is none."""
        return answer(question, self.parts)

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.parts.index.documents


def load_engine(settings: Settings, say: Callable[[str], None] = log.info, may_build: bool = True) -> Engine:
    """The engine on the published index, with one built on the way where there is none that can be used.

    An index that was only built on the way is built anew where the files were edited. Over one that `chatbot build`
    published, edited files wait for the next publication, and that is said. Without the embedding model
    it works by words alone, and says so. Raises KnowledgeError where there is no knowledge, IndexUnusableError where
    the index can neither be used nor written, or where none can be used and it may not build one.
    """
    problem = unusable(settings)
    if problem is None and may_build:
        problem = why_outgrown(settings.index_folder, settings.knowledge)
    # Wrong files are told before the model is loaded, which takes seconds.
    sources = read_sources(settings) if problem is not None else None
    try:
        embedder = embedder_of(settings)
    except EmbedderError as error:
        say(str(error))
        return _without_embedder(settings, str(error), sources)
    try:
        if problem is None:
            engine = open_engine(settings, current(settings.index_folder), embedder)
            waiting = unpublished(settings)
            if waiting is not None:
                say(waiting)
            return engine
    except IndexUnusableError as error:
        problem = str(error)
    if not may_build:
        raise IndexUnusableError(problem)
    say(f"building the index: {problem}")
    report = build(settings, embedder, sources)
    say(f"built the index in {report.seconds:.0f} s: {report.passages} passages, {report.questions} questions")
    return open_engine(settings, current(settings.index_folder), embedder)


def open_engine(settings: Settings, folder: Path, embedder: Embedder | None, degraded: str | None = None) -> Engine:
    """The engine on the index version in the folder, published or staged. Raises IndexUnusableError where it is
    damaged, or was made with another model than the embedder's."""
    index = load_index(folder)
    if embedder is not None and index.manifest.model != embedder.name:
        raise IndexUnusableError(
            f"the index was made with the model {index.manifest.model}", where=str(folder), mend="run `chatbot build`"
        )
    if embedder is not None and index.manifest.model_sha256 not in ("", embedder.sha256):
        raise IndexUnusableError(
            "the model's files are not those that the index was made with",
            where=str(folder),
            mend="run `chatbot build`",
        )
    return _engine(settings, index, embedder, load_learned(folder), folder, degraded)


def unusable(settings: Settings) -> str | None:
    """Why the index in use can't be used with the model, in one line, or None where it can."""
    return why_unusable(settings.index_folder, settings.embedding_model)


def unpublished(settings: Settings) -> str | None:
    """In one line how the knowledge files differ from the index in use, or None where they do not, or can't be read."""
    try:
        folder = current(settings.index_folder)
        manifest = load_manifest(folder)
        if not settings.knowledge.is_dir() or manifest.knowledge == fingerprint(settings.knowledge):
            return None
    except (IndexUnusableError, KnowledgeError, OSError):
        return None
    newest = list_versions(settings.index_folder)[-1]
    if newest != folder:
        return f"the index was rolled back to {folder.name}; `chatbot build` publishes the knowledge files again"
    return f"the knowledge files were edited after {folder.name}; `chatbot build` publishes them"


def _engine(
    settings: Settings,
    index: Index,
    embedder: Embedder | None,
    learned: Learned | None,
    folder: Path | None,
    degraded: str | None,
) -> Engine:
    try:
        pictures = load_pictures(settings.knowledge)
    except KnowledgeError as error:  # an answer without its drawings is better than none
        log.error("no drawings are shown: %s", error)
        pictures = NO_PICTURES
    parts = Parts(index, embedder, learned, settings.max_question_chars, pictures)
    return Engine(settings, parts, index.manifest.version, folder, degraded)


def _without_embedder(settings: Settings, why: str, sources: Sources | None) -> Engine:
    """An engine of words alone, from the index in use, whatever its model, for its vectors are not asked, or, without
    one, straight from the knowledge files."""
    try:
        return open_engine(settings, current(settings.index_folder), None, why)
    except IndexUnusableError:
        sources = sources or read_sources(settings)
        index = build_index(sources.documents, sources.knowledge, None).index
        return _engine(settings, index, None, None, None, why)
