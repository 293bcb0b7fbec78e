"""What the words call places, with the gazetteer at hand."""

from __future__ import annotations

import pytest

from places.mentions import mention
from waqai.places import Gazetteer
from waqai.places.calling import Calling

TOWN, PROVINCE = "geonames:165509", "geonames:173813"


@pytest.mark.parametrize(
    ("text", "name", "country", "level"),
    [
        ("Shells fell on two villages in Idlib.", "Idlib", "SY", "admin1"),
        ("Shells fell in another part of Baghlan.", "Baghlan", "AF", "admin1"),
        ("Shells fell on a district in Mosul.", "Mosul", "IQ", None),  # no province bears the name
        ("Men held Kalat, a district in Balochistan.", "Kalat", "PK", "admin2"),
        ("Men held Kalat, a district in Balochistan. The city of Kalat is calm.", "Kalat", "PK", None),
        ("Shells fell on several districts of Baghdad.", "Baghdad", "IQ", None),  # of the city
        ("Men fled to tambon Yaha.", "Yaha", "TH", "admin2"),
        ("Men held Kalat.", "Kalat", "PK", None),
    ],
)
def test_the_words_around_a_name_tell_its_level(gazetteer: Gazetteer, text: str, name: str, country: str, level: str | None) -> None:
    assert Calling(gazetteer, text, {country}).level(mention(text, name)) == level


@pytest.mark.parametrize(
    ("text", "relation", "told"),
    [
        ("A mine went off close to Ras Al-Ain.", "in", "near"),
        ("A shell fell on the Ras Al-Ain area.", "in", "near"),
        ("A bomb went off outside the Ras Al-Ain office of an agency.", "outside", "in"),
        ("A bomb went off outside Ras Al-Ain.", "outside", "outside"),
        ("A bomb went off in Ras Al-Ain.", "in", "in"),
    ],
)
def test_the_words_around_a_town_tell_how_near_it_was(gazetteer: Gazetteer, text: str, relation: str, told: str) -> None:
    where = mention(text, "Ras Al-Ain", relation=relation)
    assert Calling(gazetteer, text, {"SY"}).relation(where, gazetteer.get(TOWN)) == told


def test_what_is_close_to_a_province_is_not_told_by_the_words_before_it(gazetteer: Gazetteer) -> None:
    text = "A prison near the capital of Hasakah."
    assert Calling(gazetteer, text, {"SY"}).relation(mention(text, "Hasakah"), gazetteer.get(PROVINCE)) == "in"


def test_a_compass_word_in_the_name_of_a_province_or_a_prison_is_no_direction(gazetteer: Gazetteer) -> None:
    text = "Men fled Makala Central prison; others went to the Far North, or to northern Cameroon."
    calling = Calling(gazetteer, text, {"CD", "CM"})
    assert calling.direction(mention(text, "Makala Central", kind="prison")) is None
    assert calling.direction(mention(text, "Far North")) is None
    assert calling.direction(mention(text, "northern Cameroon")) == "northern"
    assert Calling(gazetteer, text, {"SY"}).direction(mention(text, "Far North")) == "Far North"  # there it is nobody's name


def test_a_prison_is_looked_up_by_its_full_name_where_the_words_speak_of_it(gazetteer: Gazetteer) -> None:
    text = "There are 12 captives at Guantanamo. The town of Guantanamo is calm."
    calling = Calling(gazetteer, text, {"CU"})
    assert calling.full_name(mention(text, "Guantanamo")) == "Guantanamo prison"
    assert calling.full_name(mention(text, "Guantanamo", nth=1)) == "Guantanamo"


def test_the_prison_that_a_city_is_named_before_is_no_city(gazetteer: Gazetteer) -> None:
    """However large the city; beside its prison it may be told of too."""
    text = "Men fled the Sanaa prison of Hasakah. Envoys met in Sanaa."
    calling = Calling(gazetteer, text, {"SY", "YE"})
    assert calling.full_name(mention(text, "Sanaa")) == "Sanaa prison"
    assert calling.full_name(mention(text, "Sanaa", nth=1)) == "Sanaa"


def test_an_island_is_coded_as_a_town(gazetteer: Gazetteer) -> None:
    text = "Men raided Jolo island and the Koton desert."
    calling = Calling(gazetteer, text, {"PH"})
    assert calling.coded_level(mention(text, "Jolo", kind="island")) == "town"
    assert calling.coded_level(mention(text, "Koton", kind="desert")) == "region"
