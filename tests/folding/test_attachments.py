"""Beside which incident a report stands: the latest word decides, a person's above a machine's."""

from __future__ import annotations

from datetime import UTC, datetime

from waqai.core import Entry
from waqai.folding import fold_attachment

ANA, LINKER = "person:ana", "linker 1"


def entries(*said: tuple[str, str, str] | int) -> list[Entry]:
    """(incident, verdict, by), or the number of an entry that is undone."""
    return [_entry(n, one) for n, one in enumerate(said, start=1)]


def _entry(number: int, one: tuple[str, str, str] | int) -> Entry:
    common = {"id": number, "because": "", "at": datetime(2021, 3, 9, tzinfo=UTC), "previous_hash": ""}
    if isinstance(one, int):
        return Entry(kind="undone", subject=str(one), value={"entry": one}, by=ANA, **common)  # type: ignore[arg-type]
    incident, verdict, by = one
    return Entry(kind="attached", subject="sha", value={"incident": incident, "verdict": verdict, "right": "a", "score": 1.0}, by=by, **common)  # type: ignore[arg-type]


def test_a_machines_later_word_replaces_its_earlier_one() -> None:
    found = fold_attachment(entries(("i-1", "same", LINKER), ("i-2", "same", LINKER)))
    assert (found.incident, found.entry, found.settled) == ("i-2", 2, False)


def test_a_machine_does_not_go_against_a_person() -> None:
    put = fold_attachment(entries(("i-1", "same", ANA), ("i-2", "same", LINKER)))
    assert (put.incident, put.settled) == ("i-1", True)
    taken = fold_attachment(entries(("i-1", "same", LINKER), ("i-1", "different", ANA), ("i-1", "same", LINKER)))
    assert (taken.incident, taken.barred) == (None, {"i-1"})
    assert fold_attachment(entries(("i-1", "different", ANA), ("i-2", "same", LINKER))).incident == "i-2"


def test_telling_apart_from_another_incident_leaves_it_where_it_is() -> None:
    found = fold_attachment(entries(("i-1", "same", LINKER), ("i-2", "different", ANA)))
    assert (found.incident, found.barred) == ("i-1", {"i-2"})


def test_a_person_may_think_again() -> None:
    found = fold_attachment(entries(("i-1", "different", ANA), ("i-1", "same", ANA)))
    assert (found.incident, found.settled, found.barred) == ("i-1", True, frozenset())


def test_what_is_undone_counts_for_nothing_and_the_word_before_it_counts_again() -> None:
    found = fold_attachment(entries(("i-1", "same", LINKER), ("i-1", "different", ANA), 2))
    assert (found.incident, found.entry, found.barred) == ("i-1", 1, frozenset())
