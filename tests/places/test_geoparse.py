from __future__ import annotations

from places.words import plain_words
from waqai.core import Span
from waqai.places import Gazetteer, Geoparser

TEXT = "Fighters left Raqqa. In Washington, a U.S. official spoke of Syria."


def test_every_place_of_a_text_is_found_and_placed(gazetteer: Gazetteer) -> None:
    placed = Geoparser(gazetteer).parse(TEXT, plain_words(TEXT))
    assert [p.mention.phrase.of(TEXT) for p in placed] == ["Raqqa", "Washington", "U.S.", "Syria"]
    assert [p.located.place.country if p.located.place else None for p in placed] == ["SY", "US", "US", "SY"]


def test_given_stretches_are_placed_without_being_found(gazetteer: Gazetteer) -> None:
    (one,) = Geoparser(gazetteer).place(TEXT, plain_words(TEXT), [Span(14, 19)])
    assert one.place is not None and one.place.name == "Raqqa"


def test_a_publisher_gets_its_home_from_its_reports(gazetteer: Gazetteer) -> None:
    texts = ["The mayor of Palestine met people from Elkhart and Frankston, Texas.", "A fire in Palestine, Texas, near Tyler."]
    parser = Geoparser(gazetteer)
    home = parser.find_home([(text, plain_words(text)) for text in texts])
    assert home is not None and home.country == "US"
    text = "Palestine, Elkhart and Frankston have new mayors."
    placed = parser.parse(text, plain_words(text), home=home)
    assert {p.located.place.admin1 for p in placed if p.located.place} == {"Texas"}


def test_an_empty_text_has_no_places(gazetteer: Gazetteer) -> None:
    assert Geoparser(gazetteer).parse("", ()) == ()
