from __future__ import annotations

import csv
import io

from clears import cleared
from waqai.export.dropped_file import listing_dropped
from waqai.export.shapes import Dropped
from waqai.export.tally import Tally


class Nothing:
    """A shape that has a home for nothing."""

    name, columns, needs_accounts = "nothing", (), False

    def iter_rows(self, record):  # type: ignore[no-untyped-def]
        yield Dropped("no home", '=1, "quoted"')


def test_all_that_is_dropped_is_listed_with_its_incident_and_guarded() -> None:
    file = io.BytesIO()
    with listing_dropped(file) as listing:
        tally = Tally(listing=listing)
        rows = [row for n in range(30) for row in tally.rows_of(Nothing(), cleared(id=f"i{n}"))]
    listed = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8"))))
    assert rows == [] and len(listed) == 31
    assert listed[:2] == [["id", "type", "reason", "detail"], ["i0", "clash", "no home", '\'=1, "quoted"']]


def test_the_examples_of_a_tally_name_the_incident() -> None:
    tally = Tally()
    assert list(tally.rows_of(Nothing(), cleared())) == []
    assert tally.details[("nothing", "no home")] == ['i1: =1, "quoted"']
