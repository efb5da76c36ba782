"""Settings -> Engine: the only place that wires the parts together."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.answer import Answer, Parts, answer
from chatbot.documents import Document, fingerprint, load_documents
from chatbot.embedder import Embedder, load_embedder, model_identity
from chatbot.errors import EmbedderError, IndexUnusableError
from chatbot.index.build import KeptVectors, build_index
from chatbot.index.store import load_index, load_kept_vectors, load_manifest, save_index, seal
from chatbot.index.versions import current, publish, staging
from chatbot.labels import Label, fingerprint_labels, read_labels
from chatbot.learned import load_learned, save_learned
from chatbot.learning import fit, learning_texts
from chatbot.pictures import load_pictures
from chatbot.question import Question
from chatbot.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BuildReport:
    """What a build did: `embedded` counts the texts that went through the model."""

    version: str
    documents: int
    passages: int
    questions: int
    embedded: int
    labelled: int
    seconds: float


@dataclass(frozen=True)
class Engine:
    """The chatbot without its rims. `degraded` says in one sentence what is missing, or is None."""

    settings: Settings
    parts: Parts
    version: str
    degraded: str | None = None

    def ask(self, question: Question) -> Answer:
        """The answer. Raises QuestionError where the question is none."""
        return answer(question, self.parts)

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.parts.index.documents


@dataclass(frozen=True)
class _Sources:
    """What an index is built from."""

    documents: tuple[Document, ...]
    knowledge: Mapping[str, str]
    labels: tuple[Label, ...]


def build(settings: Settings, embedder: Embedder | None = None) -> BuildReport:
    """Build the index, learn from the labelled questions, publish both at once. Raises a ChatbotError, and leaves the
    index in use as it was, where anything is wrong."""
    sources = _read_sources(settings)
    return _build(settings, sources, embedder or _load_embedder(settings))


def load_engine(settings: Settings, say: Callable[[str], None] = log.info) -> Engine:
    """The engine, with an index built on the way where there is none that fits the files and the model.

    Without the embedding model it works by words alone, and says so. Raises KnowledgeError where there is no knowledge,
    IndexUnusableError where the index can neither be used nor written.
    """
    problem = unusable(settings)
    # Wrong files are told before the model is loaded, which takes seconds.
    sources = _read_sources(settings) if problem is not None else None
    try:
        embedder = _load_embedder(settings)
    except EmbedderError as error:
        say(str(error))
        return _without_embedder(settings, str(error), sources)
    if problem is None:
        try:
            return _loaded(settings, embedder)
        except IndexUnusableError as error:
            problem = str(error)
    say(f"building the index: {problem}")
    report = _build(settings, sources or _read_sources(settings), embedder)
    say(f"built the index in {report.seconds:.0f} s: {report.passages} passages, {report.questions} questions")
    return _loaded(settings, embedder)


def unusable(settings: Settings) -> str | None:
    """Why the index in use does not fit the knowledge files and the model, in one line, or None where it fits."""
    try:
        manifest = load_manifest(current(settings.index_folder))
    except IndexUnusableError as error:
        return str(error)
    if manifest.model != model_identity(settings.embedding_model):
        return f"the index was made with the model {manifest.model}"
    if settings.knowledge.is_dir() and manifest.knowledge != fingerprint(settings.knowledge):
        return "the knowledge files have changed"
    return None


def _read_sources(settings: Settings) -> _Sources:
    return _Sources(
        documents=load_documents(settings.knowledge),
        knowledge=fingerprint(settings.knowledge),
        labels=tuple(read_labels(settings.evals / "train.jsonl")),
    )


def _load_embedder(settings: Settings) -> Embedder:
    return load_embedder(settings.embedding_model, settings.allow_download)


def _build(settings: Settings, sources: _Sources, embedder: Embedder) -> BuildReport:
    started = time.perf_counter()
    kept = _kept_vectors(settings.index_folder, embedder)
    built = build_index(sources.documents, sources.knowledge, embedder, kept, learning_texts(sources.labels))
    with staging(settings.index_folder) as staged:
        save_index(built.index, built.vectors, staged)
        if sources.labels:
            save_learned(fit(built.index, sources.labels, built.further), staged)
        manifest = seal(replace(built.index.manifest, labels=fingerprint_labels(sources.labels)), staged)
        publish(settings.index_folder, staged, manifest.version)
    return BuildReport(
        version=manifest.version,
        documents=len(sources.documents),
        passages=len(built.index.passages),
        questions=len(built.index.questions),
        embedded=built.embedded,
        labelled=len(sources.labels),
        seconds=time.perf_counter() - started,
    )


def _loaded(settings: Settings, embedder: Embedder) -> Engine:
    folder = current(settings.index_folder)
    index = load_index(folder)
    pictures = load_pictures(settings.knowledge)
    parts = Parts(index, embedder, load_learned(folder), settings.max_question_chars, pictures)
    return Engine(settings, parts, index.manifest.version)


def _without_embedder(settings: Settings, why: str, sources: _Sources | None) -> Engine:
    """An engine of words alone, from the index in use or, where that is of other files, from the files themselves. The
    index may be of any model, for its vectors are not asked."""
    try:
        folder = current(settings.index_folder)
        index, learned = load_index(folder), load_learned(folder)
    except IndexUnusableError:
        index, learned = None, None
    if index is None or (sources is not None and sources.knowledge != index.manifest.knowledge):
        sources = sources or _read_sources(settings)
        index, learned = build_index(sources.documents, sources.knowledge, None).index, None
    parts = Parts(index, None, learned, settings.max_question_chars, load_pictures(settings.knowledge))
    return Engine(settings, parts, index.manifest.version, degraded=why)


def _kept_vectors(root: Path, embedder: Embedder) -> KeptVectors | None:
    """The vectors of the index in use, to be used again where the model is the same."""
    try:
        folder = current(root)
        manifest = load_manifest(folder)
        if manifest.model != embedder.name:
            return None
        return KeptVectors(manifest.texts, load_kept_vectors(folder, manifest))
    except IndexUnusableError:
        return None
