"""One POST to an address that was checked, within a total time and a size: no redirect, no proxy, no second try.

The standard library's `http.client` on a socket of our own (docs/decisions/0017). Its timeouts hold for one read at a time, so that a server that sends a
byte now and then would be waited for without end; a clock beside it shuts the socket down when the whole time is up.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse

from waqai.posting.address import HostAddress
from waqai.posting.connecting import PostFailed, connect, left, secured

__all__ = ["PostFailed", "Reply", "post"]
_CHUNK = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server sent back, whatever its status. `retry_after_s` is what it asks to wait, None where it does not."""

    status: int
    body: bytes
    address: str
    retry_after_s: float | None = None


def post(to: HostAddress, path: str, body: bytes, *, headers: Mapping[str, str], timeout_s: float, most_bytes: int) -> Reply:
    """The server's reply. `timeout_s` is all the time there is, from connecting to the last byte. Raises PostFailed."""
    deadline = time.monotonic() + timeout_s
    connected, address = connect(to, deadline)
    with closing(connected):
        ready = secured(connected, to) if to.secure else connected
        with closing(ready), _cut_off(ready, deadline) as cut:
            return _exchange(ready, to, path, body, headers=headers, most_bytes=most_bytes, cut=cut, address=address)


@contextmanager
def _cut_off(connected: socket.socket, deadline: float) -> Iterator[threading.Event]:
    """Shut the socket down at the deadline, whatever it is doing, and set the event."""
    cut = threading.Event()

    def shut_down() -> None:
        cut.set()
        try:
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
        except OSError:
            return  # closed in the meantime

    timer = threading.Timer(left(deadline), shut_down)
    timer.daemon = True
    timer.start()
    try:
        yield cut
    finally:
        timer.cancel()


def _exchange(
    connected: socket.socket, to: HostAddress, path: str, body: bytes, *, headers: Mapping[str, str], most_bytes: int, cut: threading.Event, address: str
) -> Reply:
    received = bytearray()
    try:
        if isinstance(connected, ssl.SSLSocket):
            connected.do_handshake()
        connection = HTTPConnection(to.host, to.port)
        connection.sock = connected
        connection.request("POST", to.path + path, body, {**headers, "Connection": "close", "Accept-Encoding": "identity"})
        response = connection.getresponse()
        _read_into(received, response, most_bytes=most_bytes)
    except ssl.SSLError as error:
        outcome = "timed out" if cut.is_set() else "no secure connection"
        raise PostFailed(outcome, error.reason or "TLS", address=address, received=len(received)) from error
    except (OSError, HTTPException, ValueError) as error:
        outcome = "timed out" if cut.is_set() or isinstance(error, TimeoutError) else "broken off"
        raise PostFailed(outcome, type(error).__name__, address=address, received=len(received)) from error
    if cut.is_set():
        raise PostFailed("timed out", address=address, received=len(received))
    if len(received) > most_bytes:
        raise PostFailed("too large", f"more than {most_bytes:,} bytes", address=address, received=len(received))
    if response.length:
        raise PostFailed("broken off", f"{response.length:,} bytes are missing", address=address, received=len(received))
    return Reply(status=response.status, body=bytes(received), address=address, retry_after_s=_seconds(response.getheader("Retry-After")))


def _read_into(received: bytearray, response: HTTPResponse, *, most_bytes: int) -> None:
    while len(received) <= most_bytes and (chunk := response.read(_CHUNK)):
        received += chunk


def _seconds(header: str | None) -> float | None:
    """
    >>> _seconds("3"), _seconds("Wed, 21 Oct 2026 07:28:00 GMT")
    (3.0, None)
    """
    return float(header) if header is not None and header.isascii() and header.isdigit() and len(header) < 6 else None
