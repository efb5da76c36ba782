"""Whatever is typed, and whatever stands in a knowledge file: a value or the one error that is foreseen, never a crash.

`make fuzz` runs the same properties for longer and, where atheris is installed, led by what the code reaches.
"""

import os
import re
import tempfile
from functools import cache
from pathlib import Path

from fakes import hashing_embedder
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from knowledge_files import MINES, head, write_tiny

from chatbot.answer import Parts
from chatbot.asking import KeptAnswers, Places
from chatbot.asking.kept import normal
from chatbot.asking.urgent import urgent_answer
from chatbot.decision import triage
from chatbot.documents import Document, load_document, load_documents
from chatbot.engine import Engine
from chatbot.errors import KnowledgeError, QuestionError
from chatbot.index.build import build_index
from chatbot.language.folding import fold
from chatbot.question import Question, make_query
from chatbot.records.redaction import redact
from chatbot.settings import Settings

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
LANGUAGES = ("az", "en", "ru")
often = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = [
    "mina",
    "мина",
    "tapdım",
    "не",
    "112",
    " ",
    "\n",
    "\u202e",
    "\u0301",
    "\ud800",
    "\0",
    "?",
    "safe",
    "ə",
    "1a",
    "*",
]
TYPED = st.text(st.characters(exclude_categories=()), max_size=300) | st.lists(st.sampled_from(WORDS), max_size=60).map(
    "".join
)
MARKDOWN = [
    "---\n",
    "## A {#a}\n",
    "##\n",
    "- One.\n",
    "1. Two.\n",
    "> q\n",
    "`",
    "<b>",
    "|",
    "\t",
    "\\",
    "&#0;",
    "[a](b)",
]
YAML = ["found:\n- a\n", "? [a]\n: b\n", "a: &a [*a]\n", "!!python/name:os.system\n", "found: 1", "{#a}", "found: ['"]
WRITTEN = st.lists(st.sampled_from(MARKDOWN) | st.text(max_size=20), max_size=25).map("".join)
QUESTIONS = WRITTEN | st.sampled_from(YAML)


@cache
def small_engine() -> Engine:
    folder = Path(tempfile.mkdtemp(prefix="chatbot-fuzz-"))
    embedder, _ = hashing_embedder()
    index = build_index(load_documents(write_tiny(folder)), {}, embedder).index
    return Engine(Settings(), Parts(index, embedder, None), "1")


@given(TYPED)
@often
def test_folding_gives_words_alone(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded == " ".join(folded.split())
    assert not re.search(r"[^\w ]|_", folded)


@given(TYPED, st.lists(TYPED, max_size=3))
@often
def test_triage_says_something_of_any_text(text: str, history: list[str]) -> None:
    query = make_query(Question(text, history=tuple(history)), None, LANGUAGES)
    told = triage(query)
    assert query.lang in LANGUAGES
    assert told.named <= told.flags


@given(TYPED, st.lists(TYPED, max_size=7), st.sampled_from([None, "en", "xx"]))
@example(" " * 2000, [], None)
@often
def test_question_gets_verbatim_quotes_or_is_none(text: str, history: list[str], lang: str | None) -> None:
    engine, asked = small_engine(), Question(text, lang, tuple(history))
    try:
        answer = engine.ask(asked)
    except QuestionError:
        return
    for quote in answer.quotes:
        assert quote.document.body[quote.span.start : quote.span.end] == quote.text
    assert bool(answer.quotes) == (answer.kind != "no_answer")
    by_words = urgent_answer(engine, asked)
    assert by_words is None or (by_words.kind == "emergency" and by_words.actions)


@given(TYPED, st.lists(TYPED, max_size=7))
@often
def test_normal_form_is_no_longer_and_stays(text: str, history: list[str]) -> None:
    once = normal(Question(text, history=tuple(history)), 1000)
    assert normal(once, 1000) == once
    assert len(once.text) <= max(len(text), 1000)
    assert len(KeptAnswers(1).key(small_engine(), once)) == 16
    assert Places(1, 1).inside == 0


@given(TYPED)
@often
def test_redacted_text_holds_no_number(text: str) -> None:
    assert not re.search(r"\d", redact(text, frozenset()) or "")


@given(WRITTEN, st.sampled_from(["guidance", "article"]), QUESTIONS)
@often
def test_body_of_a_file_is_read_verbatim_or_refused(body: str, kind: str, asked: str) -> None:
    document = loaded(f"---\n{head(kind=kind)}---\n\n{MINES}\n{body}", asked)
    for section in document.sections if document else ():
        assert all(section.start <= span.start < span.end <= section.end for span in section.sentences)


@given(WRITTEN)
@example("title: [" * 500)
@example("&a [*a]")
@example("!!python/object/apply:os.system [id]")
@example("a: " + "[" * 900)
@often
def test_front_matter_is_read_or_refused(written: str) -> None:
    for text in (f"---\n{written}\n---\n{MINES}", f"---\n{head()}{written}\n---\n{MINES}", written):
        loaded(text, "")


def loaded(text: str, asked: str) -> Document | None:
    """The document of such a file, or None where it is refused in one sentence that says where."""
    path = scratch() / "en" / "mines.md"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    path.with_suffix(".questions.yaml").write_text(asked, "utf-8", "replace")
    try:
        return load_document(path)
    except KnowledgeError as error:
        told = str(error)
    assert told.startswith(str(path.with_suffix("")))
    assert "\n" not in told
    return None


@cache
def scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="chatbot-fuzz-"))
    (folder / "en").mkdir()
    return folder
