from __future__ import annotations

from typing import Literal

from sides import killed, later, side
from waqai.comparing import SCHEMES, Alone, Comparison, Matched, count_agreement, count_places, count_reasons, list_differences
from waqai.comparing.deciding import Match
from waqai.comparing.differing import compare_sides
from waqai.comparing.sides import Range, Side


def matched(ours: Side, *theirs: Side, verdict: Literal["match", "possible"] = "match") -> Matched:
    match = Match(ours=(0,), theirs=tuple(range(len(theirs))), probability=0.9, verdict=verdict, because=("same day",))
    return Matched(match=match, ours=(ours,), theirs=theirs, fields=compare_sides((ours,), theirs), rivals=())


COMPARISON = Comparison(
    scheme=SCHEMES["csv"],
    matched=(
        matched(side("a"), side("A", later(2), figures=killed(9))),
        matched(side("b", figures=killed(3, escaped=Range(low=25, high=25))), side("B", figures=killed(90))),
        matched(side("c", later(0), later(1)), side("C1", later(0), figures=killed(1)), side("C2", later(1), figures=killed(2))),
        matched(side("d"), side("D", figures=killed(500)), verdict="possible"),
    ),
    ours_only=(Alone(side=side("e")), Alone(side=side("f"), outside="no day is known")),
    theirs_only=(Alone(side=side("E"), outside="far"), Alone(side=side("F"), outside="far"), Alone(side=side("G"), outside="early")),
)


def test_each_side_is_counted_by_where_it_is() -> None:
    ours, theirs = count_places(COMPARISON)
    assert (ours.both, ours.perhaps, ours.alone, ours.outside, ours.all) == (3, 1, 1, 1, 6)
    assert (theirs.both, theirs.perhaps, theirs.alone, theirs.outside, theirs.all) == (4, 1, 0, 3, 8)


def test_reasons_are_counted_the_most_frequent_first() -> None:
    assert count_reasons(COMPARISON.theirs_only) == [("far", 2), ("early", 1)] and count_reasons(COMPARISON.ours_only) == [("no day is known", 1)]


def test_agreement_is_counted_of_matches_alone_and_what_one_tells_is_no_disagreement() -> None:
    found = {one.field: (one.agree, one.differ, one.only_ours, one.only_theirs) for one in count_agreement(COMPARISON.matched)}
    assert found == {"day": (2, 1, 0, 0), "place": (3, 0, 0, 0), "type": (3, 0, 0, 0), "killed": (1, 2, 0, 0), "escaped": (0, 0, 1, 0)}


def test_figures_that_part_come_the_furthest_first_and_none_of_a_possible_match() -> None:
    assert [(one.matched.ours[0].id, one.field.apart) for one in list_differences(COMPARISON.matched, figures=True)] == [("b", 87), ("a", 6)]
    assert [(one.field.name, one.field.apart) for one in list_differences(COMPARISON.matched, figures=False)] == [("day", 2)]
