"""A stream of requests as a day brings them: questions of every kind, repeated ones, pages, documents, words of
thanks, and what should never have been sent."""

import json
import random
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.questions import distinct
from bench.sizes import SEED
from chatbot.documents import Document
from chatbot.labels import Label

ASK, FEEDBACK = "/api/v1/ask", "/api/v1/feedback"
SHARES = {
    "answer": 30, "emergency": 12, "refusal": 8, "no_answer": 10, "repeated": 12, "page": 12, "document": 6,
    "feedback": 6, "bad input": 4,
}  # fmt: skip
"""Of a hundred requests. The first four are kinds of labelled questions."""
PAGES = (
    "/",
    "/emergency",
    "/embed/",
    "/documents/",
    "/api/v1/documents",
    "/static/chat.css",
    "/openapi.json",
    "/readyz",
)

DOCUMENTS = ("/documents", "/api/v1/documents")


@dataclass(frozen=True)
class Sent:
    """One request; `right`: the statuses that it may be answered with."""

    kind: str
    method: str
    path: str
    body: bytes | None = None
    content: str = "application/json"
    right: tuple[int, ...] = (200,)


BAD = (
    Sent("bad input", "POST", ASK, b"{", right=(400,)),
    Sent("bad input", "POST", ASK, b'{"question": ""}', right=(422,)),
    Sent("bad input", "POST", ASK, json.dumps({"question": "a" * 1001}).encode(), right=(422,)),
    Sent("bad input", "POST", ASK, json.dumps({"question": "a" * 20_000}).encode(), right=(413,)),
    Sent("bad input", "POST", ASK, b'{"question": "112", "lang": "xx"}', right=(422,)),
    Sent("bad input", "POST", ASK, b"question=112", "application/x-www-form-urlencoded", right=(415,)),
    Sent("bad input", "POST", ASK, b'{"question": "112", "more": []}', right=(422,)),
    Sent("bad input", "POST", FEEDBACK, b'{"id": "..%2F", "helpful": true}', right=(422,)),
    Sent("bad input", "GET", "/documents/az/../../etc/passwd", right=(400, 404)),
    Sent("bad input", "GET", "/nowhere", right=(404,)),
)


class Traffic:
    """Requests without end, always the same but for the ids of answers, which the server gives: `note` them."""

    def __init__(self, labels: Sequence[Label], documents: Sequence[Document]) -> None:
        self._chance, self._pauses = random.Random(SEED), random.Random(SEED)
        self._kinds, self._weights = list(SHARES), list(SHARES.values())
        by_kind: dict[str, list[str]] = {}
        for label in labels:
            by_kind.setdefault(label.kind, []).append(label.question)
        self._new = {kind: distinct(questions) for kind, questions in by_kind.items()}
        self._often = [label.question for label in labels[:: max(1, len(labels) // 20)]]
        self._pages = [*PAGES, *sorted({f"/{each.lang}/" for each in documents})]
        self._documents = [f"{start}/{each.lang}/{each.id}" for each in documents for start in DOCUMENTS]
        self._ids: deque[str] = deque(maxlen=200)

    def __iter__(self) -> Iterator[Sent]:
        while True:
            yield self._one(self._chance.choices(self._kinds, self._weights)[0])

    def pause(self, rate: float) -> float:
        """Seconds until the next request, at so many a second (a Poisson process)."""
        return self._pauses.expovariate(rate)

    def note(self, sent: Sent, status: int, body: bytes) -> None:
        """Keeps the id of an answer, so that feedback can be given on it."""
        if sent.path == ASK and status == 200:
            told: Mapping[str, Any] = json.loads(body)
            self._ids.append(told["id"])

    def _one(self, kind: str) -> Sent:
        if kind in self._new:
            return _asked(kind, next(self._new[kind]))
        if kind == "page":
            return Sent(kind, "GET", self._chance.choice(self._pages), right=(200, 302))
        if kind == "document":
            return Sent(kind, "GET", self._chance.choice(self._documents))
        if kind == "bad input":
            return self._chance.choice(BAD)
        if kind == "feedback" and self._ids:
            given = {"id": self._chance.choice(self._ids), "helpful": self._chance.random() < 0.7}
            return Sent(kind, "POST", FEEDBACK, json.dumps(given).encode(), right=(204,))
        return _asked("repeated", self._chance.choice(self._often))


def _asked(kind: str, text: str) -> Sent:
    return Sent(kind, "POST", ASK, json.dumps({"question": text}, ensure_ascii=False).encode())
