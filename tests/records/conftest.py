"""Databases: a new one a test, in a file and in a real PostgreSQL server where Debian's package is installed."""

import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import postgres
import pytest
from sqlalchemy import Engine, create_engine, text

from chatbot.records.database import connect, upgrade

TODAY = date(2027, 3, 10)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server with a place for the database's name."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(
        postgres_server.format(name="postgres").replace("postgresql:", "postgresql+psycopg:"),
        isolation_level="AUTOCOMMIT",
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres_server.format(name=name)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/records.sqlite"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def empty(url: str) -> Iterator[Engine]:
    """A database without tables."""
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def database(empty: Engine) -> Engine:
    """A database with its tables."""
    upgrade(empty)
    return empty
