"""An emergency told and answered by words alone: a few milliseconds, no model, at any load."""

from dataclasses import replace

from chatbot.answer import Answer, answer
from chatbot.decision import triage
from chatbot.engine import Engine
from chatbot.question import Question, make_query, read_question


def is_urgent(engine: Engine, question: Question) -> bool:
    """Whether the words of the question say that somebody is in danger. Raises QuestionError where it is none."""
    parts = engine.parts
    checked = read_question(question, parts.index.languages, parts.longest_question)
    query = make_query(checked, parts.learned.language if parts.learned else None, parts.index.languages)
    return triage(query).emergency is not None


def urgent_answer(engine: Engine, question: Question) -> Answer | None:
    """The whole answer to an emergency, or None where the words tell of none. Raises QuestionError."""
    if not is_urgent(engine, question):
        return None
    return answer(question, replace(engine.parts, embedder=None))
