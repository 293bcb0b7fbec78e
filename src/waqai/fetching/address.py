"""An address as people and pages write it, into the one form that is looked up, asked for and kept."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import idna

from waqai.core import FetchFailed
from waqai.posting.address import is_odd_number

LONGEST = 8_000
"""Characters of an address. RFC 9110, § 4.1, asks for at least 8,000."""
DEFAULT_PORTS = {"http": 80, "https": 443}
_SHOWN = 200
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?")
_NO_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029\ud800-\udfff]")
_SAFE = "!#$%&'()*+,-./:;=?@[]_~"


def tidy(address: str, *, base: str | None = None) -> str:
    """The address in ASCII: host in lower case by IDNA, everything else percent-encoded, no default port, no fragment. `base`: what it is relative to.

    Raises FetchFailed for what is no address of the web, for a name or password in it, and for numbers in a form that some take for an address.

    >>> tidy("HTTP://Bücher.Example:80/Straße?q=a b#top"), tidy("../b", base="https://a.example/x/y/z")
    ('http://xn--bcher-kva.example/Stra%C3%9Fe?q=a%20b', 'https://a.example/x/b')
    """
    text = address.strip(" \t\r\n\f")
    if len(text) > LONGEST:
        raise _wrong(address, f"it has {len(text):,} characters, and {LONGEST:,} are the most")
    if _NO_ADDRESS.search(text):
        raise _wrong(address, "it holds a character that no address has")
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _wrong(address, str(error)) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise _wrong(address, "only http:// and https:// are fetched")
    if "@" in parts.netloc:
        raise _wrong("…@" + parts.netloc.rpartition("@")[2], "it holds a name or password before its host, and waqai sends none")
    if port == 0:
        raise _wrong(address, "there is no port 0")
    return _joined(parts, _plain_host(host, address), port, address)


def host_of(address: str) -> str:
    """The host of a tidy address, with its port where that is not the usual one: how politeness and `allow_hosts` name it.

    >>> host_of("https://a.example/x"), host_of("http://a.example:8080/")
    ('a.example', 'a.example:8080')
    """
    return urlsplit(address).netloc


def shown(address: str) -> str:
    """The address as a message quotes it."""
    return repr(address if len(address) <= _SHOWN else address[: _SHOWN - 1] + "…")


def _joined(parts: SplitResult, host: str, port: int | None, address: str) -> str:
    shown_port = "" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}"
    path = _without_dots(quote(parts.path, safe=_SAFE.replace("?", "").replace("#", "")))
    joined = urlunsplit((parts.scheme, f"{host}{shown_port}", path, quote(parts.query, safe=_SAFE.replace("#", "")), ""))
    if len(joined) > 2 * LONGEST:
        raise _wrong(address, "it is too long")
    return joined


def _without_dots(path: str) -> str:
    """The path with "." and ".." done (RFC 3986, § 5.2.4), so that robots.txt and the server are asked about the same page.

    >>> _without_dots("/a/./b/../c"), _without_dots("/a/.."), _without_dots("")
    ('/a/c', '/', '/')
    """
    kept: list[str] = []
    steps = path.split("/")[1:]
    for step in steps:
        if step == "..":
            kept = kept[:-1]
        elif step != ".":
            kept.append(step)
    return "/" + "/".join(kept) + ("/" if kept and steps[-1] in (".", "..") else "")


def _plain_host(host: str, address: str) -> str:
    """The host in ASCII, an address of the newer kind in brackets. Raises FetchFailed."""
    if ":" in host:
        if "%" in host:
            raise _wrong(address, "it names a network of one machine")
        return f"[{host}]"
    try:
        plain = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise _wrong(address, f"its host is none ({error})") from error
    if not _HOST.fullmatch(plain) or len(plain) > 253 or any(len(label) > 63 for label in plain.split(".")):
        raise _wrong(address, "it should look like https://example.org/page: its host is none")
    if is_odd_number(plain):
        raise _wrong(address, "write the host's number in the usual form, as in 192.0.2.1")
    return plain


def _wrong(address: str, why: str) -> FetchFailed:
    return FetchFailed(f"{shown(address)} cannot be fetched: {why}", outcome="bad address", permanent=True)
