"""The rule on addresses lets through the open internet and nothing that wraps, hides or misspells something else."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.core import SettingsError
from waqai.posting.address import HostAddress, is_public
from waqai.posting.rule import MAIL_RULE, PUBLIC_ONLY, AddressRule, OwnHost, may_take_mail, parse_own_host

# IANA's registries of special-purpose addresses (RFC 6890 and what came after), of groups, and of what is given to nobody, as of 2025.
INSIDE = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24"),
    *("192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"),
    *(
        "::/128",
        "::1/128",
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",
        "2001:2::/48",
        "2001:db8::/32",
        "2001:10::/28",
    ),
    *("2001:20::/28", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "4000::/3", "1::/16", "8000::/1"),
]
OUTSIDE = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "169.253.9.9", "11.0.0.0", "223.255.255.255"]
OUTSIDE_NEWER = ["2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2400:cb00::1", "64:ff9b::8.8.8.8"]
NETWORKS = [ip_network(one) for one in INSIDE]


def inside(network: IPv4Network | IPv6Network) -> st.SearchStrategy[str]:
    return st.integers(0, network.num_addresses - 1).map(lambda n: str(network[n]))


@given(st.sampled_from(NETWORKS).flatmap(inside))
def test_no_address_of_a_network_of_ones_own_or_of_none_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_its_first_and_last_address_are_not_either(network: IPv4Network | IPv6Network) -> None:
    assert not is_public(str(network[0])) and not is_public(str(network[-1]))


@pytest.mark.parametrize("address", [*OUTSIDE, *OUTSIDE_NEWER])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_of_the_older_kind_is_what_it_is_behind_a_gateway_too(address: object) -> None:
    assert is_public(f"64:ff9b::{address}") == is_public(str(address))
    assert not is_public(f"::ffff:{address}") and not is_public(f"::{address}") and not is_public(f"::ffff:0:{address}")


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(address: object) -> None:
    """Another list of the same networks."""
    found = ip_address(str(address))
    if found.is_private or (found.is_reserved and found.version == 4) or found.is_loopback or found.is_link_local or found.is_multicast or found.is_unspecified:
        assert not is_public(str(address))


def to(*addresses: str, host: str = "a.example", port: int = 443) -> HostAddress:
    return HostAddress(secure=port == 443, host=host, port=port, path="", addresses=addresses)


def test_one_address_inside_is_enough_to_refuse_a_host_and_so_is_none() -> None:
    assert PUBLIC_ONLY.refusal(to("8.8.8.8", "2606:4700::1111")) is None
    assert PUBLIC_ONLY.refusal(to("8.8.8.8", "fd00::1")) is not None
    assert PUBLIC_ONLY.refusal(to()) is not None


def test_a_host_of_ones_own_is_listed_with_its_port_or_for_all() -> None:
    rule = PUBLIC_ONLY.with_own(["Wire.local:8080", "printer.local", "10.0.0.9:80", "[fd00::1]:80", "fd00::2"])
    assert rule.refusal(to("10.0.0.1", host="wire.local", port=8080)) is None
    assert rule.refusal(to("10.0.0.1", host="wire.local", port=80)) is not None
    assert rule.refusal(to("10.0.0.1", host="printer.local", port=9100)) is None
    assert rule.refusal(to("10.0.0.9", host="10.0.0.9", port=80)) is None
    assert rule.refusal(to("fd00::1", host="fd00::1", port=80)) is None and rule.refusal(to("fd00::2", host="fd00::2", port=81)) is None
    assert rule.refusal(to("10.0.0.1", host="evil-wire.local", port=8080)) is not None
    assert PUBLIC_ONLY.own == frozenset(), "the rule itself stays as it is"


@pytest.mark.parametrize(
    "listed", ["", "http://wire.local", "wire.local/x", "ana@wire.local", "wire.local:0", "wire.local:99999", "wire.local:x", "wörter.local"]
)
def test_what_is_no_host_is_refused(listed: str) -> None:
    with pytest.raises(SettingsError, match="is no host"):
        parse_own_host(listed)


@given(st.text(max_size=30))
def test_whatever_is_listed_is_a_host_or_an_error(listed: str) -> None:
    try:
        found = parse_own_host(listed)
    except SettingsError:
        return
    assert isinstance(found, OwnHost) and found.host and found.host == found.host.lower() and found.host.isascii()


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        *((one, True) for one in ("127.0.0.1", "::1", "10.0.0.25", "192.168.1.1", "fd00::25", "8.8.8.8", "2606:4700::1111")),
        *((one, False) for one in ("169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "ff02::1", "::ffff:169.254.169.254")),
    ],
)
def test_a_mail_server_may_stand_in_the_house_and_nowhere_that_takes_no_mail(address: str, taken: bool) -> None:
    assert may_take_mail(address) is taken
    assert (MAIL_RULE.refusal(to(address, port=2525)) is None) is taken


def test_other_ports_are_refused_where_the_rule_names_some() -> None:
    assert PUBLIC_ONLY.refusal(to("8.8.8.8", port=25)) is not None
    assert AddressRule(ports=None).refusal(to("8.8.8.8", port=25)) is None
