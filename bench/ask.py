"""A question against the bare embedding of the same question, in turns in the same loop."""

from functools import partial
from statistics import median

from bench.figures import Figure, Found, Goal
from bench.questions import unseen_questions
from bench.sizes import Sizes
from bench.timing import percentile, spread, timed
from chatbot.embedder import Embedder
from chatbot.engine import Engine, load_engine
from chatbot.question import Question
from chatbot.settings import read_settings

WARMING = 10


def measure(sizes: Sizes) -> Found:
    """Each question once; nothing is kept between questions."""
    settings = read_settings()
    engine = load_engine(settings)
    assert engine.parts.embedder is not None, engine.degraded
    return measure_engine(engine, engine.parts.embedder, unseen_questions(settings)[: sizes.questions])


def measure_engine(engine: Engine, embedder: Embedder, questions: list[str]) -> Found:
    for text in questions[:WARMING]:
        engine.ask(Question(text))
        embedder.query(text)
    bare: list[float] = []
    whole: list[float] = []
    stages: dict[str, list[float]] = {}
    for number, text in enumerate(questions):
        if number % 2:
            bare.append(timed(partial(embedder.query, text))[0])
        milliseconds, answer = timed(partial(engine.ask, Question(text)))
        whole.append(milliseconds)
        if not number % 2:
            bare.append(timed(partial(embedder.query, text))[0])
        for stage, took in answer.trace.milliseconds.items():
            stages.setdefault(stage, []).append(took)
    pairs = [asked / embedded for asked, embedded in zip(whole, bare, strict=True)]
    figures = (
        Figure(
            "a question, median", median(whole), "ms", "its bare embedding, median", median(bare),
            Goal("ratio", at_most=1.25),
        ),
        Figure(
            "a question, 99th percentile", percentile(whole, 99), "ms", "bare embedding, 99th percentile",
            percentile(bare, 99),
        ),
        Figure(
            "a question by its own embedding, 99th percentile", percentile(pairs, 99), "", "its embedding", 1.0,
            Goal("ratio", at_most=3.0),
        ),
    )  # fmt: skip
    raw = {
        "question_ms": spread(whole),
        "embedding_ms": spread(bare),
        "pairs": spread(pairs),
        "stages_ms": {stage: spread(took) for stage, took in stages.items()},
    }
    return Found(figures, raw)
