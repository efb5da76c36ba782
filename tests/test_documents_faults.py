"""Every wrong file is told in one sentence: file, line, what, and the mend."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from knowledge_files import MINES, WATER, document_text, head, write

from chatbot.documents import LARGEST_FILE, fingerprint, load_document, load_documents
from chatbot.errors import KnowledgeError

GOOD = document_text(MINES)
BODY_LINE = GOOD.count("\n", 0, GOOD.index("## ")) + 1

BAD_FILES = {
    "no front matter": (MINES, 1, "front matter is missing", "---"),
    "empty file": ("", 1, "front matter is missing", "---"),
    "front matter not closed": (f"---\n{head()}\n{MINES}", 1, "has no end", "close it"),
    "front matter without keys": (f"---\n- a\n- b\n---\n{MINES}", 2, "no keys", "title"),
    "bad YAML": (f"---\ntitle: A: b\nkind: guidance\n---\n{MINES}", 2, "not YAML", "quotation marks"),
    "bad YAML further down": (f"---\n{head()}as_of: [\n---\n{MINES}", 9, "not YAML", "quotation marks"),
    "unknown key": (document_text(MINES, more="colour: red\n"), 9, "colour", "correct `colour`"),
    "missing key": (GOOD.replace("status: draft\n", ""), 2, "status", "correct `status`"),
    "wrong date": (GOOD.replace("2099-01-01", "2099-13-01"), 7, "review_by", "correct `review_by`"),
    "date in words": (document_text(MINES, more="as_of: last May\n"), 9, "as_of", "correct `as_of`"),
    "unknown kind": (document_text(MINES, kind="poem"), 3, "kind", "correct `kind`"),
    "unknown audience": (GOOD.replace("[everyone]", "[nobody]"), 4, "audience", "correct `audience`"),
    "unknown status": (GOOD.replace("draft", "perhaps"), 8, "status", "correct `status`"),
    "source without address": (GOOD.replace(', url: "https://example.org/"', ""), 6, "sources", "correct `sources`"),
    "script as address": (GOOD.replace("https:", "javascript:"), 6, "http:// or https://", "correct `sources`"),
    "file as address": (GOOD.replace("https:", "file:"), 6, "http:// or https://", "correct `sources`"),
    "address without host": (GOOD.replace("example.org/", ""), 6, "http:// or https://", "correct `sources`"),
    "address without scheme": (GOOD.replace("https://", ""), 6, "http:// or https://", "correct `sources`"),
    "address with white space": (GOOD.replace("example.org/", "example.org/ a"), 6, "http:// or", "correct `sources`"),
    "key twice": (document_text(MINES, more="kind: figures\n"), 9, "`kind` stands twice", "keep one"),
    "key of a source twice": (GOOD.replace("title: Test", "title: A, title: B"), 6, "`title` stands twice", "keep one"),
    "block quotation": (document_text(f"{MINES}\n> Stop.\n> Go.\n"), BODY_LINE + 9, "begins with `>`", "delete the"),
    "block quotation in a list": (document_text("## A {#a}\n\n- > Go.\n"), BODY_LINE + 2, "begins with `>`", "delete"),
    "no section": (document_text("Only text.\n"), BODY_LINE - 1, "no section", "## Heading {#section-id}"),
    "no body": (document_text(""), BODY_LINE - 1, "no section", "## Heading {#section-id}"),
    "heading without id": (document_text("## Heading\n\nText.\n"), BODY_LINE, "no section id", "{#section-id}"),
    "heading with a bad id": (document_text("## Heading {#Bad_Id}\n\nText.\n"), BODY_LINE, "no section id", "a-z, 0-9"),
    "heading with an empty id": (document_text("## Heading {#}\n\nText.\n"), BODY_LINE, "no section id", "a-z, 0-9"),
    "heading of an id alone": (document_text("## {#found}\n\nText.\n"), BODY_LINE, "no section id", "{#section-id}"),
    "second heading without id": (document_text(f"{MINES}\n## No id\n\nA.\n"), BODY_LINE + 9, "no section id", "a-z"),
    "the same id twice": (document_text(f"{MINES}\n## Again {{#found}}\n\nText.\n"), BODY_LINE + 9, "twice", "own id"),
    "text before the first section": (document_text(f"Hello.\n\n{MINES}"), BODY_LINE - 1, "before the first", "put"),
    "empty section": (document_text(f"{MINES}\n## Empty {{#empty}}\n"), BODY_LINE + 9, "no text", "delete the heading"),
    "section of a heading alone": (document_text("## A {#a}\n\n### B\n"), BODY_LINE, "no text", "delete the heading"),
    "NUL": (document_text(f"{MINES}x\0y\n"), BODY_LINE + 8, "NUL", "delete it"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what", "mend"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_file_is_named_with_line_and_mend(tmp_path: Path, text: str, line: int, what: str, mend: str) -> None:
    path = write(tmp_path, "en/bad.md", text)
    with pytest.raises(KnowledgeError) as caught:
        load_document(path)
    assert caught.value.where == f"{path}:{line}"
    assert what in caught.value.what
    assert mend in (caught.value.mend or "")
    assert "\n" not in str(caught.value)


def test_bytes_that_are_not_utf8_are_named_with_line(tmp_path: Path) -> None:
    path = write(tmp_path, "en/bad.md", GOOD)
    path.write_bytes(GOOD.encode() + b"one\ntwo \xff\xfe\n")
    with pytest.raises(KnowledgeError, match="not UTF-8; save it as UTF-8") as caught:
        load_document(path)
    assert caught.value.where == f"{path}:{GOOD.count(chr(10)) + 2}"


def test_too_large_a_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "en/large.md", GOOD + "a" * LARGEST_FILE)
    with pytest.raises(KnowledgeError, match="larger than 1 MB; split it") as caught:
        load_document(path)
    assert caught.value.where == str(path)


BAD_QUESTIONS = {
    "unknown section": ("nowhere:\n- What?\n", "no section is named `nowhere`", "use an id"),
    "not a list": ("found: What?\n", "not a list of texts", "- "),
    "numbers": ("found:\n- 112\n", "not a list of texts", "- "),
    "blank question": ("found:\n- ' '\n", "not a list of texts", "- "),
    "no mapping": ("- What?\n", "no sections", "section-id:"),
    "bad YAML": ("found:\n- a\n b: [\n", "not YAML", "quotation marks"),
    "section twice": ("found:\n- a\nfound:\n- b\n", "`found` stands twice", "keep one"),
    "NUL": ("found:\n- a\0\n", "NUL", "delete it"),
}


@pytest.mark.parametrize(("text", "what", "mend"), BAD_QUESTIONS.values(), ids=BAD_QUESTIONS)
def test_bad_questions_file_is_named(tmp_path: Path, text: str, what: str, mend: str) -> None:
    path = write(tmp_path, "en/one.md", GOOD)
    beside = write(tmp_path, "en/one.questions.yaml", text)
    with pytest.raises(KnowledgeError) as caught:
        load_document(path)
    assert (caught.value.where or "").startswith(str(beside))
    assert what in caught.value.what
    assert mend in (caught.value.mend or "")


def test_empty_questions_file_means_no_questions(tmp_path: Path) -> None:
    write(tmp_path, "en/one.questions.yaml", "")
    assert dict(load_document(write(tmp_path, "en/one.md", GOOD)).questions) == {}


TRANSLATIONS = {
    "original missing": ("ru/other.md", MINES, "original in `en` is missing", "add en/other.md"),
    "other sections": ("ru/one.md", WATER, "sections are not those", "compare it with en/one.md"),
    "sections in another order": (
        "ru/one.md",
        "\n".join(reversed(MINES.partition("\n## ")[0::2])).replace("What mines", "## What mines", 1),
        "sections are not those",
        "compare it with en/one.md",
    ),
    "one sentence less": ("ru/one.md", MINES.replace("Stop. ", ""), "has 2 sentences, its original 3", "for sentence"),
}


@pytest.mark.parametrize(("name", "body", "what", "mend"), TRANSLATIONS.values(), ids=TRANSLATIONS)
def test_translation_that_is_not_parallel_is_named(tmp_path: Path, name: str, body: str, what: str, mend: str) -> None:
    write(tmp_path, "en/one.md", GOOD)
    path = write(tmp_path, name, document_text(body, more="translation_of: en\n"))
    with pytest.raises(KnowledgeError) as caught:
        load_documents(tmp_path)
    assert (caught.value.where or "").startswith(str(path))
    assert what in caught.value.what
    assert mend in (caught.value.mend or "")


@pytest.mark.parametrize("folder", ["missing", "."])
def test_folder_without_files_is_named(tmp_path: Path, folder: str) -> None:
    with pytest.raises(KnowledgeError, match="no knowledge files; name their folder with --knowledge") as caught:
        load_documents(tmp_path / folder)
    assert caught.value.where == str(tmp_path / folder)


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "en" / "one.md").mkdir(parents=True)
    with pytest.raises(KnowledgeError, match="can't be read") as caught:
        load_documents(tmp_path)
    assert caught.value.where == str(tmp_path / "en" / "one.md")


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder of a user who may not read everything, as root may."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)


def test_unreadable_folder_is_named_even_beside_a_readable_one(as_nobody: Path) -> None:
    for lang in ("en", "ru"):
        write(as_nobody, f"{lang}/one.md", GOOD)
    assert len(load_documents(as_nobody)) == 2
    (as_nobody / "ru").chmod(0)
    try:
        for read in (load_documents, fingerprint):
            with pytest.raises(KnowledgeError, match="can't be read") as caught:
                read(as_nobody)
            assert caught.value.where == str(as_nobody / "ru")
    finally:
        (as_nobody / "ru").chmod(0o755)


def test_character_that_yaml_forbids_is_named_in_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, "en/mines.md", document_text(MINES).replace("kind:", "\x1fkind:"))
    with pytest.raises(KnowledgeError) as caught:
        load_document(path)
    assert str(caught.value) == f"{path}:3: the character U+001F must not stand here; delete it"
