"""Python modules of this folder as processes of their own that answer lines: what is measured apart, shares nothing.

A model that was used must not be forked, so each begins from nothing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

ONE_THREAD = {"OMP_NUM_THREADS": "1"}
"""As a worker computes beside others."""


class Child(AbstractContextManager["Child"]):
    """`python -m <module> <arguments>`, asked and answering in lines of JSON; its first line says that it is ready."""

    def __init__(self, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ready: Any = None

    def wait_until_ready(self) -> Any:
        """What its first line says."""
        self.ready = self.receive()
        return self.ready

    def send(self, asked: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()

    def receive(self) -> Any:
        """The next line. Raises EOFError where the process has ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(f"{self.process.args!r} ended with {self.process.wait()}")
        return json.loads(line)

    def ask(self, asked: Any) -> Any:
        self.send(asked)
        return self.receive()

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def answer_lines(ready: Any, answer: Callable[[Any], Any]) -> None:
    """The child's side: says that it is ready, then answers each line until there are no more."""
    print(json.dumps(ready), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
