"""Knowledge files -> a new index version: staged aside first, then put in use at once."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from chatbot.documents import Document, fingerprint, load_documents
from chatbot.embedder import Embedder, load_embedder
from chatbot.errors import IndexUnusableError
from chatbot.index.bodies import keep_bodies, note_seen
from chatbot.index.build import KeptVectors, build_index
from chatbot.index.manifest import load_manifest, seal
from chatbot.index.shipped import FILE, load_shipped
from chatbot.index.store import load_index, load_kept_vectors, load_stored_documents, save_index
from chatbot.index.versions import current, find_version, publish, staging, use
from chatbot.labels import Label, fingerprint_labels, read_labels
from chatbot.learned import save_learned
from chatbot.learning import fit, learning_texts
from chatbot.model_identity import model_identity
from chatbot.settings import Settings

MISSPELLED = ("typos", "pupil", "dialect")
"""Styles of labelled questions that do not teach how words are spelled."""


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
class Sources:
    """What an index is built from; `knowledge`: the fingerprint of the files."""

    documents: tuple[Document, ...]
    knowledge: Mapping[str, str]
    labels: tuple[Label, ...]


def read_sources(settings: Settings) -> Sources:
    """The knowledge files and the labelled questions. Raises KnowledgeError."""
    return Sources(
        documents=load_documents(settings.knowledge),
        knowledge=fingerprint(settings.knowledge),
        labels=tuple(read_labels(settings.evals / "train.jsonl")),
    )


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings name. Raises EmbedderError."""
    return load_embedder(settings.embedding_model, settings.allow_download)


def build(settings: Settings, embedder: Embedder | None = None, sources: Sources | None = None) -> BuildReport:
    """Build the index, learn from the labelled questions, publish both at once, unchecked. Raises a ChatbotError, and
    leaves the index in use as it was, where anything is wrong."""
    sources = sources or read_sources(settings)
    embedder = embedder or embedder_of(settings)
    with staging(settings.index_folder) as staged:
        report = stage(settings, sources, staged, embedder)
        put_in_use(settings, staged, report)
    return report


def stage(settings: Settings, sources: Sources, folder: Path, embedder: Embedder) -> BuildReport:
    """Build the index into the empty folder, sealed, and leave the one in use as it is. Raises a ChatbotError."""
    started = time.perf_counter()
    kept = _kept_vectors(settings, embedder)
    built = build_index(
        sources.documents,
        sources.knowledge,
        embedder,
        kept,
        partial(learning_texts, sources.labels),
        [(label.lang, label.question) for label in sources.labels if label.style not in MISSPELLED],
    )
    save_index(built.index, built.vectors, folder)
    if sources.labels:
        save_learned(fit(built.index, sources.labels, built.further), folder)
    manifest = seal(replace(built.index.manifest, labels=fingerprint_labels(sources.labels)), folder)
    return BuildReport(
        version=manifest.version,
        documents=len(sources.documents),
        passages=len(built.index.passages),
        questions=len(built.index.questions),
        embedded=built.embedded,
        labelled=len(sources.labels),
        seconds=time.perf_counter() - started,
    )


def put_in_use(settings: Settings, staged: Path, report: BuildReport, over: str = "") -> Path:
    """Publish the staged version, at once. `over`: the version that it was compared with. Raises IndexUnusableError."""
    root = settings.index_folder
    _note_in_use(root)
    keep_bodies(root, load_stored_documents(staged))
    counts = {"documents": report.documents, "passages": report.passages, "questions": report.questions}
    folder = publish(root, staged, report.version, settings.kept_versions, counts, over)
    _note_in_use(root)
    return folder


def put_back(settings: Settings, name: str | None = None) -> Path:
    """Put a kept version in use again, at once: the named one, or the one before that in use. Raises
    IndexUnusableError where there is none, or where it is damaged or of another model."""
    root = settings.index_folder
    folder = find_version(root, name)
    index = load_index(folder)
    if index.manifest.model != model_identity(settings.embedding_model):
        raise IndexUnusableError(
            f"the version was made with the model {index.manifest.model}",
            where=str(folder),
            mend="choose a newer one, see `chatbot versions`",
        )
    _note_in_use(root)
    keep_bodies(root, index.documents)
    use(root, folder.name)
    _note_in_use(root)
    return folder


def _note_in_use(root: Path) -> None:
    """Keep the documents of the version in use, so that links to their quotes can be read for ever."""
    try:
        documents = load_stored_documents(current(root))
    except IndexUnusableError:
        return
    keep_bodies(root, documents)
    note_seen(root, documents, datetime.now(UTC))


def _kept_vectors(settings: Settings, embedder: Embedder) -> list[KeptVectors]:
    """The vectors of the index in use and those that are shipped, where they are of the embedder's model."""
    kept = _vectors_in_use(settings.index_folder, embedder)
    shipped = load_shipped(settings.evals / FILE, embedder.sha256)
    return [each for each in (kept, shipped) if each is not None]


def _vectors_in_use(root: Path, embedder: Embedder) -> KeptVectors | None:
    try:
        folder = current(root)
        manifest = load_manifest(folder)
        if manifest.model != embedder.name or manifest.model_sha256 not in ("", embedder.sha256):
            return None
        return KeptVectors(manifest.texts, load_kept_vectors(folder, manifest))
    except IndexUnusableError:
        return None
