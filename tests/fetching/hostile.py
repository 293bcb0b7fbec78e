"""A server on this machine that does to a fetcher what servers do: by path, on a real socket, byte by byte where that is the point.

`serving({"/page": gives(b"…")})` is a site; `TRAPS` are the ways in which a page is none, each with the word by which it has to end. Nothing here is HTTP's
own library: what is sent is what stands here.
"""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from waqai.posting.rule import AddressRule, OwnHost

HERE = "127.0.0.1"
OK = b"HTTP/1.1 200 OK\r\n"


@dataclass
class Asked:
    """A request that came in; header names in lower case."""

    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """A running site and what it was asked. `over` is set when it closes: who sends without end stops then."""

    behaviours: dict[str, Behaviour]
    port: int = 0
    seen: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str, *, host: str = HERE) -> str:
        """The address of a path here."""
        return f"http://{host}:{self.port}{path}"

    @property
    def rule(self) -> AddressRule:
        """The rule as it is, with this site as a host of one's own."""
        return AddressRule(own=frozenset({OwnHost(host=HERE, port=self.port)}))

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.seen]


@dataclass
class Talk:
    """One connection, its request read."""

    site: Site
    asked: Asked
    connected: socket.socket

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.connected.sendall(piece)


Behaviour = Callable[[Talk], None]


@contextmanager
def serving(behaviours: Mapping[str, Behaviour], *, robots: Behaviour | None = None) -> Iterator[Site]:
    """A site; what has no behaviour is not found, and so is its robots.txt where none is given."""
    site = Site({"/robots.txt": robots or answers(404)} | dict(behaviours))
    listener = socket.create_server((HERE, 0), backlog=128)
    site.port = listener.getsockname()[1]
    threading.Thread(target=_accept, args=(listener, site), daemon=True).start()
    try:
        yield site
    finally:
        site.over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, site: Site) -> None:
    while not site.over.is_set():
        try:
            connected, _peer = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connected, site), daemon=True).start()


def _serve(connected: socket.socket, site: Site) -> None:
    with connected, suppress(OSError, ValueError):
        connected.settimeout(20)
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connected.recv(65_536)
            if not piece:
                return
            head += piece
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        asked = Asked(first.split(" ")[1], headers)
        site.seen.append(asked)
        site.behaviours.get(asked.path, site.behaviours.get(asked.path.partition("?")[0], answers(404)))(Talk(site, asked, connected))
        with suppress(OSError):
            connected.shutdown(socket.SHUT_WR)


def answers(status: int, body: bytes = b"", *lines: str) -> Behaviour:
    """An honest answer with this status, body and header lines."""
    head = "\r\n".join([f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *lines, "", ""])
    return lambda talk: talk.send(head.encode("utf-8"), body)


def gives(body: bytes, media_type: str = "text/html; charset=utf-8", *lines: str) -> Behaviour:
    """A page."""
    return answers(200, body, f"Content-Type: {media_type}", *lines)


def leads_to(location: str, status: int = 302) -> Behaviour:
    """A redirect."""
    return answers(status, b"", f"Location: {location}")


def raw(*pieces: bytes) -> Behaviour:
    """Exactly these bytes, then the end."""
    return lambda talk: talk.send(*pieces)


def without_end(head: bytes, piece: bytes) -> Behaviour:
    """The same again and again, as fast as it is taken."""

    def send(talk: Talk) -> None:
        talk.send(head)
        while not talk.site.over.is_set():
            talk.send(piece)

    return send


def dripping(head: bytes, piece: bytes = b"x", *, every_s: float = 0.02) -> Behaviour:
    """The same now and then: no single read ever waits long."""

    def send(talk: Talk) -> None:
        talk.send(head)
        while not talk.site.over.wait(every_s):
            talk.send(piece)

    return send


def silent(talk: Talk) -> None:
    """Takes the request and never answers."""
    talk.site.over.wait(20)


def zeros_packed(megabytes: int, *, gzip: bool = True) -> bytes:
    """So many megabytes of zeros as gzip (or zlib) would pack them, some thousandth of that, made without packing them all: one block again and again."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\x03" if gzip else b"\x78\x9c"
    return head + block * megabytes + packer.flush() + bytes(8)


def packed(body: bytes, coding: str = "gzip") -> Behaviour:
    """A page, said to be packed so."""
    return gives(body, "text/html", f"Content-Encoding: {coding}")


GIGABYTE = zeros_packed(1_000)

TRAPS: dict[str, tuple[Behaviour, str]] = {
    "a body without end": (without_end(OK + b"\r\n", bytes(65_536)), "too large"),
    "a body in chunks without end": (without_end(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + bytes(65_536) + b"\r\n"), "too large"),
    "a body said to be huge": (raw(OK + b"Content-Length: 99999999999\r\n\r\n"), "too large"),
    "a body byte by byte": (dripping(OK + b"\r\n"), "timed out"),
    "chunks byte by byte": (dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), "timed out"),
    "chunks of one byte as fast as they come": (without_end(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 5_000), "timed out"),
    "a header byte by byte": (dripping(OK + b"X: "), "timed out"),
    "no answer": (silent, "timed out"),
    "answers that announce an answer": (without_end(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), "broken off"),
    "another language": (raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), "broken off"),
    "a gigabyte of zeros, gzip": (packed(GIGABYTE), "packed too densely"),
    "a gigabyte of zeros, deflate": (packed(zeros_packed(1_000, gzip=False), "deflate"), "packed too densely"),
    "gzip in gzip": (packed(b"x", "gzip, gzip"), "packed too densely"),
    "gzip in gzip, in two headers": (gives(b"x", "text/html", "Content-Encoding: gzip", "Content-Encoding: gzip"), "packed too densely"),
    "a packing nobody asked for": (packed(b"x", "br"), "unknown encoding"),
    "gzip that is none": (packed(b"<html>"), "broken off"),
    "gzip that breaks off": (packed(zlib.compress(b"x" * 9_000, wbits=31)[:-9]), "broken off"),
    "less than was said": (raw(OK + b"Content-Length: 5000\r\n\r\nhello"), "broken off"),
    "two lengths": (raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), "broken off"),
    "a length that is no number": (raw(OK + b"Content-Length: -5\r\n\r\nhello"), "broken off"),
    "a length of 5,000 digits": (raw(OK + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\nhello"), "broken off"),
    "chunks that are none": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n"), "broken off"),
    "chunks without their last": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "broken off"),
    "a chunk of 10^30 bytes": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 25 + b"\r\nhello"), "broken off"),
    "a chunk whose note never ends": (without_end(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 10_000), "headers too large"),
    "a header of 500 KB": (raw(OK + b"X: " + b"y" * 500_000 + b"\r\n\r\nhello"), "headers too large"),
    "headers without end": (without_end(OK, b"X: y\r\n" * 1_000), "headers too large"),
    "5,000 headers": (raw(OK + b"X: y\r\n" * 5_000 + b"\r\n"), "headers too large"),
    "300 headers": (raw(OK + b"X: y\r\n" * 300 + b"Content-Length: 0\r\n\r\n"), "headers too large"),
    "a header across lines of nothing": (raw(OK + b"X: y\r\n" + b" z\r\n" * 50_000 + b"\r\n"), "headers too large"),
    "a status of letters": (raw(b"HTTP/1.1 OK 200\r\n\r\n"), "broken off"),
    "a status of 9,999": (raw(b"HTTP/1.1 9999 Yes\r\n\r\n"), "broken off"),
    "a status that nobody knows": (answers(799), "answered 799"),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), "broken off"),
    "nothing at all": (raw(), "broken off"),
    "NULs": (raw(bytes(100_000)), "broken off"),
    "part of a page": (answers(206, b"x", "Content-Range: bytes 0-0/9"), "answered 206"),
    "nothing new, unasked": (answers(304), "answered 304"),
    "redirects to a file": (leads_to("file:///etc/passwd"), "bad redirect"),
    "redirects to gopher": (leads_to("gopher://127.0.0.1:25/x"), "bad redirect"),
    "redirects with a password": (leads_to("http://root:secret@example.org/"), "bad redirect"),
    "redirects to this machine": (leads_to("http://127.0.0.1/"), "not allowed"),
    "redirects to another port of this machine": (leads_to("http://127.0.0.1:22/"), "not allowed"),
    "redirects to this machine, newer kind": (leads_to("http://[::1]/"), "not allowed"),
    "redirects to this machine, wrapped": (leads_to("http://[::ffff:127.0.0.1]/"), "not allowed"),
    "redirects to a cloud's metadata": (leads_to("http://169.254.169.254/latest/meta-data/"), "not allowed"),
    "redirects to a number in one piece": (leads_to("http://2130706433/"), "bad redirect"),
    "redirects in a circle": (leads_to("/round"), "redirects in a circle"),
    "redirects on and on": (lambda talk: leads_to(f"/on?{len(talk.site.seen)}")(talk), "too many redirects"),
    "redirects nowhere": (leads_to("http://:80/"), "bad redirect"),
    "redirects without saying where": (answers(302), "answered 302"),
}
"""Each behaviour with the outcome that it has to have; the paths are "/round" for the circle, "/on" for the long way, any for the rest."""
