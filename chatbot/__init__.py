"""Answers questions about mines in three languages, only in the verified words of its sources."""

__version__ = "0.1.0"
