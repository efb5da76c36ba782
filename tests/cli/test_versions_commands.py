"""`chatbot versions` and `chatbot rollback`."""

import json
from pathlib import Path

from command_runs import Run
from knowledge_files import MINES, document_text, write, write_tiny

from chatbot.index.versions import current


def test_versions_are_listed_and_an_earlier_one_is_put_back(run: Run, tmp_path: Path) -> None:
    knowledge, index = write_tiny(tmp_path / "files"), tmp_path / "index"
    folders = ["--knowledge", str(knowledge), "--index", str(index)]
    run("build", *folders)
    write(knowledge, "en/mines.md", document_text(MINES.replace("green", "black"), title="Mines"))
    run("build", *folders)
    first, second = sorted(path.name for path in (index / "versions").iterdir())
    listed = json.loads(run("versions", "--json", *folders).out)
    assert [(each["name"], each["in_use"], each["documents"]) for each in listed] == [
        (second, True, 2),
        (first, False, 2),
    ]
    shown = run("versions", *folders).out.splitlines()
    assert shown[0].startswith(f"* {second}  20")
    assert "2 documents, 3 passages, 6 questions; 0 of 0 canaries; not evaluated" in shown[0]
    ran = run("rollback", *folders)
    assert (ran.code, ran.out.splitlines()[0]) == (0, f"index {first} is in use")
    assert current(index).name == first
    asked = run("ask", "What mines look like", "--lang", "en", *folders)
    assert "green" in asked.out
    assert "was rolled back to" in asked.err
    again = run("rollback", *folders)
    assert (again.code, again.err) == (
        1,
        f"chatbot: {index}: there is no version before {first}; see `chatbot versions`\n",
    )
    assert json.loads(run("rollback", "2", "--json", *folders).out) == {"in_use": second}
    assert current(index).name == second


def test_nothing_to_list_or_put_back_is_one_line(run: Run, tmp_path: Path) -> None:
    for command in (["versions"], ["rollback"], ["rollback", "3"]):
        ran = run(*command, "--index", str(tmp_path / "none"))
        assert ran.code == 1
        assert len(ran.err.splitlines()) == 1
