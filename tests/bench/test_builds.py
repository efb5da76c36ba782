"""A changed file is counted, not the rest."""

from pathlib import Path

from fakes import hashing_embedder
from knowledge_files import write_tiny

from bench.builds import measure_builds
from chatbot.settings import Settings


def test_only_changed_paragraphs_are_embedded(tmp_path: Path) -> None:
    settings = Settings(knowledge=write_tiny(tmp_path / "knowledge"), index=tmp_path / "index", evals=tmp_path / "none")
    found = measure_builds(settings, hashing_embedder()[0])
    embedded = found.figures[0]
    assert embedded.value == 1  # of the two sections one is a list, which stays
    assert embedded.base == found.raw["passages"] + found.raw["questions"]
    assert found.raw["changed"] == "en/mines.md"
    assert all(figure.value >= 0 for figure in found.figures)
