from __future__ import annotations

import pytest

from places.words import labelled, plain_words
from waqai.places import Gazetteer, Home, find_mentions

HERE = Home(lat=32.3, lon=-95.3, country="US", admin1_id="geonames:4736286", p=0.8)  # east Texas


def names(gazetteer: Gazetteer, text: str, **more: object) -> list[str]:
    words = more.pop("words", plain_words(text))
    return [m.phrase.of(text) for m in find_mentions(text, words, gazetteer, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fighters in Raqqa and in Mosul fled.", ["Raqqa", "Mosul"]),  # no label is needed
        ("A raid in Homs, Syria, failed.", ["Homs", "Syria"]),
        ("Police in Springfield, Ill., said so.", ["Springfield", "Ill."]),
        ("The U.S. and Iraq agreed.", ["U.S.", "Iraq"]),
        ("A Turkish soldier died.", ["Turkish"]),
        ("The European market fell in Lyon.", ["European", "Lyon"]),  # no article
        ("The fire in Orange County spread.", ["Orange County"]),
        ("They met on Friday in March.", []),
    ],
)
def test_names_are_found_by_what_stands_around_them(gazetteer: Gazetteer, text: str, found: list[str]) -> None:
    assert names(gazetteer, text) == found


def test_a_person_by_title_or_label_is_no_place(gazetteer: Gazetteer) -> None:
    text = "Mr. Houston spoke. Later Houston left."
    assert names(gazetteer, text, words=labelled(plain_words(text), "PERSON", "Houston")) == []


def test_peoples_and_roads_say_so(gazetteer: Gazetteer) -> None:
    text = "A Syrian man crossed Highway 19."
    people, road = find_mentions(text, plain_words(text), gazetteer)
    assert (people.people, people.road, road.people, road.road) == (True, False, False, True)


def test_a_small_town_near_the_home_of_the_publisher_is_found(gazetteer: Gazetteer) -> None:
    text = "The Tyler team won."
    assert names(gazetteer, text) == []
    assert names(gazetteer, text, home=HERE) == ["Tyler"]


def test_the_small_word_us_is_no_country(gazetteer: Gazetteer) -> None:
    text = "They told us. Us they told, and the men in the US heard."
    assert names(gazetteer, text, words=labelled(plain_words(text), "GPE", "US")) == ["US"]


def test_a_higher_bar_leaves_fewer_names(gazetteer: Gazetteer) -> None:
    text = "Fighters left Raqqa and Palma met Jordan."
    assert set(names(gazetteer, text, least=0.9)) <= set(names(gazetteer, text, least=0.2))


def test_every_mention_quotes_the_text(gazetteer: Gazetteer) -> None:
    text = "In Homs\nProvince, near the Orontes River, U.S. forces met. St. Louis,  Mo., was far."
    for mention in find_mentions(text, plain_words(text), gazetteer):
        assert mention.phrase.of(text).strip() == mention.phrase.of(text) != ""


def test_an_empty_text_has_no_places(gazetteer: Gazetteer) -> None:
    assert find_mentions("", (), gazetteer) == ()
