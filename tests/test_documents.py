"""Reading knowledge files: bodies of every shape become sections, blocks and verbatim spans."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knowledge_files import MINES, document_text, write, write_tiny

from chatbot.documents import Document, fingerprint, load_document, load_documents


def read(folder: Path, body: str, **front: str) -> Document:
    return load_document(write(folder, "en/one.md", document_text(body, **front)))


def texts(document: Document) -> list[str]:
    return [document.body[span.start : span.end] for section in document.sections for span in section.sentences]


def test_file_becomes_a_document(tmp_path: Path) -> None:
    document = read(tmp_path, MINES, title="Mines")
    assert (document.id, document.lang, document.front_matter.title) == ("one", "en", "Mines")
    assert [(section.id, section.heading) for section in document.sections] == [
        ("found", "You found a mine"),
        ("looks", "What mines look like"),
    ]
    assert document.body == f"\n{MINES}"
    assert document.sha256 == hashlib.sha256(document.body.encode()).hexdigest()
    assert document.section("looks") is document.sections[1]
    assert document.section("none") is None


def test_list_is_one_block_and_its_numbers_are_no_text(tmp_path: Path) -> None:
    section = read(tmp_path, MINES).sections[0]
    assert [block.kind for block in section.blocks] == ["list"]
    assert texts(read(tmp_path, MINES))[:3] == ["Stop.", "Do not touch it.", "Move away, then call 112."]


def test_nested_list_is_one_block(tmp_path: Path) -> None:
    document = read(tmp_path, "## A {#a}\n\n- One.\n  - Two.\n    - Three.\n- Four.\n\nFive.\n")
    assert [(block.kind, len(block.sentences)) for block in document.sections[0].blocks] == [
        ("list", 4),
        ("paragraph", 1),
    ]


def test_sentence_may_go_on_in_the_next_line(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "## A {#a}\n\nDo not\ntouch it. Go\naway.\n")) == ["Do not\ntouch it.", "Go\naway."]


def test_article_keeps_its_lines(tmp_path: Path) -> None:
    document = read(tmp_path, "## A {#a}\n\nA headline\nOne. Two.\nBy Someone\n", kind="article")
    assert texts(document) == ["A headline", "One.", "Two.", "By Someone"]


def test_same_line_twice_has_two_places(tmp_path: Path) -> None:
    document = read(tmp_path, "## A {#a}\n\n- Stop.\n- Stop.\n\n## B {#b}\n\nStop.\n")
    starts = [span.start for section in document.sections for span in section.sentences]
    assert texts(document) == ["Stop."] * 3
    assert starts == sorted(set(starts))


def test_text_that_repeats_list_numbers_is_found_in_its_place(tmp_path: Path) -> None:
    document = read(tmp_path, "## A {#a}\n\n1. 1\n2. 2 mines.\n")
    section = document.sections[0]
    assert texts(document) == ["1", "2 mines."]
    assert [document.body[span.start - 3 : span.start] for span in section.sentences] == ["1. ", "2. "]


def test_smaller_heading_is_inside_its_section(tmp_path: Path) -> None:
    document = read(tmp_path, "## A {#a}\n\n### Inside\n\nOne.\n")
    assert [section.id for section in document.sections] == ["a"]
    assert texts(document) == ["One."]


def test_html_in_a_file_stays_text(tmp_path: Path) -> None:
    body = "## A {#a}\n\n<script>alert(1)</script>\n\nUse <b>no</b> hands. <img src=x onerror=y>\n"
    document = read(tmp_path, body)
    assert "<script>alert(1)</script>" in texts(document)
    assert any("<b>no</b>" in text for text in texts(document))
    assert all(text in body for text in texts(document))


def test_windows_line_ends_read_as_unix_ones(tmp_path: Path) -> None:
    text = document_text(MINES)
    unix = load_document(write(tmp_path, "en/unix.md", text))
    windows = load_document(write(tmp_path, "en/windows.md", text.replace("\n", "\r\n")))
    assert (windows.body, windows.sha256, windows.sections) == (unix.body, unix.sha256, unix.sections)


def test_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "en/one.md", f"\ufeff{document_text(MINES)}"))
    assert texts(document)[0] == "Stop."


def test_heading_in_a_code_block_or_list_starts_no_section(tmp_path: Path) -> None:
    document = read(tmp_path, "## A {#a}\n\nText.\n\n```\n## B {#b}\n```\n\n- ## C {#c}\n")
    assert [section.id for section in document.sections] == ["a"]


def test_questions_lie_beside_the_file(tmp_path: Path) -> None:
    mines, water = load_documents(write_tiny(tmp_path))
    assert dict(mines.questions) == {"found": ("I found a mine", "There is a mine here"), "looks": ("mine colour",)}
    assert dict(water.questions) == {}


def test_documents_come_by_language_and_id(tmp_path: Path) -> None:
    for name in ("ru/b.md", "en/b.md", "en/a.md"):
        write(tmp_path, name, document_text(MINES))
    assert [(each.lang, each.id) for each in load_documents(tmp_path)] == [("en", "a"), ("en", "b"), ("ru", "b")]


def test_fingerprint_changes_with_every_file_read(tmp_path: Path) -> None:
    before = fingerprint(write_tiny(tmp_path))
    write(tmp_path, "en/mines.questions.yaml", "found:\n- another\n")
    after = fingerprint(tmp_path)
    assert before.keys() == after.keys() == {"en/mines.md", "en/mines.questions.yaml", "en/water.md"}
    assert [name for name in before if before[name] != after[name]] == ["en/mines.questions.yaml"]


WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\x85>"), max_size=25)
LINES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "",
            "Stop. Go.",
            "- item. Two.",
            "1. Step.",
            "  - deeper",
            "1. 1. 1",
            "\u2028",
            "\xa0",
            "- \u3000",
            "    code",
            "***",
            "`x`",
        ]
    ),
    st.sampled_from(
        ["Line\\", "**Bold.** Text.", "&amp; more.", "[a](b). C", "| a | b |", "### Inside", "text  ", "\ttab."]
    ),
)
BODIES = st.lists(st.lists(LINES, max_size=8), min_size=1, max_size=4).map(
    lambda parts: "\n".join(
        f"## Heading {number} {{#s-{number}}}\n\nFirst.\n\n" + "\n".join(lines) + "\n"
        for number, lines in enumerate(parts)
    )
)


@given(BODIES, st.sampled_from(["guidance", "article"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_any_markdown_is_cut_into_verbatim_parts(tmp_path: Path, body: str, kind: str) -> None:
    document = read(tmp_path, body, kind=kind)
    spans = [span for section in document.sections for span in section.sentences]
    first = document.sections[0].start
    assert document.body[:first] + "".join(document.body[s.start : s.end] for s in document.sections) == document.body
    assert all(0 <= span.start < span.end <= len(document.body) for span in spans)
    assert [span.start for span in spans] == sorted({span.start for span in spans})
    for section in document.sections:
        assert all(section.start <= span.start and span.end <= section.end for span in section.sentences)


@pytest.mark.parametrize(
    "body", ["One.\rTwo.\n", "- One.\n\tTwo.\n", "One.\u2028Two.\n", "One.\x0bTwo.\x85\n", "\u2028\nOne.\nTwo.\n\xa0\n"]
)
def test_strange_white_space_is_read(tmp_path: Path, body: str) -> None:
    document = read(tmp_path, f"## A {{#a}}\n\n{body}")
    assert " ".join(texts(document)).split() in (["One.", "Two."], ["One.Two."])
    assert all(text == text.strip() for text in texts(document))


@pytest.mark.parametrize("kind", ["article", "guidance", "figures", "about"])
def test_each_kind_is_read(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, MINES, kind=kind).front_matter.kind == kind
