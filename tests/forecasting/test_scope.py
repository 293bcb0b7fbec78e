from __future__ import annotations

import pytest

from waqai.codebook import load_codebook
from waqai.core import BadQuestion, BeyondBounds
from waqai.forecasting import CUSTODY, check_scope


@pytest.mark.parametrize("level", ["facility", "place", "cell", "admin2", "person", ""])
def test_nothing_finer_than_a_province_is_forecast_and_the_reason_is_said(level: str) -> None:
    with pytest.raises(BeyondBounds, match="no place within is forecast"):
        check_scope(level=level, families=["combat"])


@pytest.mark.parametrize("step", ["week", "day", "hour", "weekday"])
def test_only_months_are_forecast(step: str) -> None:
    with pytest.raises(BeyondBounds, match=f"by month, not by '{step}'"):
        check_scope(level="country", step=step)


@pytest.mark.parametrize("families", [["custody_exit"], ["combat", "custody_entry"], ["custody_inside"]])
def test_custody_is_forecast_by_country_only(families: list[str]) -> None:
    assert check_scope(level="country", families=families).families == tuple(sorted(families))
    with pytest.raises(BeyondBounds, match="one province often holds one prison"):
        check_scope(level="admin1", families=families)


def test_all_families_together_hold_custody_and_are_refused_by_province() -> None:
    with pytest.raises(BeyondBounds, match="all families together"):
        check_scope(level="admin1")
    assert check_scope(level="admin1", families=["combat"]).level == "admin1"


def test_the_codebooks_custody_families_are_the_ones_held_back() -> None:
    assert {family for family in load_codebook().families if family.startswith("custody")} == CUSTODY


def test_words_that_name_nothing_are_refused() -> None:
    with pytest.raises(BadQuestion, match="no family 'prisons'"):
        check_scope(level="country", families=["prisons"])
    with pytest.raises(BadQuestion, match="incidents or deaths"):
        check_scope(level="country", measure="escapees")
