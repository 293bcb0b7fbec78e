"""A connection to an address that was checked, and the same under TLS: by its number, so that no name is looked up a second time."""

from __future__ import annotations

import socket
import ssl
import time

from waqai.posting.address import HostAddress

_SHORTEST_S = 0.01


class PostFailed(Exception):
    """No reply that can be used. `outcome` says why in two or three words; `received` is the number of bytes that came."""

    def __init__(self, outcome: str, detail: str = "", *, address: str | None = None, received: int = 0) -> None:
        super().__init__(f"{outcome} ({detail})" if detail else outcome)
        self.outcome, self.address, self.received = outcome, address, received


def connect(to: HostAddress, deadline: float) -> tuple[socket.socket, str]:
    """A connection to the first of the addresses that takes one, and that address; `deadline` is on the monotonic clock. Raises PostFailed.

    Each address gets its share of the time, so that one that does not answer leaves some for the next.
    """
    said = ""
    for n, address in enumerate(to.addresses):
        try:
            connected = socket.create_connection((address, to.port), timeout=left(deadline) / (len(to.addresses) - n))
        except OSError as error:
            said = str(error)
        else:
            connected.settimeout(left(deadline))
            return connected, address
    raise PostFailed("timed out" if time.monotonic() >= deadline else "no connection", said)


def secured(plain: socket.socket, to: HostAddress) -> ssl.SSLSocket:
    """The same connection under TLS, not yet greeted; the certificate has to be the host's. Raises PostFailed where the other side has hung up."""
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=to.host, do_handshake_on_connect=False)
    except (OSError, ValueError) as error:
        raise PostFailed("no secure connection", str(error)) from error


def left(deadline: float) -> float:
    """Seconds until then, never none: a time-out of 0 means something else to a socket."""
    return max(_SHORTEST_S, deadline - time.monotonic())
