"""Who can reach a desk: the address it listens on, the names it is asked under besides, the proxy whose word it believes (docs/decisions/0049).

A desk on loopback lets the owner of the machine in by a start address. One that others can reach has none, and wants a person with a password first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from waqai.core import SettingsError
from waqai.people import has_persons
from waqai.store import Store

LOOPBACK = "127.0.0.1"
NAMES_OF_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`host` is an IP address of this machine, `proxy` the one from which a proxy asks, or None: what its headers say of who asks is believed of no other."""

    host: str = LOOPBACK
    names: tuple[str, ...] = ()
    proxy: str | None = None

    @property
    def host_is_open(self) -> bool:
        """Whether other machines can reach the address it listens on."""
        return not ip_address(self.host).is_loopback

    @property
    def is_open(self) -> bool:
        """Whether others than the user of this machine can come to its login."""
        return self.proxy is not None or self.host_is_open

    @property
    def hosts(self) -> tuple[str, ...]:
        """All names under which it may be asked, without port."""
        own = () if ip_address(self.host).is_unspecified else (self.host,)
        return tuple(dict.fromkeys((*NAMES_OF_LOOPBACK, *own, *self.names)))

    @property
    def trusted(self) -> list[str]:
        """The proxy's address, and how a socket for both versions of IP writes it."""
        if self.proxy is None:
            return []
        return [self.proxy] if ":" in self.proxy else [self.proxy, f"::ffff:{self.proxy}"]

    def address(self, port: int) -> str:
        """Where a browser finds it.

        >>> Reach(host="::1").address(80), Reach(host="0.0.0.0", names=("desk.example",)).address(80)
        ('http://[::1]:80', 'http://desk.example:80')
        """
        shown = self.names[0] if ip_address(self.host).is_unspecified else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


THIS_MACHINE = Reach()


def make_reach(host: str = LOOPBACK, *, names: Sequence[str] = (), proxy: str | None = None) -> Reach:
    """What was asked for, checked. Raises SettingsError for what is no address or no name, and where a name is wanted and none is given.

    >>> make_reach("[::1]", names=["Desk.Example"]).hosts
    ('127.0.0.1', 'localhost', '::1', 'desk.example')
    """
    address = _address(LOOPBACK if host == "localhost" else host, option="--host")
    known = tuple(dict.fromkeys(_name(name) for name in names))
    believed = None if proxy is None else str(_address(proxy, option="--proxy"))
    if address.is_unspecified and not known:
        raise SettingsError(f"--host {host} listens on every address of this machine: say with --allow-host under which name or address browsers ask for it")
    if believed is not None and not known:
        raise SettingsError("--proxy wants --allow-host NAME: the name under which browsers ask the proxy")
    return Reach(host=str(address), names=known, proxy=believed)


def check_persons(reach: Reach, store: Store) -> None:
    """Raises SettingsError for a desk that others can reach while nobody could log in."""
    if reach.is_open and not has_persons(store):
        raise SettingsError(
            f"others could reach this desk, and store {store.address} has nobody who may log in: `waqai person add NAME --role admin` adds somebody first"
        )


def _address(said: str, *, option: str) -> IPv4Address | IPv6Address:
    try:
        found = ip_address(said.removeprefix("[").removesuffix("]"))
    except ValueError:
        found = None
    if found is None or "%" in said:
        raise SettingsError(f"{option} {said!r} is no IP address such as 192.0.2.7 or 2001:db8::7; names are for --allow-host")
    return found


def _name(said: str) -> str:
    """A name or address as browsers write it. Raises SettingsError for one with a port, a scheme or a wildcard."""
    try:
        return str(ip_address(said.removeprefix("[").removesuffix("]")))
    except ValueError:
        folded = said.casefold()
    if not _NAME.fullmatch(folded):
        raise SettingsError(f"--allow-host {said!r} is no name such as desk.example: no port, no https://, no *; letters beyond a to z as xn--…")
    return folded
