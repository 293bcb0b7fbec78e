from __future__ import annotations

from waqai.core import Span
from waqai.places import DocumentResolver, Gazetteer, Home
from waqai.places.signs import Signs


def signs(gazetteer: Gazetteer, text: str, *names: str, home: Home | None = None) -> dict[str, Signs]:
    """The signs of each candidate of the first name, by id."""
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    (name, found), *_ = DocumentResolver(gazetteer).signs(text, spans, home=home)
    return {place.id: one for place, one in zip(name.candidates, found, strict=False)}


def test_an_area_beside_a_name_holds_some_of_its_places(gazetteer: Gazetteer) -> None:
    found = signs(gazetteer, "A man in Paris, Texas, died.", "Paris")
    assert (found["geonames:4717560"].inside, found["geonames:2988507"].inside) == (1, 0)


def test_the_countries_of_a_text_are_shared_out(gazetteer: Gazetteer) -> None:
    found = signs(gazetteer, "Libya and Libyan men; they met in Tripoli.", "Tripoli")
    assert found["geonames:2210247"].spoken_of > 0.9 and found["geonames:266826"].not_spoken_of == 1.0


def test_a_sea_is_outside_no_country(gazetteer: Gazetteer) -> None:
    found = signs(gazetteer, "From Libya they crossed the Mediterranean Sea.", "Mediterranean Sea")
    assert found["waqai:mediterranean"].not_spoken_of == 0.0


def test_other_places_of_the_text_are_near_or_far(gazetteer: Gazetteer) -> None:
    found = signs(gazetteer, "They went from Tripoli to Misrata and Zawiya.", "Tripoli", "Misrata", "Zawiya")
    assert found["geonames:2210247"].near > found["geonames:266826"].near


def test_the_home_counts_by_how_sure_it_is(gazetteer: Gazetteer) -> None:
    home = Home(lat=32.9, lon=13.2, country="LY", admin1_id="geonames:2210245", p=0.6)
    found = signs(gazetteer, "They met in Tripoli.", "Tripoli", home=home)
    assert 0.5 < found["geonames:2210247"].near_home <= 0.6 and found["geonames:266826"].near_home < 0.01
