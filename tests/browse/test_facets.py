from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from crowds import ACTORS, REGISTER, Crowd, crowd
from waqai.browse import FACETS, Browser, Facet
from waqai.store import Filters, Store

MIXES = (
    Filters(),
    Filters(type=("escape", "clash")),
    Filters(family=("custody_exit",), status=("occurred", "planned")),
    Filters(country=("sy",), admin1=("aleppo",)),
    Filters(admin1=("SY/Aleppo", "/Nowhere"), grade=("weak",)),
    Filters(actor=("north-council",)),
    Filters(actor=("river guard", "lake-union"), publisher=("the daily",)),
    Filters(since=date(2021, 6, 1), until=date(2022, 1, 10)),
    Filters(since=date(2022, 1, 1), words="river"),
    Filters(words="bridge", type=("aid",)),
    Filters(type=("meeting",), publisher=("Nobody's Paper",)),
)


@pytest.fixture
def full(store: Store) -> Crowd:
    return crowd(store, 7, reports=60)


@pytest.fixture
def asked(full: Crowd) -> Browser:
    return Browser(full.store, actors=REGISTER)


def facet(asked: Browser, name: str, filters: Filters, *, most: int = 100) -> Facet:
    return next(one for one in asked.facets(filters, most=most) if one.name == name)


def how_many(store: Store, filters: Filters) -> int:
    return len(list(store.iter_incidents(filters)))


def test_a_count_is_how_many_incidents_would_be_left_with_that_value_alone(full: Crowd, asked: Browser) -> None:
    for filters, one in ((mix, one) for mix in MIXES for one in asked.facets(mix, most=100)[:-1]):
        found = {value.value: value.count for value in one.values}
        assert found == {value: how_many(full.store, replace(filters, **{one.name: (value,)})) for value in found}, one.name


def test_no_value_is_left_out(full: Crowd, asked: Browser) -> None:
    """Every incident that passes the other filters has its type, status, grade and country among the values, each as often as it should."""
    for filters, name in product(MIXES, ("type", "status", "grade", "country")):
        left = full.store.iter_incidents(replace(filters, **{name: ()}))
        told = [(one.where.country if one.where else None) if name == "country" else getattr(one, name) for one in left]
        expected = {value: told.count(value) for value in told if value is not None}
        assert {value.value: value.count for value in facet(asked, name, filters).values if value.count} == expected


def test_a_period_counts_what_can_have_taken_place_in_it(full: Crowd, asked: Browser) -> None:
    for filters in MIXES:
        found = {value.value: value.count for value in facet(asked, "period", filters).values}
        assert found == {period: how_many(full.store, replace(filters, **days_of(period))) for period in found}
        dated = [one.when for one in full.store.iter_incidents(replace(filters, since=None, until=None)) if one.when is not None]
        lengths = {len(period) for period in found}
        assert {when.earliest.isoformat()[:length] for when in dated for length in lengths} <= set(found)


def days_of(period: str) -> dict[str, date]:
    year, _, month = period.partition("-")
    if not month:
        return {"since": date(int(year), 1, 1), "until": date(int(year), 12, 31)}
    following = date(int(year) + int(month) // 12, int(month) % 12 + 1, 1)
    return {"since": date(int(year), int(month), 1), "until": date.fromordinal(following.toordinal() - 1)}


def test_periods_are_years_and_within_two_years_months(asked: Browser) -> None:
    assert {value.value for value in facet(asked, "period", Filters()).values} == {"2021", "2022", "2023"}
    chosen = facet(asked, "period", Filters(since=date(2021, 7, 5), until=date(2021, 8, 1)))
    assert {value.value for value in chosen.values if value.chosen} == {"2021-07", "2021-08"}
    assert any(not value.chosen for value in chosen.values)


def test_most_come_first_and_of_equals_the_first_by_name(asked: Browser) -> None:
    for one in asked.facets(Filters(), most=100):
        assert list(one.values) == sorted(one.values, key=lambda value: (-value.count, value.value))


def test_chosen_values_are_always_listed_and_the_others_are_told_by_number(asked: Browser) -> None:
    everything = facet(asked, "type", Filters())
    rarest = everything.values[-1].value
    few = facet(asked, "type", Filters(type=(rarest, "no such type")), most=2)
    assert [(value.value, value.chosen) for value in few.values] == [
        *((value.value, False) for value in everything.values[:2]),
        (rarest, True),
        ("no such type", True),
    ]
    assert few.others == len(everything.values) - 3


def test_only_bodies_of_the_register_are_listed(full: Crowd, asked: Browser) -> None:
    assert how_many(full.store, Filters(actor=("lone-wolf",))) > 0
    assert {value.value for value in facet(asked, "actor", Filters()).values} == set(ACTORS) - {"lone-wolf"}
    assert [one.name for one in asked.facets(Filters())] == list(FACETS)
    assert not {"facility", "person", "place", "speaker"} & set(FACETS)


def test_a_province_is_told_apart_by_its_country_and_a_filter_by_its_name_alone_chooses_both(asked: Browser) -> None:
    found = facet(asked, "admin1", Filters(admin1=("Aleppo",)))
    assert {value.value for value in found.values if value.chosen} == {"SY/Aleppo", "US/Aleppo"}
    assert "/Nowhere" in {value.value for value in found.values}


def test_a_store_without_incidents_has_facets_without_values(store: Store) -> None:
    assert all(one.values == () and one.others == 0 for one in Browser(store, actors=REGISTER).facets(Filters()))
