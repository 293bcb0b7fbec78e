"""One GET to an address that was checked: HTTP/1.1 on a socket of our own, read event by event by h11, each bounded, all within one deadline.

h11 holds what it reads to RFC 9112: lengths that contradict each other, broken chunks, lines without end and answers that break off are errors, not pages.
"""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

import h11

from waqai.core import FetchFailed
from waqai.fetching.decoding import Body
from waqai.fetching.fetched import FetchLimits
from waqai.fetching.headers import Headers, clean_headers
from waqai.posting.address import HostAddress
from waqai.posting.connecting import PostFailed, connect, left

_CHUNK = 65_536
_MOST_INTERIM = 10
"""Answers of the kind "wait, there is more" (1xx) before the answer."""
_LONGEST_LINE = 20_000
"""Of a chunk's head, and of all headers that have not ended: h11's own bound is 16 KiB; some sites' policies alone have 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered; `body` is empty where it is none that was wanted, `location` where it sends us instead, as it was written."""

    status: int
    headers: Headers
    body: bytes = field(repr=False)
    server: str
    location: str | None = None


def get(to: HostAddress, target: str, *, headers: dict[str, str], deadline: float, limits: FetchLimits, cuts: bool = False) -> Answer:
    """The answer for `target` (path and query). `deadline` is on the monotonic clock; `cuts`: a body that is too long is cut. Raises FetchFailed."""
    try:
        plain, server = connect(to, deadline)
    except PostFailed as error:
        raise FetchFailed(f"no connection to {to.host} ({error})", outcome=error.outcome) from error
    with closing(plain):
        try:
            ready = _secured(plain, to, deadline) if to.secure else plain
            with closing(ready):
                return _Talk(ready, deadline, limits).get(target, headers, server=server, cuts=cuts)
        except ssl.SSLError as error:
            why = getattr(error, "verify_message", "") or error.reason or "TLS"
            raise FetchFailed(f"no secure connection to {to.host} ({why})", outcome="no secure connection") from error
        except TimeoutError as error:
            raise _late(limits) from error
        except h11.RemoteProtocolError as error:
            too_long = error.error_status_hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise FetchFailed(f"{to.host} answered with what is no HTTP ({error})", outcome="headers too large" if too_long else "broken off") from error
        except OSError as error:
            raise FetchFailed(f"{to.host} broke off ({error})", outcome="broken off") from error


class _Talk:
    """One exchange on one socket."""

    def __init__(self, connected: socket.socket, deadline: float, limits: FetchLimits) -> None:
        self._socket, self._deadline, self._limits = connected, deadline, limits
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=min(limits.header_bytes, _LONGEST_LINE))
        self._received = 0

    def get(self, target: str, headers: dict[str, str], *, server: str, cuts: bool) -> Answer:
        request = h11.Request(method="GET", target=target, headers=list(headers.items()))
        self._socket.settimeout(left(self._deadline))
        self._socket.sendall((self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b""))
        events = self._events()
        response = self._find_response(events)
        status, cleaned = response.status_code, clean_headers(response.headers)
        location = next((value for name, value in response.headers if name == b"location"), None) if 300 <= status < 400 else None
        body = self._read(events, response, cuts=cuts) if 200 <= status < 300 else b""
        return Answer(status=status, headers=cleaned, body=body, server=server, location=_as_written(location))

    def _events(self) -> Iterator[h11.Event]:
        """What comes, until the end of the answer. Raises FetchFailed when time is up, or more comes than a page can have."""
        while True:
            if time.monotonic() >= self._deadline:
                raise _late(self._limits)
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                self._socket.settimeout(left(self._deadline))
                data = self._socket.recv(_CHUNK)
                if not data and not self._received:
                    raise FetchFailed("the server hung up without an answer", outcome="broken off")
                self._received += len(data)
                if self._received > 2 * self._limits.most_bytes + 2 * self._limits.header_bytes:
                    raise FetchFailed(f"the answer is too large: {self._received:,} bytes came", outcome="too large", permanent=True)
                self._http.receive_data(data)
            elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
                return
            elif event is h11.PAUSED:
                raise FetchFailed("the server wants to speak something else than HTTP", outcome="broken off")
            else:
                yield event  # type: ignore[misc]

    def _find_response(self, events: Iterator[h11.Event]) -> h11.Response:
        for n, event in enumerate(events, 1):
            if isinstance(event, h11.Response):
                self._check_headers(event)
                return event
            if n > _MOST_INTERIM:
                raise FetchFailed("the server keeps announcing an answer that does not come", outcome="broken off")
        raise FetchFailed("the server hung up without an answer", outcome="broken off")

    def _check_headers(self, response: h11.Response) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in response.headers)
        if size > self._limits.header_bytes or len(response.headers) > self._limits.most_headers:
            raise FetchFailed(f"the answer has {len(response.headers)} headers of {size:,} bytes: no page needs that", outcome="headers too large")

    def _read(self, events: Iterator[h11.Event], response: h11.Response, *, cuts: bool) -> bytes:
        codings = b",".join(value for name, value in response.headers if name == b"content-encoding").decode("latin-1")
        body = Body(codings, limits=self._limits, cuts=cuts)
        announced = next((int(value) for name, value in response.headers if name == b"content-length"), 0)
        if announced > self._limits.most_bytes and not cuts:
            raise FetchFailed(f"the page has {announced:,} bytes; at most {self._limits.most_bytes:,} are fetched", outcome="too large", permanent=True)
        for event in events:
            if isinstance(event, h11.Data):
                body.take(bytes(event.data))
            if body.is_full:
                break
        return body.close()


def _secured(plain: socket.socket, to: HostAddress, deadline: float) -> ssl.SSLSocket:
    """The connection under TLS, the host's name in the greeting; the certificate has to be the host's. The greeting has one time-out for all of it.

    A dot that ends the name is left out, as in browsers: no certificate has it.
    """
    context = _context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    plain.settimeout(left(deadline))
    return context.wrap_socket(plain, server_hostname=to.host.rstrip("."))


@lru_cache(maxsize=4)
def _context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Who is believed, read once from the system's files: they are hundreds."""
    return ssl.create_default_context()


def _as_written(location: bytes | None) -> str | None:
    """Servers write addresses in UTF-8 where only ASCII is allowed."""
    return location.decode("utf-8", "surrogateescape") if location is not None else None


def _late(limits: FetchLimits) -> FetchFailed:
    return FetchFailed(f"it took longer than {limits.total_s:g} seconds", outcome="timed out")
