"""The talk of a page. Its questions travel in the page's own form; the server keeps none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from chatbot.answer import Answer
from chatbot.errors import OverloadedError, QuestionError
from chatbot.question import Question
from chatbot.web.limits import TooOftenError

EARLIER_SHOWN = 5
BYTES_OF_A_LETTER = 4
"""The most that one letter takes in a form: the pages send theirs as multipart/form-data, in plain UTF-8."""
BYTES_OF_A_FIELD = 250
"""What the form adds to each of its fields: the boundary and the field's name."""


@dataclass(frozen=True)
class Talk:
    """`earlier`: the questions before, oldest first; `question`: the newest, or empty. `room`: the bytes that questions
    before the next one may take in its form. `answer_in`: the language that the reader switched to, or None where each
    answer is in the language of its question."""

    earlier: tuple[str, ...] = ()
    question: str = ""
    room: int = 0
    answer_in: str | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        return (*self.earlier, self.question) if self.question else self.earlier

    @property
    def asked(self) -> tuple[str, ...]:
        """The latest questions, as the next form carries them: of a long talk the newest."""
        return _fitting(self.questions, self.room)


@dataclass(frozen=True)
class Turn:
    """A question with its answer."""

    question: str
    answer: Answer


def read_talk(given: MultiDict[str, str], longest: int, largest: int, languages: Sequence[str]) -> Talk:
    """The talk in a form or an address; of the earlier questions those that can be asked again. `longest`: characters
    of a question, `largest`: bytes of a form, in which the next question and two short fields have to fit too. Where no
    question came with them, as from the switch of language, the last of them is the newest."""
    room = largest - longest * BYTES_OF_A_LETTER - 3 * BYTES_OF_A_FIELD
    earlier = [each.strip() for each in given.getlist("history")]
    kept = _fitting(tuple(each for each in earlier if each and len(each) <= longest), room)
    answer_in = given.get("answer_in")
    if "question" not in given and kept:
        return Talk(kept[:-1], kept[-1], room, answer_in if answer_in in languages else None)
    return Talk(kept, given.get("question", "").strip(), room)


def _fitting(questions: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The newest of the questions, as many as are shown and as fit."""
    kept: list[str] = []
    for text in reversed(questions[-EARLIER_SHOWN:]):
        # A form sends a line break as two characters.
        room -= len(text.encode("utf-8", "replace")) + text.count("\n") + BYTES_OF_A_FIELD
        if room < 0:
            break
        kept.append(text)
    return tuple(reversed(kept))


def turns(ask: Callable[[Question], Answer], talk: Talk, page_lang: str) -> list[Turn]:
    """The talk's questions with their answers, each asked with those before it. What can't be answered is left out, but
    for the newest: that raises as `ask` does."""
    found = []
    for number, text in enumerate(talk.questions):
        try:
            asked = Question(text, lang=talk.answer_in, history=talk.questions[:number], page_lang=page_lang)
            found.append(Turn(text, ask(asked)))
        except (QuestionError, OverloadedError, TooOftenError):
            if text is talk.question:
                raise
    return found
