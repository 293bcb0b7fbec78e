import pytest

from linking.card_maker import HASAKAH, RAQQA, make_count, make_report, tell
from waqai.core import Count
from waqai.linking import compare_tellings, make_telling
from waqai.linking.compare import are_far_apart, are_flights_apart, compare_figures, count_equal
from waqai.linking.evidence import iter_evidence

REPORT = make_report("Inmates rioted in a prison.", title="Riot", published="2020-05-05")


def riot(**facts: object):
    return make_telling(tell(REPORT, "prison_riot", "rioted", **facts))


def test_different_figures_stand_side_by_side() -> None:
    equal, telling, apart = compare_figures((make_count("escaped", 25),), (make_count("escaped", 37),))
    assert (equal, telling, apart) == ((), (), ("25 against 37 escaped",))


def counts(**figures: float) -> tuple[Count, ...]:
    return tuple(make_count(measure, n) for measure, n in figures.items())


@pytest.mark.parametrize(
    ("told", "telling"),
    [
        ({"escaped": 384}, ["384 escaped"]),  # odd
        ({"killed": 100}, []),  # round
        ({"killed": 6}, []),  # small
        ({"killed": 6, "wounded": 1}, []),  # one is told of everywhere
        ({"killed": 6, "wounded": 2}, ["6 killed", "2 wounded"]),  # two together
        ({"escaped": 384, "wounded": 1}, ["384 escaped"]),
        ({"escaped": 384, "killed": 100, "wounded": 3}, ["384 escaped", "100 killed", "3 wounded"]),
    ],
)
def test_an_odd_number_told_twice_says_more_than_a_round_one_and_so_do_two_together(told: dict[str, float], telling: list[str]) -> None:
    equal, found, _ = compare_figures(counts(**told), counts(**told))
    assert (list(equal), list(found)) == ([f"{n} {measure}" for measure, n in sorted(told.items())], telling)
    assert count_equal(counts(**told), counts(**told)) == (len(equal), len(found))


@pytest.mark.parametrize(("a", "b", "far"), [(41, 480, True), (25, 37, False), (4, 200, False), (0, 12, False)])
def test_only_fivefold_differences_of_large_numbers_speak_against(a: float, b: float, far: bool) -> None:
    assert are_far_apart((make_count("escaped", a),), (make_count("escaped", b),)) is far


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ([10], [80], True),  # eightfold
        ([10], [79], False),
        ([9], [400], False),  # few are soon many, once they are counted
        ([10, 5], [80, 3], True),  # the most of each
        ([10, 40], [80], False),
        ([], [80], False),
    ],
)
def test_an_eightfold_flight_of_ten_or_more_is_another_flight(a: list[float], b: list[float], apart: bool) -> None:
    one, other = ([make_count("escaped", n) for n in numbers] for numbers in (a, b))
    assert are_flights_apart(one, other) is are_flights_apart(other, one) is apart


def test_only_those_who_got_away_are_a_flight_and_it_speaks_against() -> None:
    one, other = riot(counts=[("escaped", 10), ("killed", 1)]), riot(counts=[("escaped", 80), ("killed", 30)])
    assert compare_tellings(one, other).flights_apart
    assert [e.name for e in iter_evidence(compare_tellings(one, other)) if e.value and e.name == "figures flights"]
    assert not compare_tellings(riot(counts=[("killed", 10)]), riot(counts=[("killed", 80)])).flights_apart


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
    assert make_telling(tell(report, "prison_riot", "rioted")).repeats is again


def test_a_repetition_is_heard_in_the_first_lines_of_news_and_in_the_sentence_of_a_mention() -> None:
    report = make_report("Inmates rioted in a prison. It was the second riot in a month.", title="Riot in jail")
    news = tell(report, "prison_riot", "rioted")
    assert make_telling(news).repeats and not make_telling(news, news=False).repeats
    assert make_telling(tell(report, "prison_riot", "second riot"), news=False).repeats


def test_features_do_not_depend_on_the_side() -> None:
    a, b = riot(day="2020-03-29", place=HASAKAH, facility="Ghweran prison"), riot(day="2020-05-02", place=RAQQA, facility="Alaya prison")
    left, right = compare_tellings(a, b), compare_tellings(b, a)
    assert (left.time, left.place, left.facility, left.kinds, left.text) == (right.time, right.place, right.facility, right.kinds, right.text)
