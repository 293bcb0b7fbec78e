"""What may be an alert: its doors, kinds, times; its filter in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alerted import AT
from waqai.alerts import Alert, Wanted, check_kinds, make_door
from waqai.alerts.alert import parse_period
from waqai.core import NotPossible
from waqai.store import Filters

ALERT = Alert(id="al-1", wanted=Wanted(name="a"), made_by="person", made_at=AT, paused_at=None, number=0, looked_at=None, told=0, rounds=0)


@pytest.mark.parametrize(
    "address",
    [
        *("ana", "ana@", "@example.org", "ana@example.org, bo@example.org", "ana@example.org\r\nBcc: all@example.org", "Ana <ana@example.org>"),
        *("ana@example.org\n", "ana @example.org", "a\x00b@example.org", "", "ana;bo@example.org", "anä@example.org"),
    ],
)
def test_what_is_no_single_plain_mail_address_is_refused(address: str) -> None:
    if address.strip() != address and address.strip() == "ana@example.org":
        assert make_door("mail", address).address == "ana@example.org"  # blanks and a line's end around it are typed by mistake
        return
    with pytest.raises(NotPossible):
        make_door("mail", address)


@pytest.mark.parametrize(
    "address", ["ftp://example.org", "example.org", "https://user:pass@example.org/", "https://exa mple.org/", "https://example.org/#a", "file:///etc/passwd"]
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(NotPossible):
        make_door("webhook", address)


def test_of_a_webhook_the_host_alone_is_shown_as_its_address_may_hold_a_secret() -> None:
    door = make_door("webhook", "https://hooks.example/T0/secret?key=abc", roll_up="90m")
    assert (door.shown, door.roll_up_s) == ("hooks.example", 5400)


@pytest.mark.parametrize("words", ["", "1y", "-1h", "1.5h", "32d", "9999w"])
def test_what_is_no_length_of_time_is_refused(words: str) -> None:
    with pytest.raises(NotPossible, match="31 days"):
        parse_period(words)


def test_kinds_are_in_order_and_all_where_none_is_named() -> None:
    assert check_kinds(["grade", "new"]) == ("new", "grade")
    assert check_kinds([]) == ("new", "figures", "grade", "expectation")
    with pytest.raises(NotPossible, match="withdrawn"):
        check_kinds(["withdrawn"])  # is always told


def test_the_filter_is_told_as_far_as_the_profile_lets_it() -> None:
    filters = Filters(type=("escape", "jailbreak"), country=("SY",), since=date(2023, 6, 18), words="Yusuf Hamdan", tag=("follow up",))
    public = replace(ALERT, wanted=Wanted(name="a", filters=filters))
    assert public.matches == "type=escape or jailbreak, country=SY, since=2023-06, tag (set), words (set)"
    internal = replace(ALERT, wanted=Wanted(name="a", filters=filters, profile="internal"))
    assert internal.matches == "type=escape or jailbreak, country=SY, since=2023-06-18, tag=follow up, words=Yusuf Hamdan"
    assert ALERT.matches == "any incident"
