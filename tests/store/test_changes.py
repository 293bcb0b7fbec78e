from __future__ import annotations

from dataclasses import replace

from scenes import AT, fill, join, report_of
from waqai.store import Store
from waqai.store.changes import find_changed, last_change

ALL = {"i-aid", "i-caught", "i-escape", "i-meeting"}


def changed_after(store: Store, number: int) -> set[str]:
    with store.committed() as connection:
        return set(find_changed(connection, after=number))


def last(store: Store) -> int:
    with store.committed() as connection:
        return last_change(connection)


def test_what_was_folded_since_is_known_by_number(store: Store) -> None:
    assert last(store) == 0
    fill(store)
    seen = last(store)
    assert changed_after(store, 0) == ALL and changed_after(store, seen) == set()
    (caught,) = store.iter_cards(report="wire")
    join(store, caught, "i-escape", role="follow_up")
    assert last(store) > seen
    assert changed_after(store, seen) == {"i-caught", "i-escape"}  # i-caught is gone


def test_a_further_way_of_coming_in_and_a_near_copy_change_incidents_without_an_entry_or_a_reading(store: Store) -> None:
    fill(store)
    seen = last(store)
    store.add_report(replace(report_of("wire"), id="again", publisher="The Echo"))
    assert changed_after(store, seen) == {"i-caught"}
    seen = last(store)
    store.add_near_copy(report_of("daily").sha256, report_of("lake").sha256, similarity=0.5)
    assert changed_after(store, seen) == {"i-escape", "i-meeting", "i-aid"}


def test_a_mark_and_an_erasure_are_changes(store: Store) -> None:
    fill(store)
    seen = last(store)
    store.mark_voice("The Wire", unreliable=True, because="made things up", by="person:ana", at=AT)
    assert changed_after(store, seen) == {"i-caught"}
    seen = last(store)
    store.erase_report("lake", because="asked to", by="person:ana", at=AT)
    assert changed_after(store, seen) == {"i-aid", "i-meeting"}


def test_a_rebuild_that_changes_nothing_is_no_change_and_one_that_mends_is_one_of_all(store: Store) -> None:
    fill(store)
    seen = last(store)
    assert store.rebuild().is_equal and last(store) == seen
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE incidents SET grade = 'confirmed' WHERE id = 'i-escape'")
    assert not store.rebuild().is_equal
    assert changed_after(store, seen) == ALL


def test_what_is_committed_is_seen_without_the_transaction_that_is_open(store: Store) -> None:
    with store.transaction():
        fill(store)
        assert len(list(store.iter_incidents())) == 4
        assert last(store) == 0
    assert last(store) > 0
