from __future__ import annotations

import pytest

from places.mentions import account, mention, report
from waqai.places import Gazetteer
from waqai.places.sense import Senses


def _sense(gazetteer: Gazetteer, text: str, name: str, **more: str) -> str | None:
    where = mention(text, name, **more)  # type: ignore[arg-type]
    place = Senses(gazetteer, report(text), (account("a", (where,), text),)).resolve(where).place
    return place.id if place else None


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Syria: fighters left Hasakah.", "Hasakah", "geonames:173811"),  # bare: the town
        ("Syria: fighters left Hasakah province.", "Hasakah", "geonames:173813"),  # the word behind makes it the province
        ("In Nigeria, men raided Niger State.", "Niger State", "geonames:2328925"),
        ("The army of Niger withdrew.", "Niger", "geonames:2440476"),
        ("A blast hit Tripoli, Lebanon.", "Tripoli", "geonames:266826"),
        ("Libyan militias met in Tripoli.", "Tripoli", "geonames:2210247"),
        ("A man was shot in Paris, Texas.", "Paris", "geonames:4717560"),
        ("Gunmen in Mozambique raided Palma.", "Palma", "geonames:1029247"),  # Spain's is famous, but not meant
        ("A raid in North Sinai killed two.", "North Sinai", "geonames:349401"),  # the compass word is part of the name
        ("Turkey, Iran and Iraq: their ministers met in Tehran, Iraq's said.", "Tehran", "geonames:112931"),
        ("Bahrain: a riot at the correctional centre at Jau.", "Jau", "waqai:jau-prison"),
        ("Cuba: there are 45 prisoners left at Guantanamo.", "Guantanamo", "waqai:guantanamo-bay"),
        ("Israel: men fled Gilboa prison. Gilboa was built in 2004.", "Gilboa", "waqai:gilboa-prison"),
        ("France gave aid. In Paris, Nigeria's president met donors.", "Paris", "geonames:2988507"),  # what stands behind it does not contain it
    ],
)
def test_the_report_decides_what_a_name_means(gazetteer: Gazetteer, text: str, name: str, place_id: str) -> None:
    assert _sense(gazetteer, text, name) == place_id


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Syria a shell hit Umm Wahmiyya.", "Umm Wahmiyya"),
        ("In Sudan a shell hit the Saudi Hospital.", "Saudi Hospital"),  # no country is a hospital
        ("It happened at the popular market in Iraq.", "popular market"),
        ("In Syria a drone hit the village of al-Jasemi.", "al-Jasemi"),  # Jasim is a town
        ("In Iraq men shot at a post in Adwaniya.", "Adwaniya"),  # no spelling of Diwaniyah
    ],
)
def test_a_place_that_the_gazetteer_lacks_is_not_made_up(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert _sense(gazetteer, text, name) is None


def test_a_name_is_looked_up_with_the_word_for_what_it_is(gazetteer: Gazetteer) -> None:
    text = "In Syria men were exchanged at al-Eis crossing."
    assert _sense(gazetteer, text, "al-Eis", kind="crossing") == "waqai:al-eis-crossing"


def test_one_name_has_one_sense_in_a_report(gazetteer: Gazetteer) -> None:
    text = "Men fled a jail in Ras Al-Ain in northern Hasakah Governorate. Later a shell hit Ras Al-Ain."
    first, second = mention(text, "Ras Al-Ain"), mention(text, "Ras Al-Ain", nth=1)
    senses = Senses(
        gazetteer, report(text), (account("a", (first, mention(text, "Hasakah Governorate", role="containing_area")), text), account("b", (second,), text))
    )
    assert senses.resolve(second).place == senses.resolve(first).place
    assert senses.resolve(second).because.endswith("in the area named")


def test_a_name_found_nowhere_lies_where_the_other_happenings_lie(gazetteer: Gazetteer) -> None:
    text = "Turkey denied it. Turkey's army shelled Qurmiz Wahm, Turkey said, after clashes in Afrin and Azaz in Syria. Turkey, Turkey, Turkey."
    told = [account(name, (mention(text, name),), text) for name in ("Qurmiz Wahm", "Afrin", "Azaz")]
    assert Senses(gazetteer, report(text), told[:1]).main_country[0] == "TR"
    assert Senses(gazetteer, report(text), told).main_country[0] == "SY"


def test_a_country_named_in_passing_does_not_draw_a_famous_town_to_itself(gazetteer: Gazetteer) -> None:
    text = "Syria, Iraq and Russia sent envoys, who will talk of Syria in Rome. Syria's fate, Syria's war and Syria's north divide them, and Iraq."
    text += " The United States stays away."
    assert _sense(gazetteer, text, "Rome") == "geonames:3169070"
