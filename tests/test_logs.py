"""The log's lines, as a program reads them and as a person does."""

import io
import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from chatbot.logs import configuration, formatter


def line(form: str, write: Any) -> str:
    """What one call of a logger writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(form))
    log = logging.Logger("chatbot.test")
    log.addHandler(handler)
    write(log)
    return stream.getvalue()


def test_line_is_one_json_object_with_its_fields() -> None:
    text = line("json", lambda log: log.warning("an index: %s", "gözəl\nиндекс", extra={"worker": 7}))
    assert text.count("\n") == 1
    found = json.loads(text)
    assert list(found) == ["time", "level", "event", "pid", "worker"]
    assert (found["level"], found["event"], found["worker"]) == ("warning", "an index: gözəl\nиндекс", 7)
    assert abs((datetime.now(UTC) - datetime.fromisoformat(found["time"])).total_seconds()) < 10


@pytest.mark.parametrize("form", ["json", "text"])
def test_error_keeps_its_place_and_loses_its_words(form: str) -> None:
    def fail(log: logging.Logger) -> None:
        try:
            raise ValueError("sirrimiz")
        except ValueError:
            log.exception("it failed", stack_info=True)

    text = line(form, fail)
    assert "sirrimiz" not in text
    assert "ValueError" in text
    assert "test_logs.py" in text


def test_line_for_a_person_is_no_json() -> None:
    text = line("text", lambda log: log.info("ready", extra={"worker": 7}))
    assert "ready" in text
    assert "worker=7" in text
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


def test_form_follows_the_reader_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert line("auto", lambda log: log.info("ready")).startswith("{")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert not line("auto", lambda log: log.info("ready")).startswith("{")
    assert line("json", lambda log: log.info("ready")).startswith("{")


def test_level_is_that_of_the_chatbot_while_libraries_only_warn() -> None:
    found = configuration("debug", "json")
    assert found["loggers"]["chatbot"]["level"] == "DEBUG"
    assert found["root"]["level"] == "WARNING"
    assert json.loads(json.dumps(found)) == found
