"""The talk of a page. Its questions travel in the page's own form; the server keeps none."""

from dataclasses import dataclass

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from chatbot.answer import Answer
from chatbot.engine import Engine
from chatbot.errors import QuestionError
from chatbot.question import Question

EARLIER_SHOWN = 5


@dataclass(frozen=True)
class Talk:
    """`earlier`: the questions before, oldest first; `question`: the newest, or empty."""

    earlier: tuple[str, ...] = ()
    question: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """All questions, as the next form carries them."""
        return (*self.earlier, self.question)[-EARLIER_SHOWN:] if self.question else self.earlier


@dataclass(frozen=True)
class Turn:
    """A question with its answer, the latter in HTML too."""

    question: str
    answer: Answer
    html: Markup


def read_talk(given: MultiDict[str, str], longest: int) -> Talk:
    """The talk in a form or an address; of the earlier questions those that can be asked again."""
    earlier = [each.strip() for each in given.getlist("history")]
    kept = [each for each in earlier if each and len(each) <= longest]
    return Talk(tuple(kept[-EARLIER_SHOWN:]), given.get("question", "").strip())


def answers(engine: Engine, asked: tuple[str, ...], lang: str) -> list[tuple[str, Answer]]:
    """The questions with their answers, each asked with those before it; what is no question is left out."""
    found = []
    for number, text in enumerate(asked):
        try:
            found.append((text, engine.ask(Question(text, history=asked[:number], page_lang=lang))))
        except QuestionError:
            continue
    return found
