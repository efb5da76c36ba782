"""The talk of a page. Its questions travel in the page's own form; the server keeps none."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from chatbot.answer import Answer
from chatbot.engine import Engine
from chatbot.errors import QuestionError
from chatbot.question import Question

EARLIER_SHOWN = 5


@dataclass(frozen=True)
class Talk:
    """`earlier`: the questions before, oldest first; `question`: the newest, or empty; `answer_in`: the language
    that the reader switched to, or None where each answer is in the language of its question."""

    earlier: tuple[str, ...] = ()
    question: str = ""
    answer_in: str | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        return (*self.earlier, self.question) if self.question else self.earlier

    @property
    def asked(self) -> tuple[str, ...]:
        """The latest questions, as the next form carries them."""
        return self.questions[-EARLIER_SHOWN:]


@dataclass(frozen=True)
class Turn:
    """A question with its answer."""

    question: str
    answer: Answer


def read_talk(given: MultiDict[str, str], longest: int, languages: Sequence[str]) -> Talk:
    """The talk in a form or an address; of the earlier questions those that can be asked again. Where no question
    came with them, as from the switch of language, the last of them is the newest."""
    earlier = [each.strip() for each in given.getlist("history")]
    kept = [each for each in earlier if each and len(each) <= longest][-EARLIER_SHOWN:]
    answer_in = given.get("answer_in")
    if "question" not in given and kept:
        return Talk(tuple(kept[:-1]), kept[-1], answer_in if answer_in in languages else None)
    return Talk(tuple(kept), given.get("question", "").strip())


def turns(engine: Engine, talk: Talk, page_lang: str) -> list[Turn]:
    """The talk's questions with their answers, each asked with those before it. What is no question is left out, but
    for the newest: that raises QuestionError."""
    found = []
    for number, text in enumerate(talk.questions):
        try:
            asked = Question(text, lang=talk.answer_in, history=talk.questions[:number], page_lang=page_lang)
            found.append(Turn(text, engine.ask(asked)))
        except QuestionError:
            if text is talk.question:
                raise
    return found
