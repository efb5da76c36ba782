"""What is asked: no question twice, none that was learned from, the same in every run."""

from itertools import islice

from bench.questions import distinct, unseen_questions
from chatbot.settings import Settings


def test_no_question_is_asked_twice() -> None:
    found = list(islice(distinct(["Where are mines?", "Minalar haradadır?"]), 40))
    assert len(set(found)) == 40
    assert found[:2] == ["Where are mines?", "Minalar haradadır?"]
    assert found == list(islice(distinct(["Where are mines?", "Minalar haradadır?"]), 40))


def test_questions_are_those_of_the_test_file(settings: Settings) -> None:
    found = unseen_questions(settings)
    assert len(found) == len(set(found)) > 700
    assert found == unseen_questions(settings)
