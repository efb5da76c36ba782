import multiprocessing
import os
import shutil
import time
from pathlib import Path

import pytest

from chatbot.errors import IndexUnusableError
from chatbot.index.manifest import MANIFEST
from chatbot.index.versions import CURRENT, KEPT, VERSIONS, current, find_version, list_versions, publish, staging, use


def publish_one(root: Path, name: str = "abc", text: str = "one") -> Path:
    with staging(root) as staged:
        (staged / MANIFEST).write_text("{}")
        (staged / "file").write_text(text)
        return publish(root, staged, name)


def test_published_version_is_in_use(tmp_path: Path) -> None:
    published = publish_one(tmp_path)
    assert current(tmp_path) == published
    assert list_versions(tmp_path) == [published]
    assert (published / "file").read_text() == "one"
    assert published.name == "000001-abc"


def test_later_version_is_used_and_the_earlier_kept(tmp_path: Path) -> None:
    first, second = publish_one(tmp_path), publish_one(tmp_path, text="two")
    assert current(tmp_path) == second
    assert list_versions(tmp_path) == [first, second]


def test_earlier_version_can_be_used_again(tmp_path: Path) -> None:
    first, _ = publish_one(tmp_path), publish_one(tmp_path)
    use(tmp_path, first.name)
    assert current(tmp_path) == first


def test_old_versions_are_forgotten_but_not_the_one_in_use(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        publish_one(tmp_path, text=str(number))
    kept = list_versions(tmp_path)
    assert [path.name[:6] for path in kept] == [f"{number:06d}" for number in range(4, KEPT + 4)]
    assert current(tmp_path) == kept[-1]


def test_as_many_versions_stay_as_are_wanted(tmp_path: Path) -> None:
    for number in range(5):
        with staging(tmp_path) as staged:
            (staged / MANIFEST).write_text("{}")
            publish(tmp_path, staged, str(number), kept=2)
    assert [path.name for path in list_versions(tmp_path)] == ["000004-3", "000005-4"]


def test_removed_version_can_still_be_read_by_who_has_it_open(tmp_path: Path) -> None:
    first = publish_one(tmp_path, text="mapped")
    with (first / "file").open() as file:
        for number in range(KEPT + 1):
            publish_one(tmp_path, text=str(number))
        assert not first.exists()
        assert file.read() == "mapped"


def test_version_is_found_by_name_number_and_hash(tmp_path: Path) -> None:
    first, second = publish_one(tmp_path, "abc"), publish_one(tmp_path, "def")
    for name in ("000001-abc", "000001", "1", "abc"):
        assert find_version(tmp_path, name) == first
    assert find_version(tmp_path, None) == first
    use(tmp_path, first.name)
    with pytest.raises(IndexUnusableError, match="no version before 000001-abc"):
        find_version(tmp_path, None)
    assert find_version(tmp_path, "2") == second


@pytest.mark.parametrize("name", ["3", "xyz", "", "../versions/000001-abc"])
def test_version_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    publish_one(tmp_path)
    with pytest.raises(IndexUnusableError, match="chatbot versions"):
        find_version(tmp_path, name)
    with pytest.raises(IndexUnusableError, match="chatbot versions"):
        use(tmp_path, name)


def test_same_hash_twice_is_told_apart_by_number(tmp_path: Path) -> None:
    publish_one(tmp_path, "abc")
    second = publish_one(tmp_path, "abc")
    with pytest.raises(IndexUnusableError, match="more than one"):
        find_version(tmp_path, "abc")
    assert find_version(tmp_path, "2") == second


def test_publication_over_another_version_than_compared_is_refused(tmp_path: Path) -> None:
    first, second = publish_one(tmp_path), publish_one(tmp_path)
    with staging(tmp_path) as staged:
        (staged / MANIFEST).write_text("{}")
        with pytest.raises(IndexUnusableError, match="put in use meanwhile"):
            publish(tmp_path, staged, "abc", over=first.name)
    assert current(tmp_path) == second


def test_staging_is_removed_where_nothing_was_published(tmp_path: Path) -> None:
    with staging(tmp_path) as staged:
        assert staged.is_dir()
    assert list((tmp_path / VERSIONS).iterdir()) == []


def test_fault_while_staging_leaves_the_old_version(tmp_path: Path) -> None:
    published = publish_one(tmp_path)
    with pytest.raises(FileNotFoundError), staging(tmp_path) as staged:
        (staged / "none" / "file").write_text("half")
    assert current(tmp_path) == published
    assert list((tmp_path / VERSIONS).iterdir()) == [published]


def _die_while_staging(root: Path) -> None:
    with staging(root) as staged:
        (staged / MANIFEST).write_text("{}")
        os._exit(9)


def test_killed_build_leaves_the_old_version(tmp_path: Path) -> None:
    published = publish_one(tmp_path)
    killed = multiprocessing.get_context("fork").Process(target=_die_while_staging, args=(tmp_path,))
    killed.start()
    killed.join(30)
    assert killed.exitcode == 9
    assert current(tmp_path) == published
    assert list_versions(tmp_path) == [published]
    assert len(list((tmp_path / VERSIONS).glob(".staging-*"))) == 1


def test_remains_of_a_killed_build_are_cleared_later(tmp_path: Path) -> None:
    publish_one(tmp_path)
    left = tmp_path / VERSIONS / ".staging-old"
    left.mkdir()
    os.utime(left, (time.time() - 90_000,) * 2)
    publish_one(tmp_path)
    assert not left.exists()


def test_build_that_runs_beside_is_left_alone(tmp_path: Path) -> None:
    with staging(tmp_path) as staged:
        publish_one(tmp_path)
        assert staged.is_dir()


@pytest.mark.parametrize(
    "name", ["../../etc", "..", ".", "", "/", "a/../000001-abc", "000009-none", "000001-abc/x", "\n"]
)
def test_wrong_or_foreign_name_in_use_is_refused(tmp_path: Path, name: str) -> None:
    published = publish_one(tmp_path)
    shutil.copytree(published, tmp_path.parent / "etc", dirs_exist_ok=True)
    (tmp_path / CURRENT).write_text(name)
    with pytest.raises(IndexUnusableError, match="run `chatbot build`"):
        current(tmp_path)


def test_path_out_of_the_folder_is_refused_even_to_an_index(tmp_path: Path) -> None:
    publish_one(tmp_path / "root")
    other = publish_one(tmp_path / "other")
    (tmp_path / "root" / CURRENT).write_text(f"../../other/{VERSIONS}/{other.name}")
    with pytest.raises(IndexUnusableError):
        current(tmp_path / "root")
    (tmp_path / "root" / CURRENT).write_text(str(other))
    with pytest.raises(IndexUnusableError):
        current(tmp_path / "root")


def test_current_that_is_no_text_is_refused(tmp_path: Path) -> None:
    publish_one(tmp_path)
    (tmp_path / CURRENT).write_bytes(b"\xff\xfe\0")
    with pytest.raises(IndexUnusableError, match="no index"):
        current(tmp_path)
    (tmp_path / CURRENT).write_bytes(b"a\0b")
    with pytest.raises(IndexUnusableError):
        current(tmp_path)


def test_missing_folder_has_no_version(tmp_path: Path) -> None:
    assert list_versions(tmp_path / "none") == []
    with pytest.raises(IndexUnusableError, match="there is no index"):
        current(tmp_path / "none")


def test_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnusableError, match=r"can't be written .*--index DIR"), staging(tmp_path / "file"):
        pass


def test_folders_with_other_names_are_no_versions(tmp_path: Path) -> None:
    published = publish_one(tmp_path)
    shutil.copytree(published, tmp_path / VERSIONS / "1 old copy")
    assert current(tmp_path) == published
    publish_one(tmp_path)
