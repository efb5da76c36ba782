import inspect
import re

import pytest

from chatbot import errors
from chatbot.cli import exit_code
from chatbot.errors import (
    ChatbotError,
    EmbedderError,
    FetchError,
    ImportFileError,
    IndexUnusableError,
    KnowledgeError,
    OverloadedError,
    QuestionError,
    RecordsError,
    ServerError,
    SettingsError,
)

CLASSES = [found for _, found in inspect.getmembers(errors, inspect.isclass) if issubclass(found, Exception)]


def test_every_error_stands_in_the_drawn_tree() -> None:
    drawn = set(re.findall(r"\w+Error", errors.__doc__ or ""))
    assert drawn == {found.__name__ for found in CLASSES}


def test_every_error_is_a_chatbot_error() -> None:
    assert all(issubclass(found, ChatbotError) for found in CLASSES)


@pytest.mark.parametrize("kind", CLASSES)
def test_error_says_what_where_and_the_mend(kind: type[ChatbotError]) -> None:
    error = kind("it is broken", where="file.md:3", mend="repair it")
    assert str(error) == "file.md:3: it is broken; repair it"
    assert error.args == (str(error),)
    assert (error.what, error.where, error.mend) == ("it is broken", "file.md:3", "repair it")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ChatbotError("broken"), "broken"),
        (ChatbotError("broken", where="x"), "x: broken"),
        (ChatbotError("broken", mend="mend it"), "broken; mend it"),
    ],
)
def test_missing_parts_leave_no_marks(error: ChatbotError, text: str) -> None:
    assert str(error) == text


CODES = {
    ChatbotError: 1,
    KnowledgeError: 1,
    IndexUnusableError: 1,
    EmbedderError: 1,
    FetchError: 1,
    RecordsError: 1,
    OverloadedError: 1,
    SettingsError: 2,
    QuestionError: 2,
    ImportFileError: 1,
    ServerError: 1,
}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_maps_to_an_exit_code(kind: type[ChatbotError]) -> None:
    assert exit_code(kind("broken")) == CODES[kind]
