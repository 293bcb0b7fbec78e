"""Only this machine may be asked, whatever its address looks like; a host is looked up once."""

from __future__ import annotations

import socket

import pytest

from waqai.core import SettingsError
from waqai.flow.model.address import resolve_address
from waqai.posting.address import look_up_host


def to(*addresses: str) -> object:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://127.0.0.1:8080/v1", ("127.0.0.1",)),
        ("http://[::1]:8080/v1", ("::1",)),
        ("http://127.9.9.9/v1", ("127.9.9.9",)),  # all of 127.0.0.0/8
        ("http://localhost:11434/v1", ("127.0.0.1", "::1")),
        ("http://mapped.test/v1", ("::ffff:127.0.0.1",)),
    ],
)
def test_this_machine_is_local_by_any_of_its_addresses(address: str, found: tuple[str, ...]) -> None:
    assert resolve_address(address, look_up=to(*found)).is_local  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "found",
    [
        ("93.184.216.34",),
        ("127.0.0.1", "93.184.216.34"),  # one address of this machine beside a public one
        ("::1", "2606:2800:220:1::1"),
        ("10.0.0.5",),  # a private network is another machine, too
        ("192.168.1.1",),
        ("169.254.169.254",),  # where clouds hand out their keys
        ("0.0.0.0",),
        ("::",),
        ("fe80::1%eth0",),
        ("::ffff:10.0.0.1",),
        ("fc00::1",),
    ],
)
def test_any_other_address_is_not_local(found: tuple[str, ...]) -> None:
    assert not resolve_address("http://models.test/v1", look_up=to(*found)).is_local  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "3232235777", "127.0.0.1."])
def test_a_number_in_an_odd_form_is_refused(host: str) -> None:
    with pytest.raises(SettingsError, match="usual form"):
        resolve_address(f"http://{host}:8080/v1", look_up=to("127.0.0.1"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:8080",
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "http:///v1",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1:0/v1",
        "http://127.0.0.1/v1?key=1",
        "http://127.0.0.1/v1#x",
        "http://127.0.0.1\\@models.test/v1",
        "http://127.0.0.1 .models.test/v1",
        "http://127.0.0.1/v1\r\nX-More: 1",
        "http://\uff11\uff12\uff17.0.0.1/v1",  # digits of full width
        "http://l\u043ecalhost/v1",  # a Cyrillic o
        "http://[::1/v1",
    ],
)
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match=r"reader\.llm\.address"):
        resolve_address(address, look_up=to("127.0.0.1"))  # type: ignore[arg-type]


def test_a_name_before_the_host_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="WAQAI_LLM_KEY") as caught:
        resolve_address("http://localhost:secret@models.test/v1", look_up=to("127.0.0.1"))  # type: ignore[arg-type]
    assert "secret" not in str(caught.value)


def test_a_host_that_nobody_knows_is_an_error_that_names_it() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(SettingsError, match=r"'models\.test' cannot be found"):
        resolve_address("http://models.test/v1", look_up=unknown)
    with pytest.raises(SettingsError, match="no address"):
        resolve_address("http://models.test/v1", look_up=to())  # type: ignore[arg-type]


def test_the_systems_own_look_up_finds_this_machine() -> None:
    assert resolve_address("http://localhost:8080/v1").is_local
    assert look_up_host("127.0.0.1", 80) == ["127.0.0.1"]


def test_the_parts_are_taken_apart() -> None:
    address = resolve_address("https://Models.TEST/v1/", look_up=to("93.184.216.34"))  # type: ignore[arg-type]
    assert (address.secure, address.host, address.port, address.path) == (True, "models.test", 443, "/v1")
