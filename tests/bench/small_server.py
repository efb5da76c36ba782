"""A small server with its settings."""

from dataclasses import dataclass

from bench.served import Served
from chatbot.settings import Settings


@dataclass(frozen=True)
class Small:
    """A server of one worker; `settings`: of its small knowledge and index."""

    server: Served
    settings: Settings
