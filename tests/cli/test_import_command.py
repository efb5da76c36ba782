import io
import json
import sys
from pathlib import Path

import pytest
from command_runs import Run

STOP = "## Stop\n\nDo not touch it.\n"


def test_draft_is_printed_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(STOP, "utf-8")
    ran = run("import", str(tmp_path / "a.md"), "--url", "https://www.unicef.org/a")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("---\n# TODO A draft, made by `chatbot import` from https://www.unicef.org/a on ")
    assert ran.out.endswith("## Stop {#stop}\n\nDo not touch it.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STOP.encode())))
    assert "{#stop}" in run("import", "-").out


def test_file_is_written_once_and_over_only_by_force(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(STOP, "utf-8")
    out = tmp_path / "draft.md"
    said = run("import", str(tmp_path / "a.md"), "--out", str(out))
    assert (said.code, said.out.count("\n")) == (0, 1)
    before = out.read_text("utf-8")
    ran = run("import", str(tmp_path / "a.md"), "--out", str(out))
    assert (ran.code, out.read_text("utf-8")) == (2, before)
    (tmp_path / "a.md").write_text(STOP.replace("it", "anything"), "utf-8")
    shown = run("import", str(tmp_path / "a.md"), "--out", str(out), "--force", "--json")
    assert json.loads(shown.out) == {"out": str(out), "text": out.read_text("utf-8")}
    assert "anything" in out.read_text("utf-8")


def test_draft_in_the_knowledge_folder_is_warned_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(STOP, "utf-8")
    (tmp_path / "k" / "en").mkdir(parents=True)
    out = tmp_path / "k" / "en" / "a.md"
    said = run("import", str(tmp_path / "a.md"), "--out", str(out), "--knowledge", str(tmp_path / "k"))
    assert "no index can be built until it is finished" in said.out


@pytest.mark.parametrize(
    ("name", "what"), [("none.md", "can't be read"), ("empty.md", "empty"), (".", "can't be read")]
)
def test_what_can_not_be_imported_is_one_line_and_exit_1(run: Run, tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "empty.md").touch()
    ran = run("import", str(tmp_path / name))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith(f"chatbot: {tmp_path / name}: ")
    assert what in ran.err


def test_folder_that_can_not_be_written_is_one_line_and_exit_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(STOP, "utf-8")
    ran = run("import", str(tmp_path / "a.md"), "--out", str(tmp_path / "none" / "b.md"))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "can't be written" in ran.err
