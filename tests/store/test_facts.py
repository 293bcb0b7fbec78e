from __future__ import annotations

from datetime import date

import pytest

from factories import make_account, make_involved, make_when, make_where
from waqai.core import When
from waqai.store.facts import days_to_look_in, names_of

PUBLISHED = date(2021, 3, 8)
MARCH = (date(2021, 3, 1), date(2021, 3, 31))


@pytest.mark.parametrize(
    ("when", "published", "background", "days"),
    [
        (make_when(*MARCH), PUBLISHED, False, MARCH),
        (make_when(date(2019, 1, 1), date(2019, 12, 31)), PUBLISHED, False, (None, None)),  # a year says no more than nothing
        (None, PUBLISHED, False, (date(2021, 2, 5), PUBLISHED)),
        (None, PUBLISHED, True, (None, None)),  # background lies further back than a month
        (None, None, False, (None, None)),
        (None, date.min, False, (date.min, date.min)),
    ],
)
def test_an_account_is_looked_for_in_its_own_days_or_before_its_publication(
    when: When | None, published: date | None, background: bool, days: tuple[date | None, date | None]
) -> None:
    assert days_to_look_in(make_account(when=when, background=background), published=published) == days


def test_names_that_tie_reports_together_are_those_of_facilities_actors_and_narrow_places() -> None:
    involved = [
        make_involved("facility", "the Al-Qalat Prison"),
        make_involved("facility", "Qalat prison"),
        make_involved("custodian", "the Northern Council", actor_id="council"),
        make_involved("facility", "the prison"),
        make_involved("origin", "Qalat"),
    ]
    account = make_account(where=make_where("Ras al-Ain", place_id=None, lat=None, lon=None), involved=involved)
    assert names_of(account) == [("place", "ras ain", None), ("facility", "qalat prison", None), ("custodian", "northern council", "council")]


def test_a_country_or_province_ties_nothing_together() -> None:
    assert names_of(make_account(where=make_where("Hasakah", precision="P4_admin1"))) == []
