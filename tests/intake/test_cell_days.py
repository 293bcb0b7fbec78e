"""A cell is a day only where it can be meant in one way."""

from collections.abc import Iterable
from datetime import date

import pytest

from waqai.intake.cell_days import CellDays, meanings_of, orders_of


def never() -> Iterable[str]:
    raise AssertionError("the column is not needed")


@pytest.mark.parametrize(
    "written",
    [
        *("2023-06-18", "2023-06-18T23:30:00+03:00", "2023-06-18 00:00:00", "2023/06/18", "2023.06.18", "20230618", "2023/06/18 10:30"),
        *("18 June 2023", "18-Jun-2023", "18th june, 2023", "June 18, 2023", "Jun. 18 2023", " 18  June 2023 ", "18 June 2023 14:05"),
        *("18/06/2023", "18.6.2023", "06-18-2023", "18/06/2023 10:30:00"),
    ],
)
def test_a_day_that_can_be_meant_in_one_way_needs_no_column(written: str) -> None:
    assert CellDays(never).parse(written) == date(2023, 6, 18)


def test_the_same_number_twice_is_one_day_in_either_order() -> None:
    assert CellDays(never).parse("05/05/2023") == date(2023, 5, 5)


@pytest.mark.parametrize(("other", "day"), [("18/06/2023", date(2023, 4, 3)), ("06/18/2023", date(2023, 3, 4))])
def test_the_whole_column_decides_and_is_read_once(other: str, day: date) -> None:
    scans = []

    def scan() -> list[str]:
        scans.append(1)
        return ["03/04/2023", "unknown", "", "2023-01-02", other]

    days = CellDays(scan)
    assert [days.parse("03/04/2023"), days.parse("3.4.2023")] == [day, day]
    assert scans == [1]


@pytest.mark.parametrize(
    ("column", "why"), [(["01/02/2023", "05/05/2023"], "no other date of its column tells which"), (["18/06/2023", "06/18/2023"], "dates of both orders")]
)
def test_a_column_that_does_not_decide_leaves_the_day_open(column: list[str], why: str) -> None:
    with pytest.raises(ValueError, match=f"'03/04/2023' can be 2023-04-03 or 2023-03-04, and .*{why}: write YYYY-MM-DD, or say how"):
        CellDays(lambda: column).parse("03/04/2023")


def test_a_persons_word_decides_without_the_column() -> None:
    assert CellDays(never, order="month_first").parse("03/04/2023") == date(2023, 3, 4)


@pytest.mark.parametrize("written", ["soon", "2023", "31/02/2023", "99/99/2023", "3/4/23", "45095", "18 Juni 2023", "June 2023", "2023-13-01", "=TODAY()"])
def test_what_is_no_day_is_said(written: str) -> None:
    with pytest.raises(ValueError, match="is no day; write YYYY-MM-DD, or leave the cell empty"):
        CellDays(lambda: []).parse(written)


def test_orders_speak_only_where_one_is_possible() -> None:
    assert orders_of(["03/04/2023", "05/05/2023", "x"]) == frozenset()
    assert meanings_of("18/06/2023") == {"day_first": date(2023, 6, 18)}
