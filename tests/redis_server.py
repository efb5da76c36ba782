"""A Redis server of one's own, in memory alone, that a test may kill; gone at the end."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis


def program() -> str | None:
    """Debian's redis-server, or None."""
    return shutil.which("redis-server")


@contextmanager
def server(folder: Path, port: int | None = None) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The server's URL, and its process."""
    port = port or free_port()
    url = f"redis://127.0.0.1:{port}/0"
    options = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(folder))
    process = subprocess.Popen([program() or "redis-server", "--port", str(port), *options], stdout=subprocess.DEVNULL)
    try:
        _wait(url, process)
        yield url, process
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    with redis.Redis.from_url(url) as client:
        for _ in range(200):
            assert process.poll() is None
            try:
                client.ping()
            except redis.ConnectionError:
                time.sleep(0.05)
            else:
                return
    raise AssertionError("the Redis server does not answer")
