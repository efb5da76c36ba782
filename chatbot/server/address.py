"""Where the server listens."""

import socket
from dataclasses import dataclass

from chatbot.errors import ServerError


@dataclass(frozen=True)
class Address:
    """`host`: as it was named; `own`: the socket that has the address and port."""

    host: str
    own: socket.socket

    @property
    def port(self) -> int:
        return int(self.own.getsockname()[1])

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    def listen(self, waiting: int) -> None:
        """From now on connections wait, at most so many, until a worker takes them. Raises ServerError."""
        try:
            self.own.listen(waiting)
        except OSError as error:
            raise _not_there(self.host, self.port, error) from error


def take_address(host: str, port: int) -> Address:
    """The address, where this computer has it and nobody listens there. Raises ServerError."""
    try:
        family, kind, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        own = socket.socket(family, kind)
        try:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # Accepted connections inherit it. Without it the end of an answer waits 40 ms for its head to be confirmed.
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            own.bind(found)
        except OSError:
            own.close()
            raise
    except OSError as error:
        raise _not_there(host, port, error) from error
    return Address(host, own)


def _not_there(host: str, port: int, error: OSError) -> ServerError:
    return ServerError(
        f"the server can't listen there ({error.strerror})",
        where=f"{host}:{port}",
        mend="choose another address or port with --host and --port, or stop what listens there",
    )
