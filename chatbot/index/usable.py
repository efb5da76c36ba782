"""Whether the index in use can be used, told without loading it."""

from pathlib import Path

from chatbot.errors import IndexUnusableError
from chatbot.index.manifest import load_manifest, require_whole
from chatbot.index.versions import current
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
