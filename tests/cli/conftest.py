import sys
from pathlib import Path

import pytest
from command_runs import Ran, Run
from knowledge_files import write_tiny

from chatbot.cli import main


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder of two documents; its index is built by the first command that needs it."""
    return write_tiny(tmp_path_factory.mktemp("tiny") / "knowledge", first="emergency-object")


@pytest.fixture
def run(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the small folder, in this process; no labelled questions are learned from."""
    monkeypatch.setenv("CHATBOT_KNOWLEDGE", str(tiny))
    monkeypatch.setenv("CHATBOT_INDEX", str(tiny.parent / "index"))
    monkeypatch.setenv("CHATBOT_EVALS", str(tmp_path / "no-evals"))
    monkeypatch.setattr(sys, "argv", ["chatbot"])

    def ran(*args: str) -> Ran:
        capsys.readouterr()
        try:
            main(list(args))
            code = 0
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return ran
