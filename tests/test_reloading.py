"""The engine that serves: replaced whole by another version, kept where that one is broken."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import hashing_embedder
from knowledge_files import WATER, document_text, write, write_tiny
from waiting import until

from chatbot.building import build
from chatbot.embedder import Embedder
from chatbot.engine import Engine, open_engine
from chatbot.index.versions import current, list_versions
from chatbot.reloading import LOOK_EVERY, TRY_AGAIN, Serving
from chatbot.settings import Settings
from chatbot.web import create_app

PATIENCE = 10.0
"""Seconds that the thread which looks after the index may take."""


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Served:
    """A small engine that serves, with a clock that only `look` moves."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self.settings, self.embedder, self.clock = settings, embedder, Clock()
        build(settings, embedder)
        self.serving = Serving(open_engine(settings, current(settings.index_folder), embedder), self.clock)

    def publish(self, words: str) -> str:
        write(self.settings.knowledge, "en/water.md", document_text(WATER.replace("Floods", words), title="Water"))
        return build(self.settings, self.embedder).version

    def look(self, seconds: float = LOOK_EVERY) -> Engine:
        """The engine after that time, once what it began to load has come or failed."""
        self.clock.now += seconds
        self.serving.engine()
        for thread in threading.enumerate():
            if thread.name == "take-index":
                thread.join(30)
        return self.serving.engine()


@pytest.fixture
def served(tmp_path: Path) -> Served:
    settings = Settings(knowledge=write_tiny(tmp_path / "files"), index=tmp_path / "index", evals=tmp_path / "none")
    return Served(settings, hashing_embedder()[0])


def test_new_version_is_taken_and_then_a_rolled_back_one(served: Served) -> None:
    first = served.serving.engine()
    version = served.publish("Rains")
    second = served.look()
    assert (second.version, served.serving.taken) == (version, 1)
    assert second.parts.embedder is first.parts.embedder
    put = put_back_hashing(served)
    assert served.look().folder == put
    assert served.serving.taken == 2


def put_back_hashing(served: Served) -> Path:
    """Puts the first version back, as `put_back` does; that one would miss the real model."""
    from chatbot.index.versions import use

    return use(served.settings.index_folder, list_versions(served.settings.index_folder)[0].name)


def test_request_goes_on_with_the_engine_that_it_took(served: Served) -> None:
    taken = served.serving.engine()
    served.publish("Rains")
    assert served.look() is not taken
    water = taken.parts.index.document("en", "water")
    assert water is not None
    assert "Floods" in water.body


def test_it_looks_at_most_once_a_second(served: Served) -> None:
    first = served.look()
    served.publish("Rains")
    assert served.look(LOOK_EVERY * 0.9) is first
    assert served.look(LOOK_EVERY * 0.2) is not first


def break_file(folder: Path) -> None:
    (folder / "passages.faiss").write_bytes(b"broken")


def break_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}")


def break_name(folder: Path) -> None:
    (folder.parents[1] / "current").write_text("000099-none")


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "file": (break_file, "missing or damaged"),
    "manifest": (break_manifest, "manifest"),
    "name": (break_name, "there is no index"),
}


@pytest.mark.parametrize(("spoil", "why"), BROKEN.values(), ids=BROKEN)
def test_broken_version_leaves_the_old_serving_and_is_told(
    served: Served, spoil: Callable[[Path], None], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = served.look()
    served.publish("Rains")
    spoil(current(served.settings.index_folder))
    with caplog.at_level(logging.ERROR):
        assert served.look() is first
    assert served.serving.problem is not None
    assert f"so {first.version} goes on serving" in served.serving.problem
    assert why in served.serving.problem
    assert served.serving.problem in caplog.text
    assert (served.serving.taken, served.serving.failed) == (0, 1)


def test_broken_version_is_not_tried_at_every_look_but_again_later(served: Served) -> None:
    served.publish("Rains")
    folder = current(served.settings.index_folder)
    whole = (folder / "passages.faiss").read_bytes()
    break_file(folder)
    for _ in range(5):
        served.look()
    assert served.serving.failed == 1
    (folder / "passages.faiss").write_bytes(whole)
    assert served.look(TRY_AGAIN).folder == folder
    assert served.serving.problem is None


def test_mended_version_is_taken_at_once(served: Served) -> None:
    served.publish("Rains")
    break_file(current(served.settings.index_folder))
    served.look()
    version = served.publish("Snows")
    assert (served.look().version, served.serving.problem) == (version, None)


def test_version_of_another_model_is_refused(served: Served) -> None:
    build(served.settings, hashing_embedder("other")[0])
    served.look()
    assert "made with the model other" in str(served.serving.problem)


def test_problem_is_over_when_the_served_version_is_in_use_again(served: Served) -> None:
    served.publish("Rains")
    break_file(current(served.settings.index_folder))
    served.look()
    put_back_hashing(served)
    served.look()
    assert served.serving.problem is None


def test_readiness_and_metrics_tell_of_a_broken_version(served: Served) -> None:
    app = create_app(served.settings, served.serving.engine())
    client = app.test_client()
    ready = client.get("/readyz").json
    assert ready["problem"] is None
    assert "chatbot_index_refused 0.0" in client.get("/metrics").text
    served.publish("Rains")
    break_file(current(served.settings.index_folder))
    until(lambda: client.get("/readyz").json["problem"] is not None, PATIENCE)
    again = client.get("/readyz")
    assert (again.status_code, again.json["index"]) == (200, ready["index"])
    assert "missing or damaged" in again.json["problem"]
    until(lambda: "chatbot_index_refused 1.0" in client.get("/metrics").text, PATIENCE)
    assert "chatbot_index_failed_total 1.0" in client.get("/metrics").text
    version = served.publish("Snows")
    until(lambda: client.get("/readyz").json["index"] == version, PATIENCE)
    until(lambda: "chatbot_index_taken_total 1.0" in client.get("/metrics").text, PATIENCE)
