"""The tables: made by Alembic from nothing, taken back, brought up again, on both databases."""

import os
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from chatbot.errors import SettingsError
from chatbot.records.database import connect, downgrade, reading, upgrade
from chatbot.records.tables import METADATA

TABLES = {"answers", "sections", "questions"}


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_tables_come_go_and_come_again(empty: Engine) -> None:
    upgrade(empty)
    assert tables(empty) == TABLES
    downgrade(empty, "base")
    assert tables(empty) == set()
    upgrade(empty)
    upgrade(empty)
    assert tables(empty) == TABLES


def test_migrations_make_the_tables_that_the_code_uses(database: Engine) -> None:
    for name, table in METADATA.tables.items():
        made = {column["name"]: column for column in inspect(database).get_columns(name)}
        assert set(made) == {column.name for column in table.columns}
        for column in table.columns:
            assert made[column.name]["nullable"] == column.nullable
            assert str(made[column.name]["type"]) == str(column.type.compile(database.dialect))


def test_no_column_is_of_a_person_or_a_time(database: Engine) -> None:
    columns = {column["name"] for name in TABLES for column in inspect(database).get_columns(name)}
    assert columns == {
        "id", "day", "kind", "lang", "number", "helpful", "unhelpful", "section", "cause", "text", "comment",
    }  # fmt: skip
    for name in TABLES:
        days = [column for column in inspect(database).get_columns(name) if column["name"] == "day"]
        assert [str(column["type"]) for column in days] == ["DATE"]


def test_two_that_begin_at_once_wait_for_each_other(url: str) -> None:
    failed: list[Exception] = []

    def begin() -> None:
        try:
            upgrade(connect(url))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert tables(connect(url)) == TABLES


def test_sqlite_file_is_for_its_user_alone(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/new/folder/records.sqlite")
    upgrade(engine)
    path = tmp_path / "new/folder/records.sqlite"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 & ~_umask()
    with reading(engine) as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 5000


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("url", ["mysql://user:geheim@host/name", "not a url", "oracle://x:geheim@y/z", "://"])
def test_other_databases_are_refused_without_the_password(url: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_DATABASE") as caught:
        connect(url)
    assert "geheim" not in str(caught.value)
