"""The tables. None has a column for a person, an address or a time finer than the day."""

from sqlalchemy import Column, Date, Integer, MetaData, String, Table

METADATA = MetaData()

ANSWERS = Table(
    "answers",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("lang", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("helpful", Integer, nullable=False),
    Column("unhelpful", Integer, nullable=False),
)

SECTIONS = Table(
    "sections",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("section", String(200), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("helpful", Integer, nullable=False),
    Column("unhelpful", Integer, nullable=False),
)

QUESTIONS = Table(
    "questions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("lang", String(16), nullable=False),
    Column("cause", String(16), nullable=False),
    Column("text", String(300), nullable=False),
    Column("comment", String(300), nullable=False),
)
