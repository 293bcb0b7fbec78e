"""An address to post to: taken apart, looked up once, and held against where it may lead.

The connection goes to an address that was checked: a name server that answers differently a moment later changes nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from waqai.core import SettingsError

LookUp = Callable[[str, int], Sequence[str]]

_ODD_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_SIGNS = re.compile(r"[!-~]+")
_NAT64 = ip_network("64:ff9b::/96")
_GIVEN_OUT = ip_network("2000::/3")
_SET_ASIDE = tuple(
    ip_network(one)
    for one in (
        *("192.0.0.0/24", "192.88.99.0/24"),  # protocols' own; relays from the newer kind to the older, given up (RFC 7526)
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),  # protocols' own with Teredo; examples; 6to4, which wraps the older kind; examples
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address was written, as messages name it, and how one looks there; `keys` says where keys belong, `with_query`: one may have a query."""

    name: str
    example: str
    keys: str = "keys are given elsewhere"
    with_query: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HostAddress:
    """Where to post: `path` ends without a slash unless a query follows, `addresses` are what `host` stands for, as numbers, in the order to try them."""

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


def resolve_address(address: str, *, place: Place, look_up: LookUp = look_up_host) -> HostAddress:
    """The address taken apart and its host looked up. Raises SettingsError for one that is none, in an odd form, or that cannot be found.

    >>> here = Place(name="address", example="http://127.0.0.1:8080/v1")
    >>> resolve_address("http://localhost:8080/v1/", place=here, look_up=lambda host, port: ["127.0.0.1"]).path
    '/v1'
    """
    parts, port = _split(address, place)
    host = (parts.hostname or "").lower()
    if is_odd_number(host):
        raise SettingsError(f"{place.name} is {address!r}: write the host's address in the usual form, e.g. {place.example!r}")
    try:
        addresses = tuple(look_up(host, port))
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{place.name} is {address!r}: the host {host!r} cannot be found ({error})") from error
    if not addresses:
        raise SettingsError(f"{place.name} is {address!r}: the host {host!r} has no address")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path.rstrip("/")
    return HostAddress(secure=parts.scheme == "https", host=host, port=port, path=path, addresses=addresses)


def name_host(address: str, *, place: Place) -> str:
    """The host that an address names, without looking it up. Raises SettingsError.

    >>> name_host("https://Models.example.org/v1", place=Place(name="address", example="http://127.0.0.1:8080/v1"))
    'models.example.org'
    """
    return str(_split(address, place)[0].hostname).lower()


def is_loopback(address: str) -> bool:
    """Whether an address, as numbers, is this machine's own.

    >>> is_loopback("127.8.8.8"), is_loopback("::1"), is_loopback("::ffff:127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("10.0.0.1")
    (True, True, True, False, False)
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_loopback


def is_public(address: str) -> bool:
    """Whether an address, as numbers, is one of the open internet: none of this machine, of a network of its own, or of none; nor one that wraps such a one.

    Of the newer kind only what is given out (2000::/3) counts, less what IANA's registry of special-purpose addresses (RFC 6890) sets aside: Python calls some
    of it global. 64:ff9b::/96, by which a network of the newer kind alone reaches the older one (RFC 6052), counts as the address within.

    >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a00:1")
    (True, False, False, False, False)
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found in _NAT64:
        found = IPv4Address(int(found) & 0xFFFFFFFF)
    given_out = isinstance(found, IPv4Address) or found in _GIVEN_OUT
    return given_out and found.is_global and not found.is_multicast and not any(found in one for one in _SET_ASIDE if one.version == found.version)


def is_odd_number(host: str) -> bool:
    """Whether a host is a number in a form that some systems take for an address, and others do not.

    >>> is_odd_number("2130706433"), is_odd_number("0x7f.1"), is_odd_number("0177.0.0.1"), is_odd_number("127.0.0.1."), is_odd_number("127.0.0.1")
    (True, True, True, True, False)
    """
    if not _ODD_NUMBER.fullmatch(host):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def _split(address: str, place: Place) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise SettingsError(f"{place.name} is {address!r}: {error}; it should look like {place.example!r}") from error
    if "@" in parts.netloc:
        raise SettingsError(f"{place.name} holds a name or password before its host; {place.keys}")
    plain = _SIGNS.fullmatch(address) and "\\" not in address
    query = parts.query and not place.with_query
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or query or parts.fragment or port == 0:
        raise SettingsError(f"{place.name} is {address!r}; it should look like {place.example!r}: http or https, host, port and path, in ASCII")
    return parts, port or (443 if parts.scheme == "https" else 80)
