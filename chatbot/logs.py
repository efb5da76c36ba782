"""The log: one JSON object a line on standard error, or readable lines where a terminal reads.

Callers use `logging`, with fields in `extra`. Of an exception only its kind and place are kept: its message may hold
what a person typed.
"""

import logging
import logging.config
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

FIRST = ("time", "level", "event", "pid")
LIBRARIES = "warning"
"""The level from which the lines of other packages are wanted."""


def configure(level: str, form: str) -> None:
    """Have this process log from the level on, in the form that the settings name."""
    logging.config.dictConfig(configuration(level, form))


def configuration(level: str, form: str) -> dict[str, Any]:
    """The same for `logging.config.dictConfig`; it can be handed to another process."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "chatbot.logs.formatter", "form": form}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"},
        },
        "root": {"handlers": ["stderr"], "level": LIBRARIES.upper()},
        "loggers": {
            "chatbot": {"level": level.upper()},
            "_granian": {"level": "ERROR"},
        },
    }


def formatter(form: str) -> logging.Formatter:
    """What makes a line of a log record; `auto` is `text` where standard error is a terminal, else `json`."""
    readable = form == "text" or (form == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _process,
        _only_the_place,
    ]
    last: list[Processor] = (
        [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), timestamp_key="time")]
        if readable
        else [_in_order, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
    )


def _process(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """The line with the process that wrote it: several may serve."""
    line["pid"] = line["_record"].process
    return line


def _only_the_place(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """The line with an exception's kind and place in place of the exception."""
    given = line.pop("exc_info", None)
    line.pop("stack_info", None)
    if isinstance(given, tuple) and given[1] is not None:
        line["error"] = type(given[1]).__name__
        line["at"] = [f"{each.filename}:{each.lineno}" for each in traceback.extract_tb(given[2])][::-1]
    return line


def _in_order(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """The line with what everybody looks for first."""
    return {**{name: line.pop(name) for name in FIRST}, **line}
