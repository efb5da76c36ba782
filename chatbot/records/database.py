"""The database: SQLite in WAL mode, or PostgreSQL through psycopg. Its tables are brought up to date by Alembic."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import NullPool

from chatbot.errors import SettingsError

BUSY_SECONDS = 5
WAIT_SECONDS = 0.02
CONNECT_SECONDS = 3
LOCK = 397_205_311
"""Of PostgreSQL: whoever holds it changes the tables."""
MEND = "use a file's path, sqlite:///path or postgresql://user@host/name"


def connect(url: str) -> Engine:
    """An engine for the URL; it opens nothing yet. Raises SettingsError, without the password, where it is none."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError("CHATBOT_DATABASE is not a database's URL", mend=MEND) from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={BUSY_SECONDS}s"},
        )
    raise SettingsError(f"CHATBOT_DATABASE names {parsed.get_backend_name()!r}, which is not known here", mend=MEND)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to the revision; two processes that do so at once wait for each other."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    _make_file(engine)
    _begin_wal(engine)
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(_alembic(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to the revision; `base` is an empty database."""
    with writing(engine) as connection:
        command.downgrade(_alembic(connection), revision)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: all of it or nothing."""
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads; it waits for no writer."""
    with engine.connect() as connection, connection.begin():
        yield connection


def _sqlite(url: str) -> Engine:
    # A connection that outlives its file would write into nothing, so each transaction opens the file anew.
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once, so that it waits its turn rather than fail halfway."""
    if begin := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(begin)


def _begin_wal(engine: Engine) -> None:
    """Let the file keep its log apart from now on. SQLite does not wait for others when it changes that, so we do."""
    if engine.dialect.name != "sqlite":
        return
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with engine.connect().execution_options(begin="") as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            return
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > deadline:
                raise
            time.sleep(WAIT_SECONDS)


def _make_file(engine: Engine) -> None:
    """Make the SQLite file with its folder, for this user's eyes only."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name.startswith("file:"):
        return
    path = Path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "chatbot.records:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
