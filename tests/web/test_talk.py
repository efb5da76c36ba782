"""The talk that a page carries in its forms: the newest questions, as many as fit a request."""

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.test import stream_encode_multipart

from chatbot.settings import Settings
from chatbot.web.talk import EARLIER_SHOWN, read_talk

LONGEST, LARGEST = Settings().max_question_chars, Settings().max_body_bytes
LANGUAGES = ("az", "en", "ru")


def form(carried: tuple[str, ...], question: str) -> MultiDict[str, str]:
    return MultiDict([*(("history", text) for text in carried), ("question", question)])


@pytest.mark.parametrize(("letter", "kept"), [("a", 5), ("ə", 5), ("語", 3), ("💣", 2), ("я\n", 5), (".", 5)])
def test_form_of_longest_questions_fits_a_request(letter: str, kept: int) -> None:
    carried: tuple[str, ...] = ()
    for number in range(EARLIER_SHOWN + 2):
        question = f"{number}{letter * LONGEST}"[: LONGEST - 1] + "?"
        given = form(carried, question)
        sent = MultiDict([(name, text.replace("\n", "\r\n")) for name, text in given.items(multi=True)])
        assert stream_encode_multipart(sent, use_tempfile=False)[1] <= LARGEST
        carried = read_talk(given, LONGEST, LARGEST, LANGUAGES).asked
        assert carried[-1] == question
    assert len(carried) == kept


def test_short_talk_is_carried_whole() -> None:
    talk = read_talk(form(("one", "two"), "three"), LONGEST, LARGEST, LANGUAGES)
    assert (talk.earlier, talk.asked) == (("one", "two"), ("one", "two", "three"))


def test_oldest_questions_are_left_out_first() -> None:
    earlier = tuple(f"question {number}" for number in range(9))
    assert read_talk(form(earlier, ""), LONGEST, LARGEST, LANGUAGES).asked == earlier[-EARLIER_SHOWN:]


def test_question_that_can_not_be_asked_again_is_left_out() -> None:
    assert read_talk(form(("", " ", "a" * (LONGEST + 1), "mina"), "x"), LONGEST, LARGEST, LANGUAGES).earlier == (
        "mina",
    )


def test_small_limit_leaves_no_history_and_keeps_the_question() -> None:
    talk = read_talk(form(("mina",), "bomba"), LONGEST, 100, LANGUAGES)
    assert (talk.earlier, talk.asked, talk.question) == ((), (), "bomba")


def test_switch_of_language_asks_the_last_question_anew() -> None:
    given = MultiDict([("history", "mina"), ("history", "bomba"), ("answer_in", "ru")])
    talk = read_talk(given, LONGEST, LARGEST, LANGUAGES)
    assert (talk.earlier, talk.question, talk.answer_in) == (("mina",), "bomba", "ru")
    assert talk.asked == ("mina", "bomba")
