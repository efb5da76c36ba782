"""Where the server listens."""

import socket
from dataclasses import dataclass

from chatbot.errors import ServerError


@dataclass(frozen=True)
class Address:
    """`host`: as it was named; `ip`: what it stands for on this computer."""

    host: str
    ip: str
    port: int

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"


def free_address(host: str, port: int) -> Address:
    """The address, where this computer has it and nobody listens there. Raises ServerError."""
    try:
        family, _, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        address = Address(host, str(found[0]), port)
        # Granian asks in a way that would let it share the port with another server, so ask alone for it first.
        with socket.socket(family, socket.SOCK_STREAM) as asking:
            asking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asking.bind(found)
    except OSError as error:
        raise ServerError(
            f"the server can't listen there ({error.strerror})",
            where=f"{host}:{port}",
            mend="choose another address or port with --host and --port, or stop what listens there",
        ) from error
    return address
