"""What readers do, one after another without a pause: page, question, follow-up, the document behind it, feedback.

Run by `bench/journeys.py`; BENCH_QUESTIONS names a JSON file with questions enough that none is asked twice.
"""

import json
import os
from itertools import count
from pathlib import Path

from locust import FastHttpUser, constant, task

QUESTIONS: list[str] = json.loads(Path(os.environ["BENCH_QUESTIONS"]).read_text("utf-8"))
FOLLOW_UPS: list[str] = json.loads(os.environ["BENCH_FOLLOW_UPS"])
PAGE = os.environ["BENCH_PAGE"]
_next = count(int(os.environ["BENCH_FROM"]))


class Reader(FastHttpUser):  # type: ignore[misc]  # locust is not there where this is only checked
    """One reader at a time per user, each with a question of its own."""

    wait_time = constant(0)

    @task  # type: ignore[untyped-decorator]
    def journey(self) -> None:
        number = next(_next)
        question = QUESTIONS[number % len(QUESTIONS)]
        follow_up = FOLLOW_UPS[number % len(FOLLOW_UPS)]
        self.client.get(PAGE, name="page")
        answer = self.client.post("/api/v1/ask", json={"question": question}, name="question")
        if answer.status_code != 200:
            return
        told = answer.json()
        asked = {"question": follow_up, "history": [question]}
        self.client.post("/api/v1/ask", json=asked, name="follow-up")
        if told["quotes"]:
            address = told["quotes"][0]["href"].partition("#")[0]
            self.client.get(address, name="document")
        self.client.post("/api/v1/feedback", json={"id": told["id"], "helpful": True}, name="feedback")
