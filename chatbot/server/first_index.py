"""An index before the first worker begins, built by a process of its own: building loads model and index."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection

from chatbot.documents import load_documents
from chatbot.errors import ChatbotError, ServerError
from chatbot.index.usable import why_outgrown, why_unusable
from chatbot.server.ending import end_at_once
from chatbot.settings import Settings


def require_index(settings: Settings, say: Callable[[str], None]) -> None:
    """Has the index built where none can be used or the files outgrew it, unless the model is missing. Raises a
    ChatbotError where the knowledge files are wrong or missing, or the index can't be written."""
    root = settings.index_folder
    if not (why_unusable(root, settings.embedding_model, every_file=True) or why_outgrown(root, settings.knowledge)):
        return
    load_documents(settings.knowledge)  # wrong files are told before a model is loaded, which takes seconds
    spawn = multiprocessing.get_context("spawn")
    reading, writing = spawn.Pipe(duplex=False)
    process = spawn.Process(target=build_index, args=(settings, writing), name="first-index", daemon=True)
    process.start()
    writing.close()
    try:
        told = reading.recv()
        while isinstance(told, str):
            say(told)
            told = reading.recv()
        process.join()
    except EOFError:
        process.join()
        raise ServerError(
            f"the index was not built: its process ended with {process.exitcode}",
            where=str(settings.index_folder),
            mend="run `chatbot build` and read what it says",
        ) from None
    except KeyboardInterrupt:
        process.terminate()
        process.join()
        raise
    if told is not None:
        raise told


def build_index(settings: Settings, told: Connection) -> None:
    """Runs in the process of its own; sends each line to say, and at the end the ChatbotError or None."""
    end_at_once()
    from chatbot.engine import load_engine  # noqa: PLC0415  brings the model: not for the process that watches

    try:
        load_engine(settings, told.send)
    except ChatbotError as error:
        told.send(error)
    else:
        told.send(None)
