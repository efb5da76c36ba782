"""The talk of a page. Its questions travel in the page's own form; the server keeps none."""

from dataclasses import dataclass

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from chatbot.answer import Answer
from chatbot.engine import Engine
from chatbot.errors import QuestionError
from chatbot.question import Question

EARLIER_SHOWN = 5
BYTES_OF_A_LETTER = 4
"""The most that one letter takes in a form: the pages send theirs as multipart/form-data, in plain UTF-8."""
BYTES_OF_A_FIELD = 250
"""What the form adds to each of its fields: the boundary and the field's name."""


@dataclass(frozen=True)
class Talk:
    """`earlier`: the questions before, oldest first; `question`: the newest, or empty. `room`: the bytes that questions
    before the next one may take in its form."""

    earlier: tuple[str, ...] = ()
    question: str = ""
    room: int = 0

    @property
    def asked(self) -> tuple[str, ...]:
        """All questions, as the next form carries them: of a long talk the newest."""
        return _fitting((*self.earlier, self.question), self.room) if self.question else self.earlier


@dataclass(frozen=True)
class Turn:
    """A question with its answer, the latter in HTML too."""

    question: str
    answer: Answer
    html: Markup


def read_talk(given: MultiDict[str, str], longest: int, largest: int) -> Talk:
    """The talk in a form or an address; of the earlier questions those that can be asked again. `longest`: characters
    of a question, `largest`: bytes of a form, in which the next question and two short fields have to fit too."""
    room = largest - longest * BYTES_OF_A_LETTER - 3 * BYTES_OF_A_FIELD
    earlier = [each.strip() for each in given.getlist("history")]
    kept = tuple(each for each in earlier if each and len(each) <= longest)
    return Talk(_fitting(kept, room), given.get("question", "").strip(), room)


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


def answers(engine: Engine, asked: tuple[str, ...], lang: str) -> list[tuple[str, Answer]]:
    """The questions with their answers, each asked with those before it; what is no question is left out."""
    found = []
    for number, text in enumerate(asked):
        try:
            found.append((text, engine.ask(Question(text, history=asked[:number], page_lang=lang))))
        except QuestionError:
            continue
    return found
