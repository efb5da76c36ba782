"""An engine with a fake model that counts what it is asked, and that waits where a test wants it to."""

from dataclasses import dataclass, field
from threading import Event
from typing import Any

from fakes import HashingModel

from chatbot.asking import Asking, KeptAnswers, Outcome, Places
from chatbot.engine import Engine


class HeldModel(HashingModel):
    """Answers at once, until it is held; then it waits to be let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = Event()
        self.free.set()
        self.entered = Event()

    def encode_query(self, texts: Any, **more: Any) -> Any:
        self.entered.set()
        assert self.free.wait(20)
        return super().encode_query(texts, **more)

    encode_document = encode_query


@dataclass(frozen=True)
class Desk:
    """An engine, its model, and how the questions ended."""

    engine: Engine
    model: HeldModel
    outcomes: list[Outcome] = field(default_factory=list)

    def asking(self, at_work: int = 2, waiting: int = 8, kept: int = 10, patience: float = 10) -> Asking:
        return Asking(Places(at_work, waiting, patience), KeptAnswers(kept), self.outcomes.append)
