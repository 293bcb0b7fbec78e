from __future__ import annotations

from waqai.core import Span
from waqai.places import Gazetteer
from waqai.places.context import Votes, count_countries, names_beside


def test_a_text_speaks_of_the_countries_that_it_names(gazetteer: Gazetteer) -> None:
    text = "Turkish forces crossed into Syria, the US State Department told us. Syria's government objected, as did the Democratic Republic of the Congo."
    shares = count_countries(text, gazetteer.country_keys).shares()
    assert set(shares) == {"SY", "TR", "US", "CD"}
    assert next(iter(shares)) == "SY"
    assert abs(sum(shares.values()) - 1) < 1e-9


def test_a_province_speaks_for_its_country(gazetteer: Gazetteer) -> None:
    assert set(count_countries("Gunmen raided a village in Zamfara.", gazetteer.country_keys).shares()) == {"NG"}


def test_a_word_that_is_also_a_province_speaks_for_no_country(gazetteer: Gazetteer) -> None:
    assert set(count_countries("A visit to North and East Africa, in the Federal Capital Territory.", gazetteer.country_keys).named) == set()


def test_a_country_whose_name_a_province_bears_is_not_spoken_of(gazetteer: Gazetteer) -> None:
    assert "NE" not in count_countries("Gunmen raided Munya in Niger state. Niger State.", gazetteer.country_keys).named
    assert "NE" in count_countries("Gunmen raided Munya in Niger.", gazetteer.country_keys).named


def test_a_region_of_the_overlay_speaks_for_its_country(gazetteer: Gazetteer) -> None:
    assert set(count_countries("Erbil is in the Kurdistan Region.", gazetteer.country_keys).named) == {"IQ"}


def test_where_people_come_from_says_less_than_where_they_are(gazetteer: Gazetteer) -> None:
    text = "Turkish drones and Turkish guns hit a village in Syria."
    assert next(iter(count_countries(text, gazetteer.country_keys).shares())) == "SY"


def test_a_city_does_not_speak_for_itself() -> None:
    votes = Votes({"MZ": 1.0}, {"palma": ("ES", 1.0)})
    assert set(votes.shares()) == {"MZ", "ES"}
    assert set(votes.shares(without="palma")) == {"MZ"}
    assert Votes({}, {}).shares() == {}


def test_what_follows_a_comma_or_in_contains_the_place() -> None:
    text = "Fire broke out in Alexandria, La., and in Koton in northern Borno State."
    at = text.index("Alexandria")
    assert names_beside(text, Span(at, at + 10)) == ("Louisiana",)
    at = text.index("Koton")
    assert names_beside(text, Span(at, at + 5)) == ("Borno State",)


def test_nothing_follows_at_the_end_of_a_text() -> None:
    assert names_beside("in Koton", Span(3, 8)) == ()
