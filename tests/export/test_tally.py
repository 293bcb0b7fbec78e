"""What became of the records of an export."""

from __future__ import annotations

from exported import ROW, Rows, clear, make_incident
from waqai.bounds import HeldBack
from waqai.export.shapes import Dropped
from waqai.export.tally import MOST_DETAILS, Tally


def test_what_is_held_back_is_counted_by_reason_and_does_not_pass() -> None:
    tally = Tally()
    records = [
        clear(make_incident()),
        HeldBack(incident="i-2", reason="fresh"),
        HeldBack(incident="i-3", reason="terms"),
        HeldBack(incident="i-4", reason="fresh"),
    ]
    assert [one.incident.id for one in tally.clear(records)] == ["i-1"]
    assert (tally.records, tally.held_back) == (1, {"fresh": 2, "terms": 1})


def test_rows_are_counted_and_what_has_no_home_is_counted_and_named() -> None:
    tally, record = Tally(), clear(make_incident())
    shape = Rows(ROW, Dropped("no such type there", "statement"), ROW)
    assert list(tally.rows_of(shape, record)) == [ROW, ROW]
    for _ in range(MOST_DETAILS + 5):
        list(tally.rows_of(shape, record))
    assert tally.dropped == {("rows", "no such type there"): MOST_DETAILS + 6}
    assert tally.details["rows", "no such type there"] == ["i-1: statement"] * MOST_DETAILS
    assert tally.rows == {"rows": 2 * (MOST_DETAILS + 6)}
