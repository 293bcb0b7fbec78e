"""Words that name a place, and how they stand to it."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, PLACES, parse, places_of
from waqai.codebook import load_actors
from waqai.reading.placenames import FoundPlace, find_places, guess_places


def only_place(text: str) -> FoundPlace:
    (place,) = places_of(text)
    return place


def guesses_of(text: str) -> list[FoundPlace]:
    doc = parse(text)
    found = find_places(doc, PLACES, lexicon=LEXICON)
    return list(guess_places(doc, found, PLACES, actors=load_actors(), lexicon=LEXICON))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Fighting raged in Hasakah.", "Hasakah", None),
        ("They met in Hasakah Governorate.", "Hasakah", "governorate"),  # the kind behind the name
        ("The city of Raqqa fell.", "Raqqa", "city"),  # the kind before it
        ("He was held in Kuje prison.", "Kuje", None),  # the gazetteer knows the town, not the prison
        ("Troops moved near Ras al-Ain.", "Ras al-Ain", None),
        ("Northern Aleppo was calm.", "Aleppo", None),  # the direction is no part of the name
        ("They camped outside the village of Foobar.", "Foobar", "village"),  # unknown, but called a village
    ],
)
def test_a_place_has_a_bare_name_and_what_the_words_call_it(text: str, name: str, kind: str | None) -> None:
    place = only_place(text)
    assert (place.name, place.kind, place.phrase.of(text)) == (name, kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "President Kano spoke.",  # behind a title
        "Dr. Kano spoke.",
        "The Bank of Nigeria was robbed.",  # inside a body's name
        "Aleppo Media Center reported clashes.",
        "Guards of Kano Motors left.",
        "Syrian troops left.",  # a people
        "Central Prison was attacked.",  # no name
        "Monday was calm.",
    ],
)
def test_a_name_of_something_else_is_no_place(text: str) -> None:
    assert places_of(text) == ()


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("Anbar is calm.", True),
        ("They fled to Iraq.", True),
        ("They fled to Kano.", False),
        ("They met in Hasakah Governorate.", True),
        ("They fled to Aleppo.", False),
    ],
)
def test_countries_and_provinces_are_wide(text: str, wide: bool) -> None:
    assert only_place(text).wide is wide


def test_a_country_is_told_by_the_gazetteer() -> None:
    assert only_place("They fled to Iraq.").country and not only_place("They fled to Kano.").country


def test_a_name_in_the_header_of_a_dispatch_is_marked() -> None:
    assert [(p.name, p.dateline) for p in places_of("DAMASCUS, July 14 (Xinhua) -- Troops left Raqqa.")] == [("DAMASCUS", True), ("Raqqa", False)]


def test_the_place_that_contains_another_shares_its_preposition() -> None:
    assert [(p.name, p.prep) for p in places_of("They came from Kano, Nigeria.")] == [("Kano", "from"), ("Nigeria", "from")]


def test_a_name_is_found_each_time_it_stands() -> None:
    assert [p.name for p in places_of("They left Kano. Days later they were back in Kano.")] == ["Kano", "Kano"]


def test_a_body_is_no_place_whatever_the_model_calls_it() -> None:
    assert [p.name for p in places_of("Ten members of the Haqqani Network ran away from the Kuje detention centre.")] == ["Kuje"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Jadid Foobar village, 20 people were arrested.", "Jadid Foobar"),  # behind the first word of its sentence
        ("Soldiers were killed in District Foobar on Monday.", "Foobar"),  # behind what it is
    ],
)
def test_a_name_begins_behind_the_words_that_lead_to_it(text: str, name: str) -> None:
    assert only_place(text).name == name
    assert guesses_of(text) == []


def test_a_site_is_told_past_the_words_between() -> None:
    (place,) = places_of("Men fled from the Kuje detention centre.")
    assert place.site and place.name == "Kuje"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen stormed Foobarabad, a hamlet near Kano.", "Foobarabad"),  # unknown, where no place usually stands
        ("Troops took al-Foobar on Monday.", "al-Foobar"),  # with its small article
    ],
)
def test_other_names_are_guessed_to_be_places(text: str, name: str) -> None:
    guessed = guesses_of(text)
    assert name in [p.name for p in guessed] and all(p.guessed for p in guessed)


@pytest.mark.parametrize("text", ["General Foobar spoke.", "The FBI came.", "The Foobar Front attacked.", "They came on Monday.", "Islamic State struck."])
def test_no_place_is_guessed_in_the_name_of_something_else(text: str) -> None:
    assert guesses_of(text) == []


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("They fought in the north of Iraq.", "Iraq", "part"),
        ("They fought east of Iraq.", "Iraq", "part"),  # of a country as good as within it
        ("They fought north of Aleppo.", "Aleppo", "near"),
        ("They fought in the west of Aleppo.", "Aleppo", "in"),
        ("They fought in the north-east of Aleppo.", "Aleppo", "in"),
        ("They fought in Iraq's north.", "Iraq", "part"),
    ],
)
def test_a_direction_puts_within_or_beside(text: str, name: str, relation: str) -> None:
    place = only_place(text)
    assert place.name == name
    assert (place.relation if relation != "in" else place.relation in ("in", "part")) in (relation, True)
