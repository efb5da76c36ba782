import json
from pathlib import Path

from command_runs import Run
from knowledge_files import MINES, document_text, write, write_tiny

from chatbot.index.versions import current, list_versions


def test_build_makes_an_index_and_the_second_embeds_nothing(run: Run, tmp_path: Path) -> None:
    knowledge, index = write_tiny(tmp_path / "files"), tmp_path / "index"
    folders = ["--knowledge", str(knowledge), "--index", str(index)]
    first = json.loads(run("build", "--json", *folders).out)
    assert (first["documents"], first["passages"], first["questions"], first["embedded"]) == (2, 3, 6, 9)
    assert current(index).name.endswith(first["version"])
    again = json.loads(run("build", "--json", *folders).out)
    assert (again["embedded"], again["version"]) == (0, first["version"])
    write(knowledge, "en/mines.md", document_text(MINES.replace("green", "black"), title="Mines"))
    changed = json.loads(run("build", "--json", *folders).out)
    assert changed["embedded"] == 1
    assert changed["version"] != first["version"]
    assert len(list_versions(index)) == 3


def test_build_says_what_it_did(run: Run, tmp_path: Path, tiny: Path) -> None:
    ran = run("build", "--index", str(tmp_path / "index"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "2 documents, 3 passages, 6 questions; 9 texts embedded, 0 labelled questions learned, in "
    )
    assert f"in {tmp_path / 'index'}" in ran.out.splitlines()[1]
    assert "warning: " in ran.out
    assert "No index was in use" in ran.out


def test_bad_file_leaves_the_index_in_use(run: Run, tmp_path: Path) -> None:
    knowledge, index = write_tiny(tmp_path / "files"), tmp_path / "index"
    folders = ["--knowledge", str(knowledge), "--index", str(index)]
    assert run("build", *folders).code == 0
    before = current(index)
    bad = write(knowledge, "en/water.md", "no front matter\n")
    ran = run("build", *folders)
    assert ran.code == 1
    assert ran.err == f"chatbot: {bad}:1: the front matter is missing; begin the file with a line ---\n"
    assert current(index) == before
    assert list_versions(index) == [before]


def test_emergency_change_is_shown_and_waits_for_accept(run: Run, tmp_path: Path) -> None:
    knowledge, index = write_tiny(tmp_path / "files", first="emergency-object"), tmp_path / "index"
    folders = ["--knowledge", str(knowledge), "--index", str(index)]
    write(
        knowledge,
        "canaries.jsonl",
        '{"question": "I found a mine", "lang": "en", "kinds": ["emergency"], "section": "emergency-object#found"}\n',
    )
    assert run("build", *folders).code == 0
    before = current(index)
    changed = MINES.replace("Do not touch it", "Never touch it")
    write(knowledge, "en/emergency-object.md", document_text(changed, title="Mines"))
    refused = run("build", *folders)
    assert refused.code == 1
    assert "Nothing was published" in refused.out
    assert "Stop. Do not touch it." in refused.out
    assert "Stop. Never touch it." in refused.out
    assert "chatbot: emergency steps change: en/emergency-object#found; read them below" in refused.err
    assert current(index) == before
    told = json.loads(run("build", "--json", *folders).out)
    assert (told["published"], told["steps"]) == (False, ["en/emergency-object#found"])
    assert told["changes"][0]["before"]["quotes"][0][0] == "emergency-object#found"
    accepted = run("build", "--accept", *folders)
    assert (accepted.code, accepted.err) == (0, "chatbot: asking 0 labelled questions and 1 canaries\n")
    assert "emergency steps change: en/emergency-object#found" in accepted.out


def test_index_folder_that_can_not_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("build", "--index", str(tmp_path / "file" / "index"))
    assert ran.code == 1
    assert ran.err.startswith(f"chatbot: {tmp_path / 'file' / 'index'}: the index can't be written")
    assert len(ran.err.splitlines()) == 1
