"""How often one address may ask. An emergency is answered however often it is asked."""

import logging
import time
from collections.abc import Callable
from typing import cast

from flask import Flask, current_app, g, request
from flask_limiter import Limiter, RateLimitExceeded
from limits import parse_many
from redis.backoff import NoBackoff
from redis.retry import Retry

from chatbot.answer import Answer
from chatbot.asking.urgent import is_urgent
from chatbot.errors import SettingsError
from chatbot.question import Question
from chatbot.settings import Settings
from chatbot.web.callers import Callers
from chatbot.web.current import current_asking, current_engine, current_metrics

NONE = "none"
MEMORY = "memory"
PREFIX = "chatbot"
REDIS_PATIENCE = 0.2
"""Seconds that a question may wait for Redis: where it is gone, this process counts alone."""
REDIS_OPTIONS = {
    "socket_connect_timeout": REDIS_PATIENCE,
    "socket_timeout": REDIS_PATIENCE,
    "retry": Retry(NoBackoff(), 0),
}


class Limits:
    """Counts the questions of each address, in memory or in Redis."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        """Raises SettingsError where the settings name no limit or no Redis that can be understood."""
        in_redis = settings.rate_storage != MEMORY
        try:
            self.callers = Callers(settings.rate_storage if in_redis else None, REDIS_OPTIONS)
            self._count = self._counter(app, settings, in_redis) if settings.rate_limit != NONE else None
        except Exception as error:  # whatever the libraries say of the two settings
            raise SettingsError(
                "CHATBOT_RATE_LIMIT or CHATBOT_RATE_STORAGE can't be used",
                mend="give a limit such as `120 per minute`, and `memory` or a URL such as redis://localhost:6379/0",
            ) from error

    def seconds_over(self) -> int:
        """0 where this request's address may ask, else the seconds until it may again."""
        if self._count is None:
            return 0
        try:
            self._count()
        except RateLimitExceeded:
            limit = self._limiter.current_limit
            return max(1, round(limit.reset_at - time.time())) if limit else 1
        return 0

    def _counter(self, app: Flask, settings: Settings, in_redis: bool) -> Callable[[], None]:
        parse_many(settings.rate_limit)
        self._limiter = Limiter(
            lambda: self.callers.name(request.remote_addr),
            app=app,
            storage_uri=settings.rate_storage if in_redis else "memory://",
            storage_options=cast(dict[str, str | int], REDIS_OPTIONS) if in_redis else {},
            in_memory_fallback_enabled=in_redis,
            key_prefix=PREFIX,
            strategy="moving-window",
        )
        self._limiter.logger.setLevel(logging.WARNING)  # at INFO it names callers, even if only by their hash

        def count() -> None:
            """Stands for the question that is counted."""

        return self._limiter.shared_limit(settings.rate_limit, scope="ask")(count)


class TooOftenError(Exception):
    """This address asks too often. `seconds`: until it may ask again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__("this address asks too often")


def register(app: Flask, settings: Settings) -> None:
    """Has the application count questions by address. Raises SettingsError."""
    app.extensions["chatbot_limits"] = Limits(app, settings)


def ask(question: Question) -> Answer:
    """The answer to a question of the request at hand. Raises TooOftenError, OverloadedError or QuestionError."""
    seconds = _seconds_over()
    if seconds and not is_urgent(current_engine(), question):
        raise TooOftenError(seconds)
    return current_asking().ask(current_engine(), question)


def require_seldom() -> None:
    """Counts the request at hand. Raises TooOftenError where its address comes too often."""
    seconds = _seconds_over()
    if seconds:
        raise TooOftenError(seconds)


def caller_name() -> str:
    """A name for the request's address that nobody can turn back into it."""
    return current_limits().callers.name(request.remote_addr)


def current_limits() -> Limits:
    return cast(Limits, current_app.extensions["chatbot_limits"])


def _seconds_over() -> int:
    """The same throughout a request, which counts once."""
    if "seconds_over" not in g:
        g.seconds_over = current_limits().seconds_over()
        if g.seconds_over:
            current_metrics().count_asking("limited")
    return cast(int, g.seconds_over)
