"""Where the page is served."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from tenants.errors import BadInput

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Address:
    """A host and port to listen on."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Return what people type into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in _LOOPBACK

    @property
    def served_names(self) -> tuple[str, ...]:
        """Return the host names a request may carry; none means any."""
        return _LOOPBACK if self.is_loopback else ()


def require_free(address: Address) -> None:
    """Check that the address can be listened on, before anything long starts.

    Raises:
        BadInput: It cannot.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise BadInput(
                f"The page cannot be served on {address.host}:{address.port} "
                f"({(error.strerror or str(error)).lower()}); choose another with --port."
            ) from error
