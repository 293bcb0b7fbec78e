from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from imports.tables import OWN, fail_one, read, read_one, write


def test_a_row_in_our_own_columns(tmp_path: Path) -> None:
    row = read_one(tmp_path, OWN | {"person_held": "detainees; two guards", "figures_of": "escaped: foreign fighters", "source": "The Daily"})
    assert (row.dataset, row.id, row.type, row.status, row.earliest, row.latest) == ("csv", "inc-1", "escape", "occurred", date(2023, 6, 18), date(2023, 6, 18))
    assert [(f.measure, f.of_whom, f.low, f.high, f.best) for f in row.figures] == [("escaped", "foreign fighters", 20, 25, None)]
    assert [(p.role, p.name) for p in row.parties] == [("person_held", "detainees"), ("person_held", "two guards")]
    assert row.speaker == "The Daily"


def test_columns_and_types_of_a_table_that_a_person_explained(tmp_path: Path) -> None:
    table = write(tmp_path / "theirs.csv", [{"Ref": "7", "What": "Prison break", "Day": "3/4/2023", "Town": "Tel Salam", "Dead": "2"}])
    (row,) = read(
        table,
        columns={"id": "Ref", "type": "what", "earliest": "Day", "place": "Town", "killed": "Dead"},
        types={"prison break": "jailbreak"},
        dates="day_first",
    )
    assert (row.type, row.earliest, row.place.name, row.figures[0].best, row.figures[0].columns) == ("jailbreak", date(2023, 4, 3), "Tel Salam", 2, ("Dead",))


def test_another_word_for_a_type_brings_its_status(tmp_path: Path) -> None:
    row = read_one(tmp_path, OWN | {"type": "thwarted escape"})
    assert (row.type, row.status) == ("escape", "foiled")


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("type", "prison_break", "ambiguous"),
        ("type", "picnic", '--type "picnic=TYPE"'),
        ("country", "Atlantis", "two letters"),
        ("escaped_high", "10", "low, 20, and high, 10"),
    ],
)
def test_a_wrong_cell_is_named_with_what_would_help(column: str, value: str, why: str, tmp_path: Path) -> None:
    error = fail_one(tmp_path, OWN | {column: value})
    assert (error.column, why in error.why) == (column, True)
