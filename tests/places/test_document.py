from __future__ import annotations

import pytest

from waqai.core import Span
from waqai.places import DocumentResolver, Gazetteer, Home

TEXAS = Home(lat=31.8, lon=-95.6, country="US", admin1_id="geonames:4736286", p=0.8)


def located(gazetteer: Gazetteer, text: str, *names: str, home: Home | None = None) -> list[str | None]:
    """The ids of what these words mean, in the order of the text."""
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return [one.place.id if one.place else None for one in DocumentResolver(gazetteer).resolve(text, spans, home=home)]


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("A man from Paris died.", "Paris", "geonames:2988507"),
        ("A man from Paris, Tex., died.", "Paris", "geonames:4717560"),  # the area beside it
        ("Police in Springfield, Ohio, met.", "Springfield", "geonames:4525353"),
        ("The talks in Washington failed.", "Washington", "geonames:4140963"),  # the capital, not the state
        ("Farmers in Georgia met in Atlanta, Macon and Savannah.", "Georgia", "geonames:4197000"),
        ("Georgia closed its border; Tbilisi and Batumi were calm.", "Georgia", "geonames:614540"),
        ("The E.U. gave aid.", "E.U.", "waqai:european-union"),
        ("Doctors in Wales and England met.", "England", "geonames:6269131"),  # the country within, not the kingdom
    ],
)
def test_a_name_means_what_the_text_makes_it_mean(gazetteer: Gazetteer, text: str, name: str, place_id: str) -> None:
    every = [n for n in ("Atlanta", "Macon", "Savannah", "Tbilisi", "Batumi", "Wales") if n in text]
    ids = located(gazetteer, text, name, *every)
    assert ids[0] == place_id


def test_the_home_of_the_publisher_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    text, span = "The council of Huntsville met.", [Span(15, 25)]
    resolver = DocumentResolver(gazetteer)
    anywhere, at_home = resolver.resolve(text, span), resolver.resolve(text, span, home=TEXAS)
    assert [one.place.admin1 for one in (*anywhere, *at_home) if one.place] == ["Alabama", "Texas"]
    assert at_home[0].because.endswith("in the publisher's area")


def test_an_unknown_name_takes_the_area_beside_it(gazetteer: Gazetteer) -> None:
    text = "He drove to Qwertyville, Ohio, at night."
    (one,) = DocumentResolver(gazetteer).resolve(text, [Span(12, 23)])
    assert one.place is None and one.holder is not None and one.holder.name == "Ohio"
    assert one.point == (one.holder.lat, one.holder.lon)


def test_an_unknown_name_takes_the_place_whose_name_it_bears(gazetteer: Gazetteer) -> None:
    text = "Shares fell at the Mosul Stock Exchange."
    (one,) = DocumentResolver(gazetteer).resolve(text, [Span(19, 39)])
    assert one.holder is not None and one.holder.name == "Mosul" and one.because == "bears its name"


def test_an_unknown_name_lies_among_the_places_of_the_text_or_nowhere(gazetteer: Gazetteer) -> None:
    text = "From Mosul they walked to Qwertyville."
    mosul, unknown = DocumentResolver(gazetteer).resolve(text, [Span(5, 10), Span(26, 37)])
    assert unknown.point == mosul.point
    (alone,) = DocumentResolver(gazetteer).resolve("They walked to Qwertyville.", [Span(15, 26)])
    assert alone.point is None


def test_how_sure_lies_between_nothing_and_one(gazetteer: Gazetteer) -> None:
    text = "Men fled Raqqa for Springfield."
    for one in DocumentResolver(gazetteer).resolve(text, [Span(9, 14), Span(19, 30)]):
        assert 0.0 <= one.p <= 1.0 and one.because


def test_the_signs_of_a_name_end_with_its_being_unknown(gazetteer: Gazetteer) -> None:
    ((name, signs),) = DocumentResolver(gazetteer).signs("In Raqqa.", [Span(3, 8)])
    assert len(signs) == len(name.candidates) + 1 and signs[-1].unknown == 1.0


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Fighters entered Kirkuk on Monday.", "Kirkuk", "town"),
        ("Clashes in Kirkuk province went on.", "Kirkuk", "admin1"),  # the word behind it
        ("Talks in Moscow failed.", "Moscow", "town"),
        ("Three towns were quiet: Mosul, Kirkuk and Tikrit.", "Kirkuk", "town"),  # behind a town that does not lie in it
        ("Two men met in Hawija, Kirkuk, on Monday.", "Kirkuk", "admin1"),  # behind a town that does
        ("A fire in Oklahoma killed two.", "Oklahoma", "admin1"),  # Oklahoma City has a name of its own
        ("Soldiers in Borno rested.", "Borno", "admin1"),  # no town of its name
        ("Soldiers in Iraq rested.", "Iraq", "country"),
    ],
)
def test_a_bare_name_means_the_town_rather_than_its_area(gazetteer: Gazetteer, text: str, name: str, kind: str) -> None:
    every = [n for n in ("Mosul", "Hawija", "Tikrit") if n in text]
    spans = [Span(text.index(n), text.index(n) + len(n)) for n in (name, *every)]
    place = DocumentResolver(gazetteer).resolve(text, spans)[0].place
    assert place is not None and place.kind == kind


def test_a_town_and_the_area_of_its_name_are_no_rivals(gazetteer: Gazetteer) -> None:
    (one,) = DocumentResolver(gazetteer).resolve("Ankara said no.", [Span(0, 6)])
    assert one.p > 0.9


@pytest.mark.parametrize("name", ["Baghdad Street", "Kirkuk Stadium"])
def test_a_street_or_site_that_bears_the_name_of_a_town_is_not_that_town(gazetteer: Gazetteer, name: str) -> None:
    text = f"Shots were heard near {name}."
    (one,) = DocumentResolver(gazetteer).resolve(text, [Span(22, 22 + len(name))])
    assert one.place is None and one.holder is not None and one.holder.name in name and one.because == "bears its name"
