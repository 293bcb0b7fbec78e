"""Quiet hours, in the time of some place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from waqai.alerts import parse_quiet
from waqai.core import NotPossible

NIGHT = parse_quiet("22:00-07:00 Europe/Paris")


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (datetime(2026, 1, 10, 20, 59, tzinfo=UTC), None),  # 21:59 in Paris
        (datetime(2026, 1, 10, 21, 0, tzinfo=UTC), datetime(2026, 1, 11, 6, tzinfo=UTC)),
        (datetime(2026, 1, 11, 5, 59, tzinfo=UTC), datetime(2026, 1, 11, 6, tzinfo=UTC)),
        (datetime(2026, 1, 11, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 7, 10, 20, 0, tzinfo=UTC), datetime(2026, 7, 11, 5, tzinfo=UTC)),  # summer: two hours before UTC
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),  # the night that has an hour less
    ],
)
def test_quiet_hours_go_over_midnight_and_by_the_clock_of_the_place(at: datetime, until: datetime | None) -> None:
    assert NIGHT.until(at) == until


def test_hours_of_one_day_end_that_day() -> None:
    noon = parse_quiet("12:00 - 13:30")
    assert noon.until(datetime(2026, 1, 1, 12, 30, tzinfo=UTC)) == datetime(2026, 1, 1, 13, 30, tzinfo=UTC)
    assert noon.until(datetime(2026, 1, 1, 13, 30, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("at night", "no quiet hours"),
        ("22:00-25:00 UTC", "no quiet hours"),
        ("22:00-07:00 Mars/Olympus", "no time zone"),
        ("7:00-7:00", "no time, or all of it"),
    ],
)
def test_what_are_no_hours_is_said(words: str, said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        parse_quiet(words)
