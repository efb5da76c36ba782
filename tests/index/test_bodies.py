from datetime import UTC, datetime
from pathlib import Path

from knowledge_files import WATER, document_text, write, write_tiny

from chatbot.documents import Document, load_documents
from chatbot.index.bodies import BODIES, SEEN, changed_at, find_body, keep_bodies, note_seen, read_seen

MAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


def see(root: Path, folder: Path, when: datetime) -> tuple[Document, ...]:
    documents = load_documents(folder)
    keep_bodies(root, documents)
    note_seen(root, documents, when)
    return documents


def test_kept_document_is_the_same_as_the_read_one(tmp_path: Path) -> None:
    folder = write_tiny(tmp_path / "files")
    write(
        folder,
        "en/odd.md",
        document_text("## A: b {#a}\n\nОна: «\u2028нет».\n\n\n", more="as_of: 2025-05-31\n"),
    )
    for each in see(tmp_path / "index", folder, MAY):
        kept = find_body(tmp_path / "index", each.lang, each.id, each.sha256[:16])
        assert kept is not None
        assert (kept.body, kept.front_matter, kept.sections) == (each.body, each.front_matter, each.sections)


def test_edit_is_noted_with_its_date_and_nothing_twice(tmp_path: Path) -> None:
    folder, root = write_tiny(tmp_path / "files"), tmp_path / "index"
    old = see(root, folder, MAY)
    see(root, folder, MAY)
    assert len(list(read_seen(root))) == 2
    write(folder, "en/water.md", document_text(WATER.replace("Floods", "Rains"), title="Water"))
    see(root, folder, JUNE)
    water = next(each for each in old if each.id == "water")
    assert changed_at(root, "en", "water", water.sha256) == JUNE.isoformat(timespec="seconds")
    assert changed_at(root, "en", "mines", old[0].sha256) is None
    assert find_body(root, "en", "water", water.sha256[:16]) is not None


def test_document_that_is_gone_is_noted(tmp_path: Path) -> None:
    folder, root = write_tiny(tmp_path / "files"), tmp_path / "index"
    old = see(root, folder, MAY)
    (folder / "en/water.md").unlink()
    see(root, folder, JUNE)
    assert changed_at(root, "en", "water", old[1].sha256) is not None
    assert [each.sha256 for each in read_seen(root)][-1] is None


def test_note_that_was_cut_short_costs_only_itself(tmp_path: Path) -> None:
    folder, root = write_tiny(tmp_path / "files"), tmp_path / "index"
    see(root, folder, MAY)
    path = root / BODIES / SEEN
    path.write_bytes(path.read_bytes()[:-20])
    see(root, folder, JUNE)
    assert [(each.document, each.since[:7]) for each in read_seen(root)] == [("mines", "2026-05"), ("water", "2026-06")]


def test_damaged_body_is_not_shown(tmp_path: Path) -> None:
    folder, root = write_tiny(tmp_path / "files"), tmp_path / "index"
    old = see(root, folder, MAY)[0]
    path = next((root / BODIES / old.sha256).rglob("*.md"))
    path.write_text(path.read_text("utf-8").replace("Do not touch", "Touch"), "utf-8")
    assert find_body(root, old.lang, old.id, old.sha256) is None
    assert find_body(root, old.lang, old.id, "0" * 16) is None
    assert find_body(root, "../..", old.id, old.sha256) is None
