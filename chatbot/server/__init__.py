"""`chatbot serve`: granian in this process, the chatbot in the processes that it spawns.

This process loads neither model nor index, so that nothing that can't be shared is in it: it looks whether all is
there, has the index built by a process of its own where there is none, and then starts and watches the workers.
"""

import multiprocessing
import resource
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from chatbot.errors import ServerError
from chatbot.logs import configuration
from chatbot.server.address import Address, take_address
from chatbot.server.first_index import require_index
from chatbot.server.reports import Watch
from chatbot.server.shared_queue import SharedQueue
from chatbot.server.worker import Worker
from chatbot.settings import Settings

BACKLOG = 1024
MOST_CONNECTIONS = 4096
"""Of each worker, with those that only wait; granian accepts no more until one of them ends."""
HEADER_SECONDS = 10
STOPPING_SECONDS = 30
"""A worker that has not answered what it was asked by then is killed."""


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until Ctrl+C or SIGTERM; what was asked by then is answered. Raises ServerError where the address can't be
    had or no worker can begin, and KnowledgeError or IndexUnusableError where there is nothing to serve."""
    require_folders(settings)
    allow_connections()
    address = take_address(settings.host, settings.port)
    require_index(settings, say)
    address.listen(BACKLOG)
    multiprocessing.set_start_method("spawn", force=True)  # a worker begins with a process that has loaded nothing
    reading, writing = multiprocessing.get_context("spawn").Pipe(duplex=False)
    with numbers_folder() as numbers:
        worker = Worker(with_secret(settings), numbers, writing)
        server = _granian(settings, address)
        watch = Watch(reading, address, max(settings.workers, 1), say, server.signal_handler_interrupt)
        watch.start()
        try:
            server.serve(target_loader=worker, wrap_loader=False)
        except SystemExit:
            if watch.failure is None:
                raise
    if watch.failure is not None:
        raise watch.failure


def require_folders(settings: Settings) -> None:
    """Raises ServerError where the static files are not there."""
    if not settings.static.is_dir():
        raise ServerError(
            "there are no static files", where=str(settings.static), mend="name their folder with CHATBOT_STATIC"
        )


def allow_connections() -> None:
    """Let this process and its workers hold as many connections as they are meant to, as far as the system allows."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + 1024
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def with_secret(settings: Settings) -> Settings:
    """The settings with a secret that all workers share, a random one where none is set."""
    return settings if settings.secret else settings.having(secret=secrets.token_hex(32))


@contextmanager
def numbers_folder() -> Iterator[Path]:
    """A folder for the workers' counters, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="chatbot-metrics-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _granian(settings: Settings, address: Address) -> SharedQueue:
    return SharedQueue(
        address.own,
        target="chatbot",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=max(settings.workers, 1),
        blocking_threads=max(settings.threads, 1),
        backlog=BACKLOG,
        backpressure=MOST_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        log_level=LogLevels.error,
        log_dictconfig=configuration(settings.log_level, settings.log_format),
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPING_SECONDS,
    )
