"""The last answers, kept in this process's memory without the questions: their keys are hashes that nobody can turn
back, for the hash's own key is random and dies with the process."""

import hashlib
import json
import secrets
import unicodedata
from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from scipy import sparse

from chatbot.answer import Answer, Trace
from chatbot.decision import Triage
from chatbot.engine import Engine
from chatbot.question import HISTORY_USED, Query, Question
from chatbot.retriever import Retrieved

Key = bytes

BLANKS = str.maketrans("\t\n\r", "   ")
NOTHING_TOLD = Triage(frozenset(), None, None, None)
NOTHING_RETRIEVED = Retrieved((), 0.0, sparse.csr_matrix((1, 0)), dense=True)


class KeptAnswers:
    """At most `most` answers of one index version; the one not wanted for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._made_from: tuple[str, str] = "", ""
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def key(self, engine: Engine, asked: Question) -> Key:
        """A keyed hash of all that the answer depends on."""
        parts = [*_version(engine), asked.text, asked.history, asked.lang, asked.page_lang, asked.audience]
        said = json.dumps(parts).encode()
        return hashlib.blake2b(said, key=self._secret, digest_size=16).digest()

    def get(self, engine: Engine, key: Key) -> Answer | None:
        """The kept answer with an id of its own, or None."""
        with self._lock:
            if self._made_from != _version(engine) or key not in self._answers:
                return None
            self._answers.move_to_end(key)
            return replace(self._answers[key], id=secrets.token_urlsafe(16))

    def keep(self, engine: Engine, key: Key, answer: Answer) -> None:
        """Keep the answer, but for one that the model's failure made worse than it will be next time."""
        if engine.parts.embedder is not None and not answer.trace.retrieved.dense:
            return
        with self._lock:
            if self._made_from != _version(engine):
                self._made_from = _version(engine)
                self._answers.clear()
            self._answers[key] = forgotten(answer)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


def normal(question: Question, longest: int) -> Question:
    """The question as it is asked and kept: composed letters, single spaces, the part of its history that counts. The
    same key means the same words, so an answer does not depend on who asked before."""
    history = tuple(_plain(text, longest) for text in question.history[-HISTORY_USED:])
    return replace(question, text=_plain(question.text, longest), history=history)


def forgotten(answer: Answer) -> Answer:
    """The answer with a new id, and without the question, the way to the answer, and the time that took."""
    query = Query("", "", "", answer.lang)
    trace = Trace(query, NOTHING_TOLD, NOTHING_RETRIEVED, answer.trace.decision, {})
    return replace(answer, id=secrets.token_urlsafe(16), trace=trace)


def _plain(text: str, longest: int) -> str:
    if len(text) > longest:  # it is refused as it was typed
        return text
    plain = " ".join(word for word in unicodedata.normalize("NFC", text).translate(BLANKS).split(" ") if word)
    return plain if len(plain) <= longest else text


def _version(engine: Engine) -> tuple[str, str]:
    return engine.version, str(engine.folder)
