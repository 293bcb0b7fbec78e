from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from waqai.core import BeyondBounds
from waqai.forecasting import KnownIncidents, LeftOut, Scope, check_scope, count_known
from waqai.forecasting.known import FOREVER, LONGEST, NONE, origin_months
from waqai.forecasting.months import month_of

JAN = month_of(date(2023, 1, 1))
COMBAT = check_scope(level="country", families=["combat"])

# (known from, until, month, family, country, province, happened)
ROWS = [
    (date(2023, 2, 3), None, JAN, 0, 0, 0, True),
    (date(2023, 2, 5), date(2023, 3, 9), JAN, 0, 0, NONE, True),  # then held to be of February …
    (date(2023, 3, 9), date(2023, 4, 1), JAN + 1, 0, 1, 1, True),
    (date(2023, 4, 1), None, JAN + 1, 0, 1, 1, False),  # … and rejected in the end
    (date(2023, 2, 5), None, NONE, 0, 0, 0, True),
    (date(2023, 2, 5), None, JAN, 0, NONE, NONE, True),
    (date(2023, 2, 5), None, JAN, 1, 0, 0, True),  # of another family
    (date(2023, 2, 5), None, JAN + 9, 0, 0, 0, True),  # in months to come
]


def known() -> KnownIncidents:
    since, until, *rest = zip(*ROWS, strict=True)
    month, family, country, admin1 = (np.array(column) for column in rest[:4])
    return KnownIncidents(
        since=np.array([day.toordinal() for day in since]),
        until=np.array([FOREVER if day is None else day.toordinal() for day in until]),
        month=month,
        family=family,
        country=country,
        admin1=admin1,
        happened=np.array(rest[4]),
        families=("combat", "custody_exit"),
        countries=("SY", "IQ"),
        provinces=("SY/Homs", "IQ/Anbar"),
        entries=np.array([day.toordinal() for day in sorted(since)]),
    )


def test_a_panel_of_a_past_day_counts_what_was_held_when_it_ended() -> None:
    panels = {day: count_known(known(), day, scope=COMBAT)[0] for day in (date(2023, 2, 4), date(2023, 2, 28), date(2023, 3, 8), date(2023, 3, 9))}
    assert [panel.counts.tolist() for panel in panels.values()] == [[[1]], [[2, 0]], [[2, 0]], [[0, 1], [1, 0]]]
    assert panels[date(2023, 3, 9)].units == ("IQ", "SY")
    assert [panel.last_entry for panel in panels.values()] == [1, 6, 6, 7]


def test_the_last_month_is_the_last_one_that_was_over() -> None:
    assert [count_known(known(), day, scope=COMBAT)[0].last_month - JAN for day in (date(2023, 2, 27), date(2023, 2, 28), date(2023, 3, 30))] == [0, 1, 1]


def test_what_is_in_no_cell_is_counted_by_its_reason() -> None:
    panel, left_out = count_known(known(), date(2023, 4, 2), scope=COMBAT)
    assert (panel.units, panel.counts.tolist()) == (("SY",), [[1, 0, 0]])
    assert left_out == LeftOut(undated=1, unplaced=1, not_happened=1, outside=1)


def test_a_panel_by_province_and_of_given_units_and_months() -> None:
    scope = check_scope(level="admin1", families=["combat"])
    assert count_known(known(), date(2023, 3, 9), scope=scope)[0].units == ("IQ/Anbar", "SY/Homs")
    panel, _ = count_known(known(), date(2023, 3, 9), scope=COMBAT, first_month=JAN - 1, last_month=JAN, units=["SY", "TR"])
    assert panel.counts.tolist() == [[0, 1], [0, 0]]


def test_a_scope_below_the_floor_is_refused_however_it_was_made() -> None:
    with pytest.raises(BeyondBounds, match="one prison"):
        count_known(known(), date(2023, 3, 9), scope=Scope(level="admin1", families=("custody_exit",), measure="incidents"))


def test_before_anything_was_known_the_panel_is_empty() -> None:
    panel, left_out = count_known(known(), date(2023, 1, 1), scope=COMBAT)
    assert panel.counts.shape == (0, 1) and panel.last_entry == 0
    assert left_out == LeftOut(undated=0, unplaced=0, not_happened=0, outside=0)


def test_what_is_told_of_long_ago_does_not_lengthen_a_panel_without_end() -> None:
    old = known()
    old.month[0] = JAN - LONGEST - 5
    panel, left_out = count_known(old, date(2023, 2, 28), scope=COMBAT)
    assert panel.first_month == JAN and left_out.outside == 2


def test_origins_are_the_months_at_whose_end_something_was_known() -> None:
    assert [month - JAN for month in origin_months(known(), until=date(2023, 5, 30))] == [1, 2, 3]
