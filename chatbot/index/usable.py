"""Whether the index in use can be used, told without loading it."""

from pathlib import Path

from chatbot.documents import fingerprint
from chatbot.errors import IndexUnusableError, KnowledgeError
from chatbot.index.history import EVALUATION
from chatbot.index.manifest import load_manifest, require_whole
from chatbot.index.versions import current, list_versions
from chatbot.model_identity import model_identity


def why_unusable(root: Path, model: str, every_file: bool = False) -> str | None:
    """Why the index in use can't be used with the named model, in one line, or None where it can. `every_file`: each
    file is compared with its hash too."""
    try:
        folder = current(root)
        manifest = load_manifest(folder)
        if every_file:
            require_whole(folder, manifest)
    except IndexUnusableError as error:
        return str(error)
    if manifest.model != model_identity(model):
        return f"the index was made with the model {manifest.model}"
    return None


def why_outgrown(root: Path, knowledge: Path) -> str | None:
    """In one line how the knowledge files differ from an index in use that was only built on the way, or None. One that
    `chatbot build` has published, or that was put back, stays in use until the next publication."""
    try:
        folder = current(root)
        if (folder / EVALUATION).is_file() or folder != list_versions(root)[-1] or not knowledge.is_dir():
            return None
        if load_manifest(folder).knowledge == fingerprint(knowledge):
            return None
    except (IndexUnusableError, KnowledgeError, OSError):
        return None
    return f"the knowledge files were edited after {folder.name} was built on the way"
