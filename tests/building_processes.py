"""A process that builds a small index over and over, for a test that kills it.

Its model is the hashing one, and what would load the real one is left out: that takes longer than many such builds.
"""

import sys
from pathlib import Path
from types import ModuleType

LEFT_OUT = {
    "torch": ["Tensor"],
    "sentence_transformers": ["SentenceTransformer"],
    "sentence_transformers.base": [],
    "sentence_transformers.base.modules": ["InputModule"],
}


def leave_out_the_model() -> None:
    """Empty modules in place of those of the real model."""
    for name, classes in LEFT_OUT.items():
        module = ModuleType(name)
        for each in classes:
            setattr(module, each, type(each, (), {}))
        sys.modules[name] = module


def main(folder: Path) -> None:
    """Waits for a line, then builds until it is killed, each time from other words."""
    leave_out_the_model()
    from fakes import hashing_embedder

    from chatbot.building import build
    from chatbot.settings import Settings

    settings = Settings(knowledge=folder / "knowledge", index=folder / "index", evals=folder / "none", kept_versions=3)
    embedder, _ = hashing_embedder()
    water = settings.knowledge / "en/water.md"
    print("ready", flush=True)
    words = sys.stdin.readline().strip()
    before = water.read_text("utf-8")
    for number in range(100_000):
        water.write_text(before.replace("Floods", f"{words} {number}. Floods"), "utf-8")
        build(settings, embedder)
        print("built", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
