import json
from pathlib import Path

from command_runs import Run
from knowledge_files import write, write_tiny

from chatbot.settings import Settings


def folder(tmp_path: Path) -> Path:
    write_tiny(tmp_path)
    for lang in ("az", "ru"):
        text = (tmp_path / "en/water.md").read_text("utf-8")
        write(tmp_path, f"{lang}/water.md", text.replace("status: draft", "status: draft\ntranslation_of: en"))
    return tmp_path


def test_document_is_begun_in_every_language(run: Run, tmp_path: Path) -> None:
    ran = run(
        "new",
        "wells",
        "--title",
        "Wells",
        "--section",
        "before",
        "--section",
        "after",
        "--knowledge",
        str(folder(tmp_path)),
    )
    assert ran.code == 0
    for lang in ("az", "en", "ru"):
        text = (tmp_path / lang / "wells.md").read_text("utf-8")
        assert "title: Wells" in text
        assert "{#before}" in text
        assert "{#after}" in text
        assert ("translation_of: en" in text) == (lang != "en")
        assert (tmp_path / lang / "wells.questions.yaml").read_text("utf-8").startswith("before:\n- TODO")
        assert str(tmp_path / lang / "wells.md") in ran.out


def test_check_refuses_a_document_that_nobody_has_finished(run: Run, tmp_path: Path) -> None:
    run("new", "wells", "--title", "Wells", "--knowledge", str(folder(tmp_path)))
    ran = run("check", "--knowledge", str(tmp_path))
    assert ran.code == 1
    assert "wells.md" in ran.err


def test_document_that_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    before = (folder(tmp_path) / "en/water.md").read_text("utf-8")
    ran = run("new", "water", "--title", "Water", "--knowledge", str(tmp_path))
    assert (ran.code, (tmp_path / "en/water.md").read_text("utf-8")) == (2, before)
    assert not (tmp_path / "az/water.questions.yaml").exists()


def test_another_language_is_begun_beside_the_original(run: Run, tmp_path: Path) -> None:
    ran = run("new", "wells", "--title", "Wells", "--lang", "tr", "--json", "--knowledge", str(folder(tmp_path)))
    assert json.loads(ran.out) == [str(tmp_path / lang / "wells.md") for lang in ("en", "tr")]


def test_shipped_files_have_english_originals(run: Run, tmp_path: Path) -> None:
    ran = run("new", "fire", "--title", "Fire", "--knowledge", str(Settings().knowledge))
    assert ran.code == 2
    assert "is there already" in ran.err
