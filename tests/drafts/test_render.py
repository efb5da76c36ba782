from datetime import date
from pathlib import Path

from knowledge_files import write

from chatbot.checks import check_knowledge
from chatbot.documents import parse_document
from chatbot.drafts.material import Material
from chatbot.drafts.render import imported

TODAY = date(2026, 3, 1)
KNOWN = Material("## Stop\n\nDo not touch it.\n", "Mines", "UNICEF", "https://www.unicef.org/", date(2025, 5, 31))


def test_draft_with_a_known_source_is_a_knowledge_file() -> None:
    document = parse_document(Path("en/mines.md"), imported(KNOWN, "mines.html", TODAY), "")
    head = document.front_matter
    assert (head.title, head.status, str(head.sources[0].published)) == ("Mines", "draft", "2025-05-31")
    assert (head.approved_by, head.review_by > TODAY) == (None, True)
    assert [section.id for section in document.sections] == ["stop"]
    assert "Do not touch it." in document.body


def test_check_refuses_a_draft_that_nobody_has_finished(tmp_path: Path) -> None:
    write(tmp_path, "en/mines.md", imported(KNOWN, "mines.html", TODAY))
    assert {finding.rule for finding in check_knowledge(tmp_path, TODAY)} == {"unfinished", "questions"}
    write(tmp_path, "en/mines.md", imported(Material("Stop."), "a.txt", TODAY))
    assert {finding.rule for finding in check_knowledge(tmp_path, TODAY)} == {"unreadable"}


def test_title_comes_from_the_first_heading_where_none_is_told() -> None:
    assert "title: Mines in water\n" in imported(Material("# Mines in water\n\nStop.\n"), "a.md", TODAY)


def test_origin_with_line_breaks_can_not_add_to_the_head() -> None:
    text = imported(KNOWN, "a\nstatus: approved", TODAY)
    assert parse_document(Path("en/a.md"), text, "").front_matter.status == "draft"
