"""What may be asked of patterns."""

from __future__ import annotations

import pytest

from waqai.codebook import load_codebook
from waqai.core import BeyondBounds
from waqai.observing.limits import HAPPENED, check_area, check_forecast, check_period, check_question
from waqai.store import Filters

ACTORS = frozenset({"sdf"})


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(words="Qalat prison"), "by words"),
        (Filters(tag=("qalat",)), "by tag"),
        (Filters(actor=("Qalat prison",)), "'Qalat prison' is no body of the register"),
        (Filters(actor=("sdf", "Karim Aziz")), "'Karim Aziz' is no body"),
    ],
)
def test_a_question_that_could_be_narrowed_to_a_facility_or_a_person_is_refused_with_the_reason(filters: Filters, said: str) -> None:
    with pytest.raises(BeyondBounds, match=said):
        check_question(filters, actors=ACTORS)


def test_what_took_place_or_was_tried_is_counted_unless_statuses_are_named() -> None:
    assert check_question(Filters(actor=("sdf",)), actors=ACTORS).status == HAPPENED
    assert check_question(Filters(status=("planned",)), actors=ACTORS).status == ("planned",)


@pytest.mark.parametrize("period", ["day", "hour", "weekday", "Week", ""])
def test_nothing_is_told_by_what_is_finer_than_a_week(period: str) -> None:
    with pytest.raises(BeyondBounds, match="week or month"):
        check_period(period)


@pytest.mark.parametrize("area", ["admin2", "town", "facility", "point"])
def test_nothing_is_told_by_what_is_finer_than_a_province(area: str) -> None:
    with pytest.raises(BeyondBounds, match="country or admin1"):
        check_area(area)


@pytest.mark.parametrize("filters", [Filters(), Filters(family=("combat", "custody_exit")), Filters(type=("jailbreak",)), Filters(type=("clash", "arrest"))])
def test_custody_is_forecast_by_country_only(filters: Filters) -> None:
    codebook = load_codebook()
    check_forecast(filters, "country", codebook=codebook)
    with pytest.raises(BeyondBounds, match="custody is forecast by country only"):
        check_forecast(filters, "admin1", codebook=codebook)
    with pytest.raises(BeyondBounds, match="custody is forecast by country only"):
        check_forecast(Filters(type=filters.type, family=filters.family, admin1=("Aleppo",)), "country", codebook=codebook)


def test_what_is_no_custody_may_be_forecast_by_province() -> None:
    check_forecast(Filters(family=("combat",), type=("clash",)), "admin1", codebook=load_codebook())
