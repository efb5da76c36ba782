"""Memory of a worker and the time until it is ready, against processes that only embed."""

import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import mean

from bench.embedding_alone import EmbeddingAlone
from bench.figures import Figure, Found
from bench.memory import Memory, memory_of
from bench.questions import distinct, unseen_questions
from bench.served import CORES, Connection, Served, served
from bench.sizes import Sizes
from chatbot.settings import read_settings


def measure(sizes: Sizes) -> Found:
    """As many workers as cores, each asked; as many processes that only embed."""
    questions = list(islice(distinct(unseen_questions(read_settings())), sizes.questions))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        with EmbeddingAlone(CORES, questions, folder) as alone:
            embedding_ready = time.perf_counter() - started
            alone.rate(sizes.seconds)
            embedding = [memory_of(child.process.pid) for child in alone.children]
        with served(folder) as server:
            fresh = server.memory()
            _ask_all(server, questions)
            used = server.memory()
            found = _found(server.starting, embedding_ready, embedding, used)
        return Found(found, {"embedding": _told(embedding), "fresh": _told(fresh), "used": _told(used)})


def _ask_all(server: Served, questions: list[str]) -> None:
    """A connection a question, so that each worker meets its share."""
    for text in questions:
        connection = Connection(server.port)
        connection.request("POST", "/api/v1/ask", {"question": text})
        connection.close()


def _found(starting: float, embedding_ready: float, embedding: list[Memory], used: list[Memory]) -> tuple[Figure, ...]:
    alone = f"a process that only embeds ({len(embedding)} of them)"
    return (
        Figure(
            f"memory of a worker, PSS ({len(used)} workers)", mean(each.pss for each in used), "MB",
            alone, mean(each.pss for each in embedding),
        ),
        Figure(
            f"memory of a worker, RSS ({len(used)} workers)", mean(each.rss for each in used), "MB",
            alone, mean(each.rss for each in embedding),
        ),
        Figure(
            f"from start to ready ({len(used)} workers)", starting, "s",
            f"until {len(embedding)} processes can embed", embedding_ready,
        ),
    )  # fmt: skip


def _told(memories: list[Memory]) -> list[dict[str, float]]:
    return [{"rss": each.rss, "pss": each.pss} for each in memories]
