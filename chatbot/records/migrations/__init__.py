"""Alembic: the steps from an empty database to the tables in use."""
