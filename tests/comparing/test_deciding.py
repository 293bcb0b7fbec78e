from __future__ import annotations

from sides import later, side
from waqai.comparing.deciding import Decided, decide
from waqai.comparing.matching import Pair
from waqai.comparing.sides import Side


def pair(ours: int, theirs: int, weight: float = 9.0) -> Pair:
    return Pair(ours=ours, theirs=theirs, weight=weight, probability=2**weight / (1 + 2**weight), because=("same day",))


def run(*pairs: Pair, ours: list[Side] | None = None, theirs: list[Side] | None = None, per_telling: bool = False) -> Decided:
    some = [side(str(number)) for number in range(3)]
    return decide(pairs, ours or some, theirs or some, per_telling=per_telling)


def test_the_most_probable_pairs_are_taken_each_happening_once() -> None:
    found = run(pair(0, 0, 14), pair(1, 1, 10), pair(0, 1, 3), pair(2, 0, 2))
    assert [(one.ours, one.theirs, one.verdict) for one in found.matches] == [((0,), (0,), "match"), ((1,), (1,), "match")]
    assert found.near_ours == {2: 0} and found.near_theirs == {}


def test_what_fits_two_as_well_is_possible_and_names_the_other() -> None:
    (one,) = run(pair(0, 0), pair(0, 1)).matches
    assert one.verdict == "possible" and [(rival.ours, rival.theirs) for rival in one.rivals] == [(0, 1)]


def test_a_match_names_no_rivals() -> None:
    (one,) = run(pair(0, 0, 9), pair(0, 1, 7.4)).matches
    assert one.verdict == "match" and one.probability < 0.8 and one.rivals == ()


def test_what_is_hardly_probable_is_no_pair() -> None:
    assert run(pair(0, 0, -4)) == Decided(matches=(), near_ours={}, near_theirs={})


def test_days_that_theirs_code_one_by_one_join_ours_that_spans_them() -> None:
    ours = [side("o", later(0), later(3))]
    theirs = [side("first", later(0)), side("second", later(2)), side("after", later(4))]
    (one,) = (found := run(pair(0, 0, 12), pair(0, 1, 9), pair(0, 2, 9), ours=ours, theirs=theirs)).matches
    assert one.theirs == (0, 1) and found.near_theirs[2] == 0


def test_ours_of_single_days_join_theirs_that_spans_them() -> None:
    theirs = [side("t", later(0), later(6))]
    (one,) = run(pair(0, 0, 12), pair(1, 0, 9), ours=[side("a", later(1)), side("b", later(5))], theirs=theirs).matches
    assert one.ours == (0, 1) and one.theirs == (0,)


def test_two_on_the_same_single_day_are_not_joined() -> None:
    found = run(pair(0, 0, 14), pair(0, 1, 9))
    assert [one.theirs for one in found.matches] == [(0,)] and found.near_theirs == {1: 0}


def test_any_number_of_tellings_are_one_happening() -> None:
    (one,) = run(pair(0, 0), pair(0, 1), pair(0, 2), per_telling=True).matches
    assert one.theirs == (0, 1, 2) and one.verdict == "match"
