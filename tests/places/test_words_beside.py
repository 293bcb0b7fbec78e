"""How the words right before and behind a name put a happening to it."""

from __future__ import annotations

import pytest

from places.mentions import mention
from waqai.core import Span
from waqai.places.words_beside import called_level, custody_beside, custody_called, holds_towns, is_area, is_called, is_district_before, is_near, is_of_site


def _at(text: str) -> tuple[str, Span]:
    start = text.index("Koton")
    return text, Span(start, start + 5)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("shot close to Koton, a town", True),
        ("a jail some five kilometres from Koton", True),
        ("a push on the western edge of Koton", True),
        ("fell on the outskirts of the town of Koton", True),
        ("a mine near the capital, Koton, killed", True),
        ("seized in rural parts of Koton", True),
        ("in the rural zone of Koton, a", True),
        ("a mine on the road that leads to Koton", True),
        ("on the road from Koton to Sahwa", True),
        ("hit Koton city's western outskirts", True),
        ("posts on the Koton frontline", True),
        ("shot in Koton, close to Sahwa", False),
        ("on the road in Koton", False),
        ("troops moved from Koton", False),
        ("it is near and Koton is far", False),
    ],
)
def test_words_beside_a_name_put_an_act_near_it(text: str, near: bool) -> None:
    assert is_near(*_at(text)) is near


@pytest.mark.parametrize(
    ("text", "area"), [("fell on the Koton area", True), ("in the area of Koton", True), ("hit residential areas of Koton", False), ("in Koton", False)]
)
def test_the_area_of_a_town_is_around_it(text: str, area: bool) -> None:
    assert is_area(*_at(text)) is area


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Koton, a poor district in Borno, fell. They took Koton.", "admin2"),
        ("The Koton district chief fled. They took Koton.", "admin2"),
        ("The Koton district chief fled. " + "It rained. " * 40 + "They took Koton.", None),  # far off
        ("The head of the township of Koton fled. They took Koton.", "admin2"),
        ("The Sahwa district of Koton fell. They took Koton.", None),  # a quarter of it
        ("Koton, a mixed district in the east of the city, fell. They took Koton.", None),  # a quarter
        ("Koton, a township of farmers. They took Koton.", None),
        ("They left Koton district and the town of Koton. They took Koton.", None),  # both bear the name
        ("Koton, a municipality in Cauca, fell. They took Koton.", None),  # as much a town as a district
        ("Koton Sahwa district fell, as did Koton.", None),
    ],
)
def test_a_name_that_is_called_a_district_is_one(text: str, level: str | None) -> None:
    assert called_level(text, "Koton", text.rindex("Koton")) == level


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("in another part of Koton", True),
        ("two villages in Koton", True),
        ("a village in Koton", True),
        ("the village of Koton", False),
        ("a man in Koton", False),
    ],
)
def test_what_has_villages_is_no_town(text: str, holds: bool) -> None:
    assert holds_towns(*_at(text)) is holds


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("12 prisoners left at Koton said", "prison"),
        ("captives at Koton went", "prison"),
        ("into Koton, the main jail of the island", "prison"),
        ("the correctional centre at Koton", "prison"),
        ("families in the camp at Koton", "camp"),
        ("soldiers at Koton", None),
        ("in Koton, a town that has a prison", None),
    ],
)
def test_words_beside_a_name_tell_of_its_prison_or_camp(text: str, site: str | None) -> None:
    assert custody_beside(*_at(text)) == site


def test_a_prison_named_once_in_full_is_known_by_its_name() -> None:
    assert custody_called("Men fled Koton prison. Koton was built in 1960.", "Koton") == "prison"
    assert custody_called("Women left Koton camp.", "Koton") == "camp"
    assert custody_called("Men fled Sahwa prison in Koton.", "Koton") is None


def test_a_name_that_says_whose_office_it_is_lies_around_it() -> None:
    assert is_of_site(*_at("outside the Koton office of an agency"))
    assert not is_of_site(*_at("outside Koton on Friday"))


def test_a_native_word_before_a_name_makes_it_a_district() -> None:
    assert is_district_before(*_at("three villages of tambon Koton were"))
    assert not is_district_before(*_at("three villages of Koton were"))


def test_an_island_is_called_so_before_behind_or_in_the_name() -> None:
    assert is_called(mention("raided Koton island", "Koton"), "raided Koton island", "island")
    assert is_called(mention("the isle Koton", "Koton", kind="island"), "the isle Koton", "island")
    assert is_called(mention("raided Koton Island", "Koton Island"), "raided Koton Island", "island")
    assert not is_called(mention("raided Koton near an island", "Koton"), "raided Koton near an island", "island")


def test_a_name_within_a_longer_word_is_another_name() -> None:
    text = "Rebels left Kotonia district and the New-Koton district. Men were shot in Koton."
    assert called_level(text.replace("New-Koton", "Newkoton"), "Koton", text.rindex("Koton")) is None
    assert called_level(text.replace("Kotonia", "Koton"), "Koton", text.rindex("Koton")) == "admin2"
