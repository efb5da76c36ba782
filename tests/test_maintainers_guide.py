"""The guide names commands, files and rules that are there."""

import re
from pathlib import Path

from chatbot.cli import COMMANDS
from chatbot.settings import Settings

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "maintainers.md").read_text("utf-8")


def test_commands_of_the_guide_are_there() -> None:
    named = set(re.findall(r"`chatbot ([a-z-]+)", GUIDE))
    assert {"check", "new", "import", "translate-status", "build"} <= named <= set(COMMANDS)


def test_options_of_the_guide_are_there() -> None:
    for name, rest in re.findall(r"`chatbot ([a-z-]+)([^`]*)`", GUIDE):
        source = (ROOT / "chatbot" / "cli" / f"{name.replace('-', '_')}_command.py").read_text("utf-8")
        for option in re.findall(r"--[a-z]+", rest):
            assert f'"{option}"' in source, f"{name} {option}"


def test_files_of_the_guide_are_there() -> None:
    for name in re.findall(r"knowledge/([a-z]+\.yaml)", GUIDE):
        assert name == "pictures.yaml" or (Settings().knowledge / name).is_file()
    assert (ROOT / "tests" / "test_fourth_language.py").is_file()
