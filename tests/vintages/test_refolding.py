from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from waqai.codebook import load_codebook
from waqai.forecasting.known import NONE
from waqai.forecasting.months import month_of
from waqai.vintages.refolding import Held, make_held

MARCH = date(2021, 3, 5)


def held(**given: Any) -> Held:
    said = {"family": "combat", "status": "occurred", "earliest": MARCH, "latest": MARCH, "country": "SY", "admin1": "Homs", "rejected": False}
    return make_held(**(said | given))


def test_only_what_happened_or_was_tried_is_counted() -> None:
    statuses = load_codebook().statuses
    assert {status for status in statuses if held(status=status).happened} == {"occurred", "ongoing", "attempted", "foiled"}
    assert not held(rejected=True).happened


@pytest.mark.parametrize(
    ("earliest", "latest", "month"),
    [
        (MARCH, MARCH, month_of(MARCH)),
        (date(2021, 3, 1), date(2021, 3, 31), month_of(MARCH)),  # "in March" is of March
        (date(2021, 3, 31), date(2021, 4, 1), NONE),
        (date(2020, 3, 5), MARCH, NONE),  # March of another year
        (None, None, NONE),
    ],
)
def test_an_incident_is_of_the_month_that_holds_all_its_days(earliest: date | None, latest: date | None, month: int) -> None:
    assert held(earliest=earliest, latest=latest).month == month


def test_a_province_is_named_with_its_country_and_never_alone() -> None:
    assert [held(country=country, admin1=admin1).admin1 for country, admin1 in (("SY", "Homs"), ("SY", None), (None, "Homs"))] == ["SY/Homs", None, None]
