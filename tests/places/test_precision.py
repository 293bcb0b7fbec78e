from __future__ import annotations

import pytest

from waqai.places import Gazetteer
from waqai.places.precision import has_point, precision_of, radius_km

TOWN, DISTRICT, PROVINCE, COUNTRY = "geonames:165509", "geonames:173378", "geonames:173813", "geonames:163843"


@pytest.mark.parametrize(
    ("place_id", "level", "relation", "words", "code"),
    [
        (TOWN, None, "in", "", "P1"),
        (TOWN, None, "near", "", "P2"),
        (TOWN, None, "in", "the outskirts of ", "P2"),
        (TOWN, None, "countryside", "", "P2"),
        (TOWN, None, "in", "five kilometres from", "P2"),
        (TOWN, None, "in", "west of ", "P2"),  # outside it
        (TOWN, None, "in", "the west of ", "P1"),  # inside it
        (TOWN, None, "north", "northern ", "P1"),
        (TOWN, "admin2", "in", "", "P3"),  # "Ras al-Ain district" where only the town has a row
        (DISTRICT, None, "in", "", "P3"),
        (DISTRICT, "town", "in", "", "P1"),  # "the city of ..." where only the district has a row
        (DISTRICT, "admin2", "near", "", "P2"),
        (TOWN, "admin2", "in", "four miles south of ", "P2"),
        (PROVINCE, None, "in", "", "P4"),
        (PROVINCE, None, "north", "", "P5"),
        (PROVINCE, None, "in", "the desert of ", "P4"),
        (PROVINCE, "region", "in", "", "P5"),
        (TOWN, "admin1", "in", "", "P4"),  # "Ras al-Ain province" where only the town has a row
        (COUNTRY, None, "in", "", "P6"),
        (COUNTRY, None, "part", "", "P5"),  # "northern Syria", whose direction stands before the name
        (COUNTRY, None, "north-eastern", "", "P5"),
        (COUNTRY, "region", "in", "", "P5"),  # "the Syrian border"
        ("waqai:sahel", None, "in", "", "P7"),
        ("waqai:hamrin-mountains", None, "in", "", "P5"),
        ("waqai:roj-camp", "facility", "in", "", "P1"),
    ],
)
def test_the_words_around_a_place_give_its_precision(gazetteer: Gazetteer, place_id: str, level: str | None, relation: str, words: str, code: str) -> None:
    assert precision_of(gazetteer.get(place_id), level=level, relation=relation, words=words)[:2] == code  # type: ignore[arg-type]


def test_what_is_near_a_town_lies_within_25_km(gazetteer: Gazetteer) -> None:
    town = gazetteer.get(TOWN)
    assert radius_km(town, "P2_near") == 25.0
    assert radius_km(town, "P1_point") == 2.0
    assert has_point("P2_near") and not has_point("P4_admin1") and not has_point("P6_country")


def test_provinces_and_countries_have_an_extent(gazetteer: Gazetteer) -> None:
    assert 30 < (radius_km(gazetteer.get(PROVINCE), "P4_admin1") or 0) < 200
    assert 200 < (radius_km(gazetteer.get(COUNTRY), "P6_country") or 0) < 300
