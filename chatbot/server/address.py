"""Where the server listens."""

import socket
from dataclasses import dataclass

from chatbot.errors import ServerError


@dataclass(frozen=True)
class Address:
    """`host`: as it was named; `own`: the socket that has the address and port, and that nobody listens at yet."""

    host: str
    own: socket.socket

    @property
    def port(self) -> int:
        return int(self.own.getsockname()[1])

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    def answers(self, seconds: float = 1.0) -> bool:
        """Whether a worker listens by now."""
        with socket.socket(self.own.family, socket.SOCK_STREAM) as asking:
            asking.settimeout(seconds)
            return asking.connect_ex(self.own.getsockname()) == 0


def take_address(host: str, port: int) -> Address:
    """The address, which is this process's from now on. Raises ServerError where it can't be had."""
    try:
        family, kind, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        own = socket.socket(family, kind)
        try:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            own.bind(found)
        except OSError:
            own.close()
            raise
    except OSError as error:
        raise ServerError(
            f"the server can't listen there ({error.strerror})",
            where=f"{host}:{port}",
            mend="choose another address or port with --host and --port, or stop what listens there",
        ) from error
    return Address(host, own)
