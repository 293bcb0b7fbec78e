from dataclasses import replace

import pytest

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from waqai.core import PlaceMention, Where
from waqai.linking import make_telling
from waqai.linking.spots import compare_facilities, compare_places, facility_tokens

REPORT = make_report("Inmates rioted in a prison.", title="Riot", published="2020-05-05")


def riot(**facts: object):
    return make_telling(tell(REPORT, "prison_riot", "rioted", **facts))


@pytest.mark.parametrize(
    ("other", "state"),
    [
        (HASAKAH | {"lat": 36.49}, "same place"),
        (HASAKAH | {"lat": 36.70}, "near"),
        (RAQQA, "far"),
        (HASAKAH | {"precision": "P4_admin1", "name": "Hasakah"}, "within"),
        ({"name": "Mosul", "lat": 36.34, "lon": 43.13, "admin1": "Nineveh", "country": "IQ", "precision": "P1_point"}, "other country"),
        ({"name": "Syria", "lat": None, "lon": None, "admin1": None, "country": "SY", "precision": "P6_country"}, "same country"),
        ({"name": "al-Ḥasaka", "lat": None, "lon": None, "admin1": None, "country": "SY", "precision": "P1_point"}, "same place"),  # in no gazetteer
    ],
)
def test_two_places_have_a_named_relation(other: dict[str, object], state: str) -> None:
    a, b = riot(place=HASAKAH).lead.where, riot(place=other).lead.where
    assert compare_places(a, b)[0] == compare_places(b, a)[0] == state


def test_an_unknown_place_compares_as_unknown() -> None:
    assert compare_places(None, riot(place=HASAKAH).lead.where) == ("unknown", None)


def test_spellings_of_one_prison_meet_and_other_prisons_do_not() -> None:
    a, b, c = (riot(facility=name).lead for name in ("Ghwayran prison", "the Geweran jail", "Alaya prison"))
    assert (compare_facilities(a, b), compare_facilities(a, c)) == ("same", "different")


def test_a_prison_called_by_its_town_is_no_other_prison() -> None:
    a, b = riot(facility="Hasakah prison", place=HASAKAH).lead, riot(facility="Ghweran prison", place=HASAKAH).lead
    assert facility_tokens(a) == frozenset()
    assert compare_facilities(a, b) == "unknown"


def test_a_town_that_is_only_named_beside_it_takes_no_word_from_the_name_of_a_prison() -> None:
    card = tell(REPORT, "prison_riot", "rioted", place=RAQQA, facility="Ghweran prison")
    beside = PlaceMention(name="Ghweran", phrase=card.account.evidence, role="background", p=0.1)
    assert facility_tokens(replace(card, account=replace(card.account, place_mentions=(beside,)))) == {"ghweran"}
    assert facility_tokens(replace(card, account=replace(card.account, place_mentions=(replace(beside, role="event_place"),)))) == frozenset()


def test_one_facility_of_the_gazetteer_is_the_same_whatever_it_is_called() -> None:
    known = HASAKAH | {"name": "Ghweran prison", "place_id": "waqai:ghweran-prison"}
    assert compare_facilities(riot(place=known, facility="al-Sina'a prison").lead, riot(place=known, facility="Ghweran jail").lead) == "same"


def test_a_place_is_not_compared_by_an_id_alone() -> None:
    where = riot(place=HASAKAH | {"place_id": "geonames:1", "precision": "P6_country"}).lead.where
    assert isinstance(where, Where) and compare_places(where, where)[0] == "same country"


def test_a_prison_known_by_its_id_alone_is_one_house_and_a_town_is_none() -> None:
    prison, town = (riot(place=HASAKAH | {"name": "Sinaa", "place_id": place_id}).lead for place_id in ("waqai:al-sinaa-prison", "geonames:1"))
    named = riot(place=HASAKAH | {"name": "Ghweran jail", "place_id": "geonames:1"}).lead
    assert compare_facilities(prison, prison) == "same"
    assert compare_facilities(town, town) == "unknown"
    assert compare_facilities(town, named) == compare_facilities(named, town) == "same"  # one side says that it is a prison


def test_a_prison_known_by_its_id_keeps_the_words_of_its_name() -> None:
    """The name of a town tells no prison in it from another; that of the prison itself does."""
    of_prison, of_town = (riot(place=HASAKAH | {"name": "Ghweran", "place_id": i}, facility="Ghweran prison").lead for i in ("waqai:a-prison", "geonames:1"))
    assert (facility_tokens(of_prison), facility_tokens(of_town)) == ({"ghweran"}, frozenset())


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("the Afghan prison", set()),  # told of many
        ("an American jail", set()),
        ("Hasakah's jail", set()),  # of its town
        ("Hasakeh prison", set()),  # its town, otherwise spelled
        ("Ghweran's jail", {"ghweran"}),
        ("Ghweran’s medium security prison", {"ghweran"}),
    ],
)
def test_peoples_and_towns_with_their_s_tell_no_prison_from_another(name: str, tokens: set[str]) -> None:
    assert facility_tokens(riot(place=HASAKAH, facility=name).lead) == tokens
