"""What may be asked for of address, names and proxy, and when others may reach a desk."""

from __future__ import annotations

import pytest

from waqai.core import SettingsError
from waqai.desk import Reach, check_persons, make_reach
from waqai.flow import now
from waqai.people import add_person, disable_person
from waqai.store import Store


@pytest.mark.parametrize(("host", "is_open"), [("127.0.0.1", False), ("localhost", False), ("127.0.0.2", False), ("::1", False), ("[::1]", False)])
def test_loopback_is_this_machine_only(host: str, is_open: bool) -> None:
    assert make_reach(host).is_open is is_open


@pytest.mark.parametrize("host", ["192.0.2.7", "0.0.0.0", "::", "2001:db8::7", "::ffff:127.0.0.1"])
def test_every_other_address_is_open_to_others(host: str) -> None:
    assert make_reach(host, names=["desk.example"]).is_open


def test_a_proxy_on_this_machine_opens_the_desk_to_others() -> None:
    assert make_reach(names=["desk.example"], proxy="127.0.0.1").is_open
    assert not make_reach(names=["desk.example"]).is_open


@pytest.mark.parametrize(
    ("asked", "hosts"),
    [
        ({}, {"127.0.0.1", "localhost", "::1"}),
        ({"host": "192.0.2.7"}, {"127.0.0.1", "localhost", "::1", "192.0.2.7"}),
        ({"host": "2001:DB8:0::7"}, {"127.0.0.1", "localhost", "::1", "2001:db8::7"}),  # as browsers write it
        ({"host": "0.0.0.0", "names": ["Desk.example", "[2001:db8::7]"]}, {"127.0.0.1", "localhost", "::1", "desk.example", "2001:db8::7"}),
    ],
)
def test_it_answers_under_its_own_address_and_the_names_that_were_given(asked: dict[str, str], hosts: set[str]) -> None:
    assert set(make_reach(**asked).hosts) == hosts  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"host": "desk.example"}, "--host 'desk.example' is no IP address"),
        ({"host": "192.0.2"}, "is no IP address"),
        ({"host": "192.0.2.7:80"}, "is no IP address"),
        ({"host": "fe80::1%eth0"}, "is no IP address"),  # no browser asks under such an address
        ({"host": ""}, "is no IP address"),
        ({"host": "0.0.0.0"}, "say with --allow-host"),
        ({"host": "::"}, "say with --allow-host"),
        ({"names": ["*"]}, "--allow-host '\\*' is no name"),
        ({"names": ["*.example"]}, "is no name"),
        ({"names": ["desk.example:80"]}, "no port"),
        ({"names": ["https://desk.example"]}, "no https://"),
        ({"names": ["desk.example/"]}, "is no name"),
        ({"names": ["bücher.example"]}, "xn--"),
        ({"names": [""]}, "is no name"),
        ({"names": ["desk.example\n"]}, "is no name"),
        ({"proxy": "127.0.0.1"}, "wants --allow-host"),
        ({"proxy": "*", "names": ["desk.example"]}, "--proxy '\\*' is no IP address"),
        ({"proxy": "10.0.0.0/8", "names": ["desk.example"]}, "is no IP address"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_help(asked: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        make_reach(**asked)  # type: ignore[arg-type]


def test_others_may_reach_a_desk_only_when_somebody_may_log_in(store: Store) -> None:
    reach = Reach(host="192.0.2.7")
    check_persons(Reach(), store)
    with pytest.raises(SettingsError, match="waqai person add"):
        check_persons(reach, store)
    for name in ("root", "bo"):
        add_person(name, store, role="admin", password="correct horse", by="person", at=now())
    check_persons(reach, store)
    disable_person("root", store, by="person", at=now())
    check_persons(reach, store)


def test_a_disabled_person_is_nobody_who_may_log_in(store: Store) -> None:
    add_person("bo", store, role="coder", password="correct horse", by="person", at=now())
    disable_person("bo", store, by="person", at=now())
    with pytest.raises(SettingsError, match="nobody who may log in"):
        check_persons(make_reach(names=["desk.example"], proxy="127.0.0.1"), store)
