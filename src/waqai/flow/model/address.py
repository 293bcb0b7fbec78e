"""The address of a model's server: taken apart, looked up once, and held against where reports may go.

Only addresses of this machine (127.0.0.0/8 and ::1) may be asked unless the settings and the store both allow another host. A name is looked up once a run, and
the connection goes to an address that was checked: a name server that answers differently a moment later changes nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from waqai.core import SettingsError

LookUp = Callable[[str, int], Sequence[str]]

_ODD_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_SIGNS = re.compile(r"[!-~]+")
_SETTING = "reader.llm.address"
_EXAMPLE = "http://127.0.0.1:8080/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAddress:
    """Where to ask: `path` ends without a slash, `addresses` are what `host` stands for, as numbers, in the order to try them."""

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def is_local(self) -> bool:
        """Whether all of its addresses are this machine's own."""
        return all(map(is_loopback, self.addresses))


def look_up_host(host: str, port: int) -> list[str]:
    """The addresses that the system gives for a host. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def resolve_address(address: str, *, look_up: LookUp = look_up_host) -> ModelAddress:
    """The address taken apart and its host looked up. Raises SettingsError for one that is none, in an odd form, or that cannot be found.

    >>> resolve_address("http://localhost:8080/v1/", look_up=lambda host, port: ["127.0.0.1"]).path
    '/v1'
    """
    parts, port = _split(address)
    host = (parts.hostname or "").lower()
    if _is_odd_number(host):
        raise SettingsError(f"{_SETTING} is {address!r}: write the host's address in the usual form, e.g. {_EXAMPLE!r}")
    try:
        addresses = tuple(look_up(host, port))
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{_SETTING} is {address!r}: the host {host!r} cannot be found ({error})") from error
    if not addresses:
        raise SettingsError(f"{_SETTING} is {address!r}: the host {host!r} has no address")
    return ModelAddress(secure=parts.scheme == "https", host=host, port=port, path=parts.path.rstrip("/"), addresses=addresses)


def name_host(address: str) -> str:
    """The host that an address names, without looking it up. Raises SettingsError.

    >>> name_host("https://Models.example.org/v1")
    'models.example.org'
    """
    return str(_split(address)[0].hostname).lower()


def is_loopback(address: str) -> bool:
    """Whether an address, as numbers, is this machine's own.

    >>> is_loopback("127.8.8.8"), is_loopback("::1"), is_loopback("::ffff:127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("10.0.0.1")
    (True, True, True, False, False)
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_loopback


def _split(address: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise SettingsError(f"{_SETTING} is {address!r}: {error}; it should look like {_EXAMPLE!r}") from error
    if "@" in parts.netloc:
        raise SettingsError(f"{_SETTING} holds a name or password before its host; a key comes from the environment, as WAQAI_LLM_KEY")
    plain = _SIGNS.fullmatch(address) and "\\" not in address
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or port == 0:
        raise SettingsError(f"{_SETTING} is {address!r}; it should look like {_EXAMPLE!r}: http or https, host, port and path, in ASCII")
    return parts, port or (443 if parts.scheme == "https" else 80)


def _is_odd_number(host: str) -> bool:
    """A number that some systems take for an address: 2130706433, 0x7f.1, 0177.0.0.1."""
    if not _ODD_NUMBER.fullmatch(host):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False
