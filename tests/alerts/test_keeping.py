"""Alerts in the store: made, found, paused, removed; where their keys are, and where not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from alerted import AT, BOX, HOOK, begin, run, watch
from waqai.alerts import Wanted, add_alert, get_alert, list_alerts, make_door, make_key, parse_quiet, pause_alert, remove_alert
from waqai.alerts.keeping import find_key
from waqai.core import NotPossible, SettingsError, UnknownId
from waqai.keeping.backups import backup_store
from waqai.store import Store, open_store


def test_an_alert_comes_back_as_it_was_made(each: Store) -> None:
    wanted = Wanted(
        name="Escapes,  north",
        kinds=("new", "grade"),
        doors=(make_door("webhook", HOOK), make_door("mail", BOX, roll_up="1w")),
        profile="partner",
        quiet=parse_quiet("22:00-07:00 Europe/Paris"),
    )
    alert, key = add_alert(wanted, each, by="person:ana", at=AT)
    found = get_alert("escapes, NORTH", each)
    assert found == alert == get_alert(alert.id, each) and list_alerts(each) == (alert,)
    assert (found.name, found.made_by, found.made_at, found.wanted.doors, found.wanted.quiet) == (
        "Escapes, north",
        "person:ana",
        AT,
        wanted.doors,
        wanted.quiet,
    )
    assert key is not None and key.startswith("whsec_") and find_key(alert.id, each) == key
    assert [(one.kind, one.by, one.value["name"]) for one in each.iter_log()] == [("alert_added", "person:ana", "Escapes, north")]


def test_without_a_webhook_there_is_no_key(store: Store) -> None:
    alert, key = add_alert(Wanted(name="a", doors=(make_door("mail", BOX),)), store, by="person", at=AT)
    assert key is None and find_key(alert.id, store) is None
    with pytest.raises(NotPossible, match="nothing to sign"):
        make_key(alert.id, store)


def test_another_key_takes_the_place_of_the_first(store: Store) -> None:
    alert, key = add_alert(Wanted(name="a", doors=(make_door("webhook", HOOK),)), store, by="person", at=AT)
    assert key != make_key("a", store) == find_key(alert.id, store)


@pytest.mark.parametrize("name", ["", "  ", "a" * 81, "a\u202eb", "a\x00b"])
def test_what_is_no_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(NotPossible, match="no name for an alert"):
        add_alert(Wanted(name=name), store, by="person", at=AT)


def test_a_name_is_taken_once_in_whatever_case(store: Store) -> None:
    watch(store)
    with pytest.raises(NotPossible, match="already"):
        add_alert(Wanted(name="ESCAPES"), store, by="person", at=AT)


def test_an_address_is_named_once_and_a_profile_is_one_of_three(store: Store) -> None:
    with pytest.raises(NotPossible, match="twice"):
        watch(store, BOX, BOX)
    with pytest.raises(SettingsError, match="secret"):
        watch(store, profile="secret")
    assert list_alerts(store) == ()


def test_a_removed_alert_leaves_nothing_but_a_line_in_the_log(each: Store) -> None:
    begin(each)
    alert = watch(each, HOOK, BOX, from_start=True)
    assert run(alert, each).news == 1
    assert remove_alert("Escapes", each, by="person:bo", at=AT).id == alert.id
    assert list_alerts(each) == () and find_key(alert.id, each) is None
    last = list(each.iter_log())[-1]
    assert (last.kind, last.by) == ("alert_removed", "person:bo") and "example" not in str(last.value)
    with pytest.raises(UnknownId, match="alert list"):
        remove_alert("escapes", each, by="person", at=AT)


def test_a_paused_alert_says_since_when(store: Store) -> None:
    watch(store)
    assert pause_alert("escapes", store, at=AT).paused_at == AT
    assert pause_alert("escapes", store, at=None).paused_at is None


def test_no_key_and_no_address_is_in_a_dump_and_no_key_in_a_backup(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        _alert, key = add_alert(Wanted(name="a", doors=(make_door("webhook", HOOK),)), store, by="person", at=AT)
        assert key is not None
        dump = "\n".join(store.iter_dump(without=()))
        assert key not in dump and "t0psecret" not in dump
        backup_store(store, tmp_path / "b.sqlite")
    assert key.encode() in b"".join(one.read_bytes() for one in tmp_path.glob("s.sqlite*")), "the store itself has it"
    assert key.encode() not in (tmp_path / "b.sqlite").read_bytes()
    assert sqlite3.connect(tmp_path / "b.sqlite").execute("SELECT count(*) FROM alerts").fetchone() == (1,)
