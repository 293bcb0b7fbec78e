"""Figures of one thing come together, figures of different things stay apart, and none gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.codebook import FigureKey, group_figures, normalise_of_whom
from waqai.core import Figure


def figure(measure: str, of_whom: str | None, low: float = 25, unit: str | None = None) -> Figure:
    return Figure(
        measure=measure,
        of_whom=of_whom,
        low=low,
        high=low,
        best=low,
        kind="exact",
        expr=f"{low:g} {of_whom}",
        speaker="SOHR",
        report="r1",
        said_at=None,
        unit=unit,
    )


@pytest.mark.parametrize(
    ("one", "other", "measure"),
    [
        ("ISIS militants", "Islamic State fighters", "killed"),
        ("ISIS militants", "IS members", "killed"),
        ("the prisoners", None, "escaped"),
        ("inmates", "detainees", "escaped"),
        ("inmates", "prisoners", "killed"),
        ("people", None, "killed"),
        ("the dead", None, "killed"),
        ("policemen", "police officers", "killed"),
        ("Soldiers", "troops", "wounded"),
        ("women", "woman", "released"),
        ("attackers", "assailants", "killed"),
        ("prison guards", "the prison guards", "killed"),
    ],
)
def test_two_words_for_the_same_people_are_one_group(one: str | None, other: str | None, measure: str) -> None:
    assert normalise_of_whom(one, measure=measure) == normalise_of_whom(other, measure=measure)


@pytest.mark.parametrize(
    ("one", "other", "measure"),
    [
        ("inmates", None, "killed"),  # some of the dead, not all
        ("Iraqis", None, "escaped"),
        ("guards", "inmates", "killed"),
        ("women", "children", "released"),
        ("ISIS militants", "SDF fighters", "killed"),
        ("civilians", "soldiers", "wounded"),
    ],
)
def test_two_words_for_different_people_are_two_groups(one: str | None, other: str | None, measure: str) -> None:
    assert normalise_of_whom(one, measure=measure) != normalise_of_whom(other, measure=measure)


def test_competing_totals_of_an_escape_come_together_and_its_parts_stay_apart() -> None:
    told = [figure("escaped", "prisoners", 25), figure("escaped", None, 37), figure("escaped", "Iraqis", 10), figure("recaptured", "prisoners", 3)]
    groups = group_figures(told)
    assert {key: [f.low for f in group] for key, group in groups.items()} == {
        FigureKey(measure="escaped", of_whom="people"): [25, 37],
        FigureKey(measure="escaped", of_whom="iraqi"): [10],
        FigureKey(measure="recaptured", of_whom="people"): [3],
    }


def test_families_are_not_counted_with_people() -> None:
    assert len(group_figures([figure("displaced", None, 2000, unit="families"), figure("displaced", None, 9000)])) == 2


@given(st.lists(st.builds(figure, st.sampled_from(["killed", "escaped"]), st.none() | st.text(max_size=25), st.integers(0, 99))))
def test_every_figure_is_in_exactly_one_group(figures: list[Figure]) -> None:
    grouped = [f for group in group_figures(figures).values() for f in group]
    assert sorted(map(repr, grouped)) == sorted(map(repr, figures))


@given(st.text(max_size=40), st.sampled_from(["killed", "escaped"]))
def test_case_and_outer_spaces_never_make_another_group(words: str, measure: str) -> None:
    assert normalise_of_whom(f"  {words} ", measure=measure) == normalise_of_whom(words, measure=measure)
