from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from waqai.core import BadQuestion
from waqai.forecasting import Panel, check_scope, make_panel
from waqai.forecasting.months import first_day, last_whole_month, month_of, name_month

JAN = month_of(date(2023, 1, 1))


def panel() -> Panel:
    return make_panel(np.arange(8).reshape(2, 4), units=["SY", "IQ"], first_month=JAN, scope=check_scope(level="country", families=["combat"]))


def test_a_panel_cut_short_knows_no_more_than_it_did() -> None:
    cut = panel().until(JAN + 1)
    assert cut.counts.tolist() == [[0, 1], [4, 5]]
    assert (cut.last_month, cut.known_on) == (JAN + 1, date(2023, 2, 28))
    with pytest.raises(BadQuestion, match="2023-01 to 2023-04, not 2023-05"):
        panel().until(JAN + 4)


def test_counts_are_asked_for_by_unit_and_month_and_an_unknown_unit_has_none() -> None:
    assert panel().in_months([JAN + 2, JAN], units=["IQ", "TR"]).tolist() == [[6, 4], [0, 0]]
    with pytest.raises(BadQuestion, match="not 2022-12"):
        panel().in_months([JAN - 1], units=["SY"])


@pytest.mark.parametrize(
    ("counts", "units", "said"),
    [
        ([[1, -1]], ["SY"], "whole numbers"),
        ([[1, 0.5]], ["SY"], "whole numbers"),
        ([[1, np.nan]], ["SY"], "whole numbers"),
        ([[1], [2]], ["SY"], "1 units"),
        ([[1], [2]], ["SY", "SY"], "twice"),
        ([[]], ["SY"], "a month at least"),
    ],
)
def test_what_is_no_panel_is_refused(counts: list[list[float]], units: list[str], said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        make_panel(counts, units=units, first_month=JAN, scope=check_scope(level="country"))


def test_months_go_round_the_year() -> None:
    assert [name_month(JAN + step) for step in (-1, 0, 11, 12)] == ["2022-12", "2023-01", "2023-12", "2024-01"]
    assert all(month_of(first_day(month)) == month for month in range(JAN - 30, JAN + 30))
    assert last_whole_month(date(2023, 1, 30)) == JAN - 1 and last_whole_month(date(2023, 1, 31)) == JAN
