"""Places as coarse as a town."""

from __future__ import annotations

import pytest

from factories import make_where
from waqai.bounds.places import ROUNDED_KM, coarsen, is_facility_name, is_town, to_admin1
from waqai.places import distance_km


def test_a_town_keeps_its_name_and_its_point_is_rounded() -> None:
    where = coarsen(make_where("Manbij", place_id="geonames:1", lat=36.5281, lon=37.9549, radius_km=5))
    assert (where.name, where.place_id, where.lat, where.lon, where.radius_km, where.precision) == ("Manbij", "geonames:1", 36.5, 38.0, 12.9, "P2_near")


@pytest.mark.parametrize(
    ("name", "place_id"),
    [("Qalat prison", "geonames:1"), ("Ghweran", "waqai:ghweran-prison"), ("the house of Karim", None)],
)
def test_of_a_facility_and_of_what_no_gazetteer_knows_the_area_is_told(name: str, place_id: str | None) -> None:
    where = make_where(name, place_id=place_id)
    assert not is_town(where) and (coarsen(where).name, coarsen(where).place_id) == ("Hasakah", None)


def test_a_point_is_moved_by_no_more_than_the_radius_grows() -> None:
    worst = max(distance_km((0.05, 0.05), (0.0, 0.0)), distance_km((36.05, 40.05), (36.0, 40.0)))
    assert worst <= ROUNDED_KM


def test_a_first_level_area_is_told_without_a_point_and_a_country_where_it_is_not_known() -> None:
    area, country = to_admin1(make_where()), to_admin1(make_where(admin1=None))
    assert (area.name, area.precision, area.lat, area.radius_km) == ("Hasakah", "P4_admin1", None, None)
    assert (country.name, country.precision) == ("SY", "P6_country")


def test_facilities_are_known_by_words() -> None:
    assert [is_facility_name(name) for name in ("Qalat central jail", "al-Hol camp", "Campania", "Hasakah")] == [True, True, False, False]
