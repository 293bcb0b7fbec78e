"""The publishers of a store with the hosts of their addresses."""

from __future__ import annotations

from factories import make_report
from waqai.store import Store


def test_a_publisher_is_listed_with_hosts_of_reports_and_of_copies_that_it_printed(store: Store) -> None:
    store.add_report(make_report("One.", id="a", publisher="Enab Baladi", url="https://www.enabbaladi.net/1"))
    store.add_report(make_report("Two.", id="b", publisher="Enab Baladi", url="https://english.enabbaladi.net/2"))
    store.add_report(make_report("Three.", id="c", publisher="The Daily", url=None))
    store.add_report(make_report("One.", id="d", publisher="An Echo", url="https://echo.example.org/1"))
    assert store.list_hosts() == {
        "Enab Baladi": frozenset({"www.enabbaladi.net", "english.enabbaladi.net"}),
        "The Daily": frozenset(),
        "An Echo": frozenset({"echo.example.org"}),
    }


def test_an_empty_store_has_no_publishers(store: Store) -> None:
    assert store.list_hosts() == {}
