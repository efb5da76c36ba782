"""Each measure comes to figures, on a small server."""

import json
from itertools import islice
from pathlib import Path

import pytest
from small_server import Small

from bench.ask import measure_engine
from bench.clients import Clients
from bench.figures import MissingError, found_json
from bench.journeys import Journeys, require_locust
from bench.repeated import measure_server
from bench.report import write_soak
from bench.soak_figures import soak_figures
from bench.traffic import ASK, SHARES, Sent, Traffic
from bench.watch import Watch
from bench.wrk import Wrk, require_wrk
from chatbot.documents import load_documents
from chatbot.embedder import Embedder
from chatbot.engine import open_engine
from chatbot.index.versions import current
from chatbot.labels import read_labels
from chatbot.settings import Settings

QUESTIONS = ["What do mines look like?", "Where are mines in rivers?", "I found a mine", "What is honey?"]
KINDS = ("answer", "emergency", "refusal", "no_answer")
ABOUT = {"at": "2026-11-29T10:00:00+00:00", "processor": "Some", "cores": 2, "load": 0.1}


def test_question_is_compared_with_its_embedding(small: Small, embedder: Embedder) -> None:
    engine = open_engine(small.settings, current(small.settings.index_folder), embedder)
    found = measure_engine(engine, embedder, QUESTIONS)
    assert found.figures[0].ratio > 0
    assert set(found.raw["stages_ms"]) >= {"embed", "retrieve"}


def test_repeated_question_is_compared_with_its_first_asking(small: Small) -> None:
    found = measure_server(small.server.port, [f"{text} Tell me." for text in QUESTIONS])
    assert 0 < found.figures[0].value < found.figures[0].base


def test_wrk_counts_answers(small: Small, tmp_path: Path) -> None:
    try:
        require_wrk()
    except MissingError as error:
        pytest.skip(str(error))
    load = Wrk(small.server.url, QUESTIONS, tmp_path).run(2, 1)
    assert load.rate > 0
    assert (load.refused, load.failed) == (0, 0)


def test_journeys_count_questions(small: Small, tmp_path: Path) -> None:
    try:
        require_locust()
    except MissingError as error:
        pytest.skip(str(error))
    load = Journeys(small.server.url, QUESTIONS, tmp_path, page="/en/").run(2, 2)
    assert load.rate > 0
    assert load.failed == 0
    assert {"page", "question", "follow-up", "feedback"} <= set(load.more)


def test_traffic_has_its_shares_and_no_new_question_twice(settings: Settings) -> None:
    labels = read_labels(settings.evals / "test.jsonl")
    traffic = Traffic(labels, load_documents(settings.knowledge))
    traffic.note(Sent("answer", "POST", ASK), 200, b'{"id": "an-id"}')
    sent = list(islice(traffic, 2000))
    assert {each.kind for each in sent} == set(SHARES)
    new = [each.body for each in sent if each.kind in KINDS]
    assert len(set(new)) == len(new) > 1000


def test_soak_tells_of_every_request(small: Small, settings: Settings, tmp_path: Path) -> None:
    labels = read_labels(settings.evals / "test.jsonl")
    clients = Clients(small.server.port, Traffic(labels, load_documents(small.settings.knowledge)))
    limit = len(clients.as_fast_as_answered(1, 4))
    watch = Watch(small.server, 0.1)
    watch.start()
    told = clients.at_rate(2, limit / 4)
    watch.stop()
    assert limit > 0
    assert [each for each in told if not each.right] == []
    found = soak_figures(told, limit, 2, watch.samples, died=0)
    assert all(figure.met is not False for figure in found.figures if figure.unit == "")
    (tmp_path / "soak.json").write_text(json.dumps(found_json(found, "tiny", ABOUT)), "utf-8")
    write_soak(tmp_path, drawn=False)
    assert "5xx and failed connections | 0 | requests" in (tmp_path / "soak.md").read_text("utf-8")
