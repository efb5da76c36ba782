"""The API against its own description: whatever Schemathesis sends, the answer is one that /openapi.json names.

Here each operation gets a few examples, always the same; `make fuzz` sends 300 and more, other ones each time.
"""

import os
from collections.abc import Iterator

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from chatbot.engine import Engine
from chatbot.web import create_app

FEW = 12
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", FEW))
CONFIG = {
    "generation": {"max-examples": EXAMPLES, "mode": "all", "database": "none"},
    "headers": {"Accept-Encoding": "identity"},
    "workers": 1,
    **({"seed": 1} if EXAMPLES == FEW else {}),
}


def told(event: events.EngineEvent) -> Iterator[str]:
    """What went wrong in the event, with the request that shows it."""
    if isinstance(event, events.FatalError | events.NonFatalError):
        yield repr(event.info if isinstance(event, events.NonFatalError) else event.exception)
    if isinstance(event, events.ScenarioFinished | events.FuzzScenarioFinished):
        for checks in event.recorder.checks.values():
            for check in checks:
                if check.status is Status.FAILURE:
                    found = check.failure_info
                    yield f"{event.recorder.label}: {check.name}: {found and f'{found.failure} {found.code_sample}'}"


def test_answers_are_as_described(engine: Engine) -> None:
    app = create_app(engine.settings, engine)
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG))
    wrong, sent = [], 0
    for event in from_schema(schema).execute():
        wrong += told(event)
        if isinstance(event, events.ScenarioFinished):
            sent += len(event.recorder.cases)
    assert not wrong, "\n\n".join(dict.fromkeys(wrong))
    assert sent >= EXAMPLES
