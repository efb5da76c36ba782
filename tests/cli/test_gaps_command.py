"""`chatbot gaps` lists what was asked often enough, and begins a draft that publishes nothing."""

import json
from pathlib import Path

import pytest
from command_runs import Run

from chatbot.records.database import connect, upgrade, writing
from chatbot.records.recorder import this_day
from chatbot.records.store import Event, write

WORDINGS = ["can i fly a drone", "Can I fly a drone?", "can i fly a  drone!", "where is honey sold"]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with three questions of one meaning, and one alone; no index, so that words group."""
    url = f"sqlite:///{tmp_path}/records.sqlite"
    monkeypatch.setenv("CHATBOT_DATABASE", url)
    database = connect(url)
    upgrade(database)
    with writing(database) as connection:
        write(connection, [Event(this_day(), "no_answer", "en", cause="not_in_files", text=text) for text in WORDINGS])


@pytest.mark.usefixtures("kept")
def test_list_tells_count_language_and_wordings(run: Run, tmp_path: Path) -> None:
    ran = run("gaps", "--index", str(tmp_path / "none"))
    assert ran.code == 0
    assert f"1. 3 questions (en 3), the newest of {this_day().isoformat()}" in ran.out
    assert "drone" in ran.out
    assert "honey" not in ran.out
    assert "by words alone" in ran.err


@pytest.mark.usefixtures("kept")
def test_list_as_json(run: Run, tmp_path: Path) -> None:
    gaps = json.loads(run("gaps", "--json", "--index", str(tmp_path / "none")).out)
    assert [(gap["number"], gap["count"], gap["langs"]) for gap in gaps] == [(1, 3, {"en": 3})]


@pytest.mark.usefixtures("kept")
def test_few_questions_needed_shows_more(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_SIMILAR_NEEDED", "1")
    assert "honey" in run("gaps", "--index", str(tmp_path / "none")).out
    monkeypatch.setenv("CHATBOT_SIMILAR_NEEDED", "9")
    assert run("gaps", "--index", str(tmp_path / "none")).out == "No question without an answer was asked 9 times.\n"


@pytest.mark.usefixtures("kept")
def test_draft_is_printed(run: Run, tmp_path: Path) -> None:
    ran = run("gaps", "--draft", "1", "--index", str(tmp_path / "none"))
    assert "## " in ran.out
    assert "status: draft" in ran.out
    assert '- "can i fly a  drone!"' in ran.out
    told = json.loads(run("gaps", "--draft", "1", "--json", "--index", str(tmp_path / "none")).out)
    assert set(told) == {"lang", "markdown", "questions"}


@pytest.mark.usefixtures("kept")
def test_draft_is_written_once_and_never_among_the_knowledge(run: Run, tmp_path: Path, tiny: Path) -> None:
    out = tmp_path / "drones.md"
    args = ("gaps", "--draft", "1", "--index", str(tmp_path / "none"), "--out")
    assert run(*args, str(out)).code == 0
    assert out.read_text("utf-8").startswith("---\ntitle:")
    assert "drone" in (tmp_path / "drones.questions.yaml").read_text("utf-8")
    assert run(*args, str(out)).code == 2
    for refused in (tiny / "en" / "drones.md", tmp_path / "drones.txt", tmp_path / "none" / "drones.md"):
        ran = run(*args, str(refused))
        assert ran.code == 2
        assert not refused.exists()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "args", [["--draft", "0"], ["--draft", "9"], ["--draft", "x"], ["--out", "x.md"]], ids=" ".join
)
def test_wrong_usage(run: Run, tmp_path: Path, args: list[str]) -> None:
    assert run("gaps", "--index", str(tmp_path / "none"), *args).code == 2


@pytest.mark.parametrize("value", ["", "none"])
def test_without_a_database_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CHATBOT_DATABASE", value)
    ran = run("gaps")
    assert (ran.code, ran.err) == (1, "chatbot: no questions are kept; name a database with CHATBOT_DATABASE\n")


def test_unreadable_database_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_DATABASE", str(tmp_path))
    ran = run("gaps")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith("chatbot: the database of questions can't be read (OperationalError")
