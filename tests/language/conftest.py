import pytest

from chatbot.documents import Document
from chatbot.language.detection import fit_detection
from chatbot.linear import LinearModel
from chatbot.passages import stored_questions


@pytest.fixture(scope="session")
def detection(documents: tuple[Document, ...]) -> LinearModel:
    """The language model, fitted as the build does it."""
    return fit_detection([(question.lang, question.text) for question in stored_questions(documents)])
