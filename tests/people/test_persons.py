from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from people.conftest import AT, PASSWORD, add
from waqai.core import NotAllowed, NotPossible, StoreError, UnknownId, WeakPassword
from waqai.flow import undo_entry
from waqai.people import (
    ACTS,
    add_person,
    change_password,
    disable_person,
    enable_person,
    find_person,
    find_visitor,
    get_person,
    give_role,
    has_persons,
    list_persons,
    log_in,
    set_password,
)
from waqai.store import Store, open_store

BY = {"by": "person:root", "at": AT}


def test_a_person_is_found_in_whatever_case(store: Store) -> None:
    added = add(store, "Ana María", "coder")
    assert find_person("ANA MARÍA", store) == added == get_person("ana mari\u0301a", store)
    assert (added.name, added.role, added.created_at, added.disabled_at) == ("Ana María", "coder", AT, None)
    assert find_person("ana", store) is None


def test_a_name_is_taken_in_whatever_case_and_stays_so_when_its_person_is_disabled(store: Store) -> None:
    add(store, "root"), add(store, "ana")
    with pytest.raises(NotPossible, match="called 'ana' already: take"):
        add(store, "ANA")
    disable_person("ana", store, **BY)
    with pytest.raises(NotPossible, match="is disabled, and `waqai person enable ana`"):
        add(store, "ANA")
    assert len(list_persons(store)) == 2


def test_an_unknown_person_is_said_with_those_who_are_there(store: Store) -> None:
    with pytest.raises(UnknownId, match=r"nobody is called 'bo' in store .*; there is nobody"):
        get_person("bo", store)
    add(store, "ana"), add(store, "Čeda")
    with pytest.raises(UnknownId, match="there is ana, Čeda"):
        give_role("bo", store, role="coder", **BY)


def test_what_is_no_name_role_or_password_adds_nobody(store: Store) -> None:
    with pytest.raises(NotPossible):
        add(store, " ")
    with pytest.raises(NotPossible, match="no role 'boss'"):
        add(store, "ana", "boss")
    with pytest.raises(WeakPassword):
        add_person("ana", store, role="coder", password="short", **BY)
    assert list_persons(store) == () and store.last_entry() == 0


def test_a_password_that_somebody_else_made_is_good_for_choosing_another_one_only(store: Store) -> None:
    add_person("ana", store, role="admin", password=PASSWORD, must_change=True, **BY)
    visitor = log_in("ana", store, password=PASSWORD, address="192.0.2.7", at=AT).visitor
    assert get_person("ana", store).must_change and visitor.must_change and not any(visitor.may(act) for act in ACTS)
    with pytest.raises(NotAllowed, match="choose one of your own"):
        visitor.check("read")
    change_password("ana", store, old=PASSWORD, new="another horse", address="192.0.2.7", at=AT)
    session = log_in("ana", store, password="another horse", address="192.0.2.7", at=AT)
    found = find_visitor(session.value, store, at=AT)
    assert found is not None and found.may("manage") and session.visitor.may("manage") and not get_person("ana", store).must_change
    set_password("ana", store, password=PASSWORD, must_change=True, **BY)
    session = log_in("ana", store, password=PASSWORD, address="192.0.2.7", at=AT)
    found = find_visitor(session.value, store, at=AT)
    assert found is not None and found.must_change


def test_every_change_is_an_entry_that_holds_no_secret(store: Store) -> None:
    add(store, "root"), add(store, "ana", "coder")
    give_role("ANA", store, role="reviewer", **BY)
    set_password("ana", store, password="another horse", **BY)
    disable_person("ana", store, **BY)
    enable_person("ana", store, **BY)
    entries = list(store.iter_log())
    assert [(e.kind, e.subject, dict(e.value), e.by) for e in entries[1:]] == [
        ("person_added", "person:ana", {"name": "ana", "role": "coder"}, "person"),
        ("person_role", "person:ana", {"name": "ana", "role": "reviewer", "was": "coder"}, "person:root"),
        ("person_password", "person:ana", {"name": "ana"}, "person:root"),
        ("person_disabled", "person:ana", {"name": "ana"}, "person:root"),
        ("person_enabled", "person:ana", {"name": "ana"}, "person:root"),
    ]
    assert store.verify().holds and store.rebuild().is_equal
    shown = "".join(store.iter_dump(without=()))
    assert PASSWORD not in shown and "argon2" not in shown and '"table":"people"' not in shown


@pytest.mark.parametrize(("entry", "said"), [(2, "waqai person disable ana"), (3, "waqai person role ana coder"), (4, "waqai person enable ana")])
def test_an_entry_about_a_person_is_not_undone_but_by_its_command(store: Store, entry: int, said: str) -> None:
    add(store, "root"), add(store, "ana", "coder")
    give_role("ana", store, role="viewer", **BY)
    disable_person("ana", store, **BY)
    with pytest.raises(NotPossible, match=f"not undone: `{said}`"):
        undo_entry(entry, store, because="x", by="person:root")
    assert store.last_entry() == 4 and get_person("ana", store).disabled_at == AT


def test_a_role_or_state_that_is_there_already_is_said(store: Store) -> None:
    add(store, "root"), add(store, "ana")
    with pytest.raises(NotPossible, match="ana has the role admin already"):
        give_role("ana", store, role="admin", **BY)
    with pytest.raises(NotPossible, match="not disabled"):
        enable_person("ana", store, **BY)
    disable_person("ana", store, **BY)
    with pytest.raises(NotPossible, match="already, since 2026-03-09"):
        disable_person("ana", store, **BY)
    assert store.last_entry() == 3


def test_the_last_admin_is_neither_disabled_nor_lowered(store: Store) -> None:
    add(store, "ana"), add(store, "bo", "reviewer")
    for refused in (lambda: disable_person("ana", store, **BY), lambda: give_role("ana", store, role="coder", **BY)):
        with pytest.raises(NotPossible, match="ana is the only admin: make somebody else one first"):
            refused()
    give_role("bo", store, role="admin", **BY)
    disable_person("ana", store, **BY)
    with pytest.raises(NotPossible, match="bo is the only admin"):  # ana is one, too, but disabled
        give_role("bo", store, role="viewer", **BY)


def test_of_two_admins_who_disable_each_other_at_once_one_stays(address: str) -> None:
    with open_store(address) as store:
        for n in range(3):
            add(store, f"ana{n}"), add(store, f"bo{n}")
        for n in range(2):
            disable_person(f"ana{n}", store, **BY), disable_person(f"bo{n}", store, **BY)

    def disable(name: str) -> bool:
        with open_store(address) as own:
            try:
                disable_person(name, own, **BY)
            except NotPossible:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(disable, ["ana2", "bo2"])) == [False, True]


def test_a_disabled_admin_may_be_lowered(store: Store) -> None:
    add(store, "ana"), add(store, "bo")
    disable_person("bo", store, **BY)
    assert give_role("bo", store, role="viewer", **BY).role == "viewer"


def test_a_person_is_never_deleted(store: Store) -> None:
    add(store)
    with pytest.raises(StoreError, match="never"), store.writing() as connection:
        connection.execute(sa.text("DELETE FROM people"))
    assert find_person("ana", store) is not None


def test_somebody_can_log_in_once_there_is_a_person_who_is_not_disabled(store: Store) -> None:
    assert not has_persons(store)
    add(store), add(store, "bo", "viewer")
    assert has_persons(store)
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE people SET disabled_at = created_at"))
    assert not has_persons(store)


def test_a_new_password_is_in_force_at_once(store: Store) -> None:
    add(store)
    later = AT + timedelta(days=1)
    assert set_password("ana", store, password="another horse", by="person:ana", at=later).password_at == later
    assert log_in("ana", store, password="another horse", address="192.0.2.7", at=later).visitor.name == "ana"
    with pytest.raises(WeakPassword):
        set_password("ana", store, password="ana", **BY)
