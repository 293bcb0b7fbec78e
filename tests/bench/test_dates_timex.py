"""Our dates as TIMEX3."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bench.dates_timex import load_gold, tag_text
from bench.figures import Skipped

PRESS = date(2023, 6, 20)  # a Tuesday


def values(text: str) -> list[tuple[str, str | None]]:
    return [(timex.type, timex.value) for timex in tag_text(text, PRESS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fled on Sunday.", [("DATE", "2023-06-18")]),
        ("They fled on Friday morning.", [("TIME", "2023-06-16TMO")]),
        ("They leave at 9 a.m. Tuesday.", [("TIME", "2023-06-20T09:00")]),
        ("They fled on Sunday. At 10 p.m. two were caught.", [("DATE", "2023-06-18"), ("TIME", "2023-06-18T22:00")]),
        ("They will vote on Friday.", [("DATE", "2023-06-23")]),
        ("It began last week.", [("DATE", "2023-W24")]),
        ("It began over the weekend.", [("DATE", "2023-W24-WE")]),
        ("It lasted from 1991 to 1997.", [("DATE", "1991"), ("DATE", "1997")]),
        ("It was so in the 1980s.", [("DATE", "198")]),
        ("Over the past two years it rose.", [("DURATION", "P2Y")]),
        ("They met for three hours.", [("DURATION", "PT3H")]),
        ("After a three-day siege it fell.", [("DURATION", "P3D")]),
        ("It went on for weeks.", [("DURATION", "PXW")]),
        ("A 25-year-old man who is 3 years old.", []),
        ("They meet every week.", [("SET", "P1W")]),
        ("They march each July.", [("SET", "XXXX-07")]),
        ("They ran four flights a week.", [("SET", "P1W")]),
        ("They are now weak.", [("DATE", "PRESENT_REF")]),
        ("They recently fled.", [("DATE", "PAST_REF")]),
        ("In recent years they fled.", [("DATE", "PAST_REF")]),
        ("They will return in the future.", [("DATE", "FUTURE_REF")]),
        ("The week of June 7 was calm.", [("DATE", "2023-W23")]),
    ],
)
def test_a_stretch_has_its_timex_value(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert values(text) == expected


def test_a_year_earlier_in_the_talk_of_a_quarter_is_that_quarter() -> None:
    text = "In the first quarter profit was $5 million, or 3 cents a share, up 4% from $4.8 million a year earlier."
    assert [value for _, value in values(text)] == ["2023-Q1", "2022-Q1"]


def test_a_year_earlier_without_such_talk_is_a_year() -> None:
    assert values("They had fled a year ago.") == [("DATE", "2022")]


def test_no_two_stretches_share_a_character() -> None:
    found = tag_text("Every Friday for the past two years, from 9 a.m. Monday until now, they met daily in the third quarter of 2019.", PRESS)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_without_the_gold_the_bench_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(Skipped):
        load_gold(tmp_path)
