"""Granian with one queue of connections for all workers."""

import socket
from typing import Any

from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server.mp import MPServer


class SharedQueue(MPServer):
    """By itself granian opens a socket a worker on Linux, and a worker that is killed takes the connections with it
    that wait at its own. Here all listen at the one socket given, as granian does with unix sockets, and what waits is
    taken by the next worker."""

    def __init__(self, own: socket.socket, **given: Any) -> None:
        super().__init__(**given)
        self._own = own

    def _init_shared_socket(self) -> None:
        self._own.set_inheritable(True)
        self._sso = self._own
        self._shd = SocketHolder(self._own.fileno(), False, self.backlog)  # type: ignore[call-arg, assignment]
