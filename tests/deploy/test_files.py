"""The systemd unit and the Containerfile, as far as they can be tried without a system manager and a registry."""

import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from chatbot.server import STOPPING_SECONDS
from chatbot.settings import PREFIX, Settings, read_settings

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "docs/deploy/chatbot.service"
CONTAINERFILE = ROOT / "docs/deploy/Containerfile"
MOST_EXPOSED = 2.0

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="apt-get install systemd")


def given_settings(text: str) -> dict[str, str]:
    return dict(re.findall(rf"({PREFIX}\w+)=(\S+)", re.sub(r"^#.*$", "", text, flags=re.MULTILINE)))


@pytest.mark.parametrize("path", [UNIT, CONTAINERFILE], ids=lambda path: path.name)
def test_settings_of_the_kit_exist(path: Path) -> None:
    given = given_settings(path.read_text("utf-8"))
    assert {"CHATBOT_INDEX", "CHATBOT_DATABASE", "CHATBOT_LOG_FORMAT"} <= set(given)
    assert set(given) <= {PREFIX + each.name.upper() for each in fields(Settings)}
    assert read_settings(given).log_format == "json"


def analyze(unit: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *args, str(unit)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that is on this computer."""
    found = tmp_path / "chatbot.service"
    found.write_text(UNIT.read_text("utf-8").replace("/opt/chatbot/.venv/bin/chatbot", sys.executable))
    return found


@needs_systemd
def test_unit_is_one_that_systemd_understands(unit: Path) -> None:
    done = analyze(unit, "verify")
    assert (done.returncode, [line for line in done.stderr.splitlines() if "chatbot.service" in line]) == (0, [])


@needs_systemd
def test_unit_leaves_the_service_little(unit: Path) -> None:
    found = re.search(
        r"Overall exposure level for chatbot.service: ([\d.]+)", analyze(unit, "security", "--offline=true").stdout
    )
    assert found is not None
    assert float(found[1]) <= MOST_EXPOSED


def test_unit_waits_longer_than_the_server_does() -> None:
    found = re.search(r"TimeoutStopSec=(\d+)", UNIT.read_text("utf-8"))
    assert found is not None
    assert int(found[1]) > STOPPING_SECONDS


def instructions() -> list[tuple[str, str]]:
    lines = CONTAINERFILE.read_text("utf-8").splitlines()
    found = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in found]


def test_containerfile_is_short_and_plain() -> None:
    known = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    names = [name for name, _ in instructions()]
    assert set(names) <= known
    assert len(names) <= 20
    assert names.index("USER") < names.index("ENTRYPOINT")
    installs = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert all("--constraint constraints.txt" in each for each in installs)
    torch = next(
        line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line.startswith("torch==")
    )
    assert installs[0].endswith(torch)


def test_what_the_containerfile_copies_is_enough_for_the_package(tmp_path: Path) -> None:
    place = tmp_path / "chatbot"
    place.mkdir()
    for name, rest in instructions():
        if name != "COPY":
            continue
        *sources, target = rest.split()
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, place / target)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "built")]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    names = zipfile.ZipFile(next((tmp_path / "built").glob("*.whl"))).namelist()
    for wanted in (
        "chatbot/data/knowledge/az/emergency-object.md",
        "chatbot/data/static/chat.css",
        "chatbot/data/evals/train.jsonl",
        "chatbot/translations/az/LC_MESSAGES/messages.mo",
        "chatbot/web/templates/chat.html",
        "chatbot/wsgi.py",
    ):
        assert wanted in names
