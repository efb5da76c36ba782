from datetime import date
from pathlib import Path

import pytest
from knowledge_files import MINES, document_text, write, write_tiny

from chatbot.checks import FEWEST_QUESTIONS, check_knowledge
from chatbot.errors import KnowledgeError
from chatbot.settings import Settings

TODAY = date(2026, 3, 1)


def enough(*sections: str) -> str:
    """As many questions a section as are asked for."""
    return "".join(f"{each}:\n" + "".join(f"- {each} {n}\n" for n in range(FEWEST_QUESTIONS)) for each in sections)


def in_order(folder: Path, body: str = MINES, more: str = "", name: str = "mines", kind: str = "guidance") -> Path:
    write(folder, f"en/{name}.questions.yaml", enough("found", "looks"))
    return write(folder, f"en/{name}.md", document_text(body, more=more, kind=kind))


def test_shipped_files_have_no_findings(settings: Settings) -> None:
    assert check_knowledge(settings.knowledge, TODAY) == []


def test_files_in_order_have_no_findings(tmp_path: Path) -> None:
    in_order(tmp_path)
    assert check_knowledge(tmp_path, TODAY) == []


def test_review_that_is_due_is_found(tmp_path: Path) -> None:
    path = in_order(tmp_path)
    path.write_text(path.read_text("utf-8").replace("2099-01-01", "2026-02-28"), "utf-8")
    [finding] = check_knowledge(tmp_path, TODAY)
    assert (finding.file, finding.line, finding.level) == (str(path), 7, "error")
    assert "2026-02-28" in finding.what
    [finding] = check_knowledge(tmp_path, date(2026, 1, 29))
    assert (finding.rule, finding.level) == ("review-soon", "warning")
    assert check_knowledge(tmp_path, date(2026, 1, 28)) == []


def test_figures_without_their_date_are_found(tmp_path: Path) -> None:
    in_order(tmp_path, kind="figures")
    assert [finding.what for finding in check_knowledge(tmp_path, TODAY)] == ["figures without `as_of`"]
    in_order(tmp_path, kind="figures", more="as_of: 2025-05-31\n")
    assert check_knowledge(tmp_path, TODAY) == []


def test_section_with_few_questions_is_found_at_its_heading(tmp_path: Path) -> None:
    path = in_order(tmp_path)
    write(tmp_path, "en/mines.questions.yaml", enough("found") + "looks:\n- one\n")
    [finding] = check_knowledge(tmp_path, TODAY)
    lines = path.read_text("utf-8").splitlines()
    assert "`looks` has 1 questions" in finding.what
    assert lines[finding.line - 1] == "## What mines look like {#looks}"


def test_every_broken_file_is_found_not_only_the_first(tmp_path: Path) -> None:
    in_order(tmp_path)
    for name in ("a", "b"):
        write(tmp_path, f"en/{name}.md", MINES)
    found = check_knowledge(tmp_path, TODAY)
    assert [(Path(finding.file).name, finding.line) for finding in found] == [("a.md", 1), ("b.md", 1)]


def test_translation_that_is_not_parallel_is_found(tmp_path: Path) -> None:
    in_order(tmp_path)
    body = MINES.replace("Stop. ", "")
    path = write(tmp_path, "tr/mines.md", document_text(body, more="translation_of: en\n"))
    write(tmp_path, "tr/mines.questions.yaml", enough("found", "looks"))
    [finding] = check_knowledge(tmp_path, TODAY)
    assert finding.file == str(path)
    assert "sentences" in finding.what


def test_findings_come_by_file_and_line(tmp_path: Path) -> None:
    found = check_knowledge(write_tiny(tmp_path), TODAY)
    assert len(found) == 3
    assert [(finding.file, finding.line) for finding in found] == sorted((f.file, f.line) for f in found)
    assert all(finding.mend for finding in found)


@pytest.mark.parametrize("name", ["missing", "."])
def test_folder_without_files_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match="no knowledge files"):
        check_knowledge(tmp_path / name, TODAY)


def test_file_that_can_not_be_opened_is_an_error_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "en" / "one.md").mkdir(parents=True)
    try:
        found = [finding.what for finding in check_knowledge(tmp_path, TODAY)]
    except KnowledgeError as error:
        found = [error.what]
    assert "can't be read" in found[0]
