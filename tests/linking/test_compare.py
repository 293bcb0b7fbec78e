import pytest

from linking.card_maker import HASAKAH, RAQQA, days_later, make_count, make_report, tell
from waqai.core import Where
from waqai.linking import compare_tellings, make_telling
from waqai.linking.compare import are_far_apart, compare_facilities, compare_figures, compare_places, compare_times, facility_tokens, speaks_of_repeat

REPORT = make_report("Inmates rioted in a prison.", title="Riot", published="2020-05-05")


def riot(**facts: object):
    return make_telling(tell(REPORT, "prison_riot", "rioted", **facts))


@pytest.mark.parametrize(
    ("gap", "state"),
    [(0, "same day"), (1, "same day"), (2, "days apart"), (5, "a week apart"), (12, "a fortnight apart"), (34, "weeks apart"), (700, "months apart")],
)
def test_days_between_two_days_have_a_name(gap: int, state: str) -> None:
    assert compare_times(riot(day="2020-03-29"), riot(day=days_later("2020-03-29", gap))) == (state, gap)


def test_a_month_that_holds_the_day_is_the_same_period_and_no_more() -> None:
    assert compare_times(riot(day=("2020-03-01", "2020-03-31")), riot(day="2020-03-29")) == ("same period", 0)


def test_a_report_cannot_tell_of_what_came_after_it() -> None:
    assert compare_times(riot(day="2020-06-01"), riot())[0] == "after press"


def test_without_days_the_press_dates_say_what_they_can() -> None:
    assert compare_times(riot(), riot())[0] == "fresh"
    assert compare_times(riot(day="2020-03-29"), riot())[0] == "late"
    assert compare_times(riot(day="2019-03-29"), riot())[0] == "stale"


def test_a_press_date_says_nothing_on_an_undated_earlier_act() -> None:
    assert compare_times(riot(background=True), riot(day="2020-05-04"))[0] == "unknown"


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


def test_one_facility_of_the_gazetteer_is_the_same_whatever_it_is_called() -> None:
    known = HASAKAH | {"name": "Ghweran prison", "place_id": "waqai:ghweran-prison"}
    assert compare_facilities(riot(place=known, facility="al-Sina'a prison").lead, riot(place=known, facility="Ghweran jail").lead) == "same"


def test_different_figures_stand_side_by_side() -> None:
    equal, telling, apart = compare_figures((make_count("escaped", 25),), (make_count("escaped", 37),))
    assert (equal, telling, apart) == ((), (), ("25 against 37 escaped",))


def test_an_odd_number_told_twice_says_more_than_a_round_one() -> None:
    equal, telling, _ = compare_figures(
        (make_count("escaped", 384), make_count("killed", 100), make_count("wounded", 3)),
        (make_count("escaped", 384), make_count("killed", 100), make_count("wounded", 3)),
    )
    assert equal == ("384 escaped", "100 killed", "3 wounded") and telling == ("384 escaped",)


@pytest.mark.parametrize(("a", "b", "far"), [(41, 480, True), (25, 37, False), (4, 200, False), (0, 12, False)])
def test_only_fivefold_differences_of_large_numbers_speak_against(a: float, b: float, far: bool) -> None:
    assert are_far_apart((make_count("escaped", a),), (make_count("escaped", b),)) is far


@pytest.mark.parametrize(
    ("title", "again"),
    [
        ("Second riot in two months", True),
        ("Inmates riot again", True),
        ("Fresh unrest in jail", True),
        ("Jail in army's hands again", False),
        ("Riot in jail", False),
    ],
)
def test_a_repetition_is_heard(title: str, again: bool) -> None:
    report = make_report("Inmates rioted in a prison.", title=title)
    assert speaks_of_repeat(make_telling(tell(report, "prison_riot", "rioted"))) is again


def test_features_do_not_depend_on_the_side() -> None:
    a, b = riot(day="2020-03-29", place=HASAKAH, facility="Ghweran prison"), riot(day="2020-05-02", place=RAQQA, facility="Alaya prison")
    left, right = compare_tellings(a, b), compare_tellings(b, a)
    assert (left.time, left.place, left.facility, left.kinds, left.text) == (right.time, right.place, right.facility, right.kinds, right.text)


def test_a_place_is_not_compared_by_an_id_alone() -> None:
    where = riot(place=HASAKAH | {"place_id": "geonames:1", "precision": "P6_country"}).lead.where
    assert isinstance(where, Where) and compare_places(where, where)[0] == "same country"
