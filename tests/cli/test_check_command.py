import json
from pathlib import Path

from command_runs import Run
from knowledge_files import MINES, document_text, write

from chatbot.settings import Settings


def test_shipped_files_are_in_order(run: Run) -> None:
    ran = run("check", "--knowledge", str(Settings().knowledge))
    assert ran == (0, "The knowledge files are in order.\n", "")


def test_findings_are_a_line_each_with_file_line_and_mend(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "en/bad.md", MINES)
    ran = run("check", "--knowledge", str(tmp_path))
    assert ran.code == 1
    assert ran.err == f"{path}:1: the front matter is missing; begin the file with a line --- [unreadable]\n"
    assert ran.out == "1 errors, 0 warnings\n"


def test_findings_are_json(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "en/bad.md", document_text("Только текст.\n"))
    ran = run("check", "--json", "--knowledge", str(tmp_path))
    [finding] = json.loads(ran.out)
    assert (ran.code, ran.err) == (1, "")
    assert list(finding) == ["file", "line", "what", "mend", "rule", "level"]
    assert finding["file"] == str(path)


def test_no_findings_are_an_empty_list(run: Run) -> None:
    assert run("check", "--json", "--knowledge", str(Settings().knowledge)) == (0, "[]\n", "")


def test_findings_are_annotations(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "en/bad.md", MINES)
    ran = run("check", "--format", "github", "--knowledge", str(tmp_path))
    assert (ran.code, ran.err) == (1, "")
    text = "the front matter is missing; begin the file with a line ---"
    assert ran.out == f"::error file={path},line=1,title=unreadable::{text}\n"


def test_annotations_hold_no_line_breaks_of_their_own(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "en/100%,a.md", MINES)
    assert "100%25%2Ca.md" in run("check", "--format", "github", "--knowledge", str(tmp_path)).out


def test_warnings_are_shown_and_exit_0(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "en/mines.md", document_text(MINES.replace("Stop.", "Stop " + "here " * 30 + ".")))
    asked = "".join(f"{each}:\n" + "".join(f"- {each} {n}\n" for n in range(6)) for each in ("found", "looks"))
    write(tmp_path, "en/mines.questions.yaml", asked)
    ran = run("check", "--knowledge", str(tmp_path))
    assert (ran.code, ran.out) == (0, "0 errors, 1 warnings\n")
    assert f"{path}:13: warning: a sentence of 31 words" in ran.err
