"""Where a connection may lead: the one rule that pages, webhooks and mail are held against, after the look-up and before anything is sent.

A machine inside a house often believes whoever reaches it: a router's page, a cloud's metadata, a database without a password. So what is named by others (a
webhook's address, a link, a redirect) leads to the open internet alone, or to a host that the installation's own settings list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from waqai.core import SettingsError
from waqai.posting.address import HostAddress, is_public

WEB_PORTS = frozenset({80, 443})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHost:
    """A host of the installation's own, as a person listed it; `port` None: any."""

    host: str
    port: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRule:
    """Every address that a host stands for has to be `accepted`, and the port one of `ports` (None: any); `own` hosts may lead anywhere, at any port listed."""

    ports: frozenset[int] | None = WEB_PORTS
    own: frozenset[OwnHost] = frozenset()
    accepted: Callable[[str], bool] = is_public

    def owns(self, to: HostAddress) -> bool:
        """Whether the host is listed."""
        return bool(self.own & {OwnHost(host=to.host), OwnHost(host=to.host, port=to.port)})

    def refusal(self, to: HostAddress) -> str | None:
        """Why nothing may be sent there, in words that go on with what would help; None where it may.

        >>> PUBLIC_ONLY.refusal(HostAddress(secure=True, host="a.example", port=443, path="", addresses=("93.184.215.14", "10.0.0.1")))
        'a.example (10.0.0.1) is no address of the open internet'
        """
        if self.owns(to):
            return None
        inside = [one for one in to.addresses if not self.accepted(one)]
        if inside or not to.addresses:
            where = to.host if to.host in inside[:1] else f"{to.host} ({', '.join(inside[:1]) or 'without an address'})"
            return f"{where} is no address of the open internet"
        if self.ports is not None and to.port not in self.ports:
            return f"port {to.port} of {to.host} is none of the web's own ({', '.join(map(str, sorted(self.ports)))})"
        return None

    def with_own(self, listed: Iterable[str]) -> AddressRule:
        """The same rule with these hosts, each HOST or HOST:PORT, allowed beside. Raises SettingsError."""
        return replace(self, own=self.own | {parse_own_host(one) for one in listed})


PUBLIC_ONLY = AddressRule()
"""The open internet at the ports of the web: what is fetched."""


def parse_own_host(listed: str) -> OwnHost:
    """A listed host taken apart. Raises SettingsError.

    >>> parse_own_host("Wire.local:8080"), parse_own_host("[::1]:80").host
    (OwnHost(host='wire.local', port=8080), '::1')
    """
    text = listed.strip().lower()
    try:
        bare = ip_address(text)
        return OwnHost(host=str(bare))
    except ValueError:
        pass
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SettingsError(f"{listed!r} is no host: {error}; write it as wire.local:8080") from error
    if not host or not text.isascii() or parts.path or parts.query or parts.fragment or "@" in text or port == 0:
        raise SettingsError(f"{listed!r} is no host; write it as wire.local:8080, without http:// and without a path")
    return OwnHost(host=host, port=port)


def may_take_mail(address: str) -> bool:
    """Whether a server that takes our mail may stand at this address, as numbers: the open internet, this machine, a network of one's own.

    Not where no server of anybody's stands: link-local addresses (a cloud's metadata), groups, what is reserved.

    >>> may_take_mail("10.0.0.25"), may_take_mail("127.0.0.1"), may_take_mail("169.254.169.254"), may_take_mail("0.0.0.0"), may_take_mail("::ffff:10.0.0.25")
    (True, True, False, False, True)
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if is_public(str(found)) or found.is_loopback:
        return True
    return found.is_private and not (found.is_link_local or found.is_multicast or found.is_unspecified or found.is_reserved)


MAIL_RULE = AddressRule(ports=None, accepted=may_take_mail)
"""The settings name the mail server, so that it may stand in the house."""
