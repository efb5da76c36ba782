import json
from pathlib import Path

from command_runs import Run
from knowledge_files import write, write_tiny

from chatbot.settings import Settings


def folder(tmp_path: Path) -> Path:
    write_tiny(tmp_path)
    text = (tmp_path / "en/water.md").read_text("utf-8")
    write(tmp_path, "tr/water.md", text.replace("status: draft", "status: draft\ntranslation_of: en"))
    return tmp_path


def test_shipped_translations_are_up_to_date(run: Run) -> None:
    ran = run("translate-status", "--knowledge", str(Settings().knowledge))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("translated sections are up to date.\n")


def test_missing_and_never_compared_sections_are_named(run: Run, tmp_path: Path) -> None:
    ran = run("translate-status", "--knowledge", str(folder(tmp_path)))
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "tr/mines#found is not translated",
        "tr/mines#looks is not translated",
        "tr/water#rivers was never compared with its original",
        "2 missing, 1 unknown of 3 sections",
    ]


def test_accepted_translation_is_behind_when_its_original_changes(run: Run, tmp_path: Path) -> None:
    knowledge = str(folder(tmp_path))
    run("translate-status", "--accept", "water", "--knowledge", knowledge)
    found = {
        each["section"]: each["state"]
        for each in json.loads(run("translate-status", "--json", "--knowledge", knowledge).out)
    }
    assert found == {"found": "missing", "looks": "missing", "rivers": "current"}
    original = tmp_path / "en/water.md"
    original.write_text(original.read_text("utf-8").replace("down a river", "down every river"), "utf-8")
    assert (
        "tr/water#rivers is older than what its original says now"
        in run("translate-status", "--knowledge", knowledge).out
    )
    assert "has changed since it was translated" in run("check", "--knowledge", knowledge).err
    ran = run("translate-status", "--accept", "all", "--lang", "tr", "--knowledge", knowledge)
    assert ran.out.splitlines()[-1] == "2 missing of 3 sections"


def test_line_breaks_alone_leave_a_translation_up_to_date(run: Run, tmp_path: Path) -> None:
    knowledge = str(folder(tmp_path))
    run("translate-status", "--accept", "water", "--knowledge", knowledge)
    original = tmp_path / "en/water.md"
    original.write_text(original.read_text("utf-8").replace("river. Do", "river.\nDo"), "utf-8")
    assert "behind" not in run("translate-status", "--json", "--knowledge", knowledge).out


def test_unknown_document_is_one_line_and_exit_1(run: Run, tmp_path: Path) -> None:
    ran = run("translate-status", "--accept", "nothing", "--knowledge", str(folder(tmp_path)))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "chatbot: no original is named `nothing`; give the id of a document\n"


def test_record_that_is_none_is_one_line_and_exit_1(run: Run, tmp_path: Path) -> None:
    write(folder(tmp_path), "translations.yaml", "tr: [water]\n")
    ran = run("translate-status", "--knowledge", str(tmp_path))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "not a record of translations" in ran.err
