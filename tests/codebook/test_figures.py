"""Each rule gives low, best and high as its source says, whatever the order in which the figures come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.codebook import (
    ACLED_LIKE,
    EVERY_CASUALTY_LIKE,
    RULES,
    UCDP_LIKE,
    FigureRange,
    FigureRule,
    combine_figures,
    keep_latest,
    load_actors,
    load_codebook,
    sort_out,
)
from waqai.core import Day, Figure

CODEBOOK = load_codebook()


def figure(
    best: float | None, *, speaker: str = "SOHR", low: float | None = None, high: float | None = -1, day: int | None = None, expr: str = "", report: str = "r1"
) -> Figure:
    lowest = low if low is not None else (best or 0)
    return Figure(
        measure="killed",
        of_whom=None,
        low=lowest,
        high=best if high == -1 else high,
        best=best,
        kind="exact",
        expr=expr or f"{best}",
        speaker=speaker,
        report=report,
        said_at=date(2023, 6, day) if day else None,
    )


def ranged(*figures: Figure, rule: FigureRule, **options: object) -> FigureRange:
    return combine_figures(figures, rule=rule, codebook=CODEBOOK, **options)  # type: ignore[arg-type]


def numbers(found: FigureRange) -> tuple[float | None, float | None, float | None]:
    return found.low, found.best, found.high


@st.composite
def a_figure(draw: st.DrawFn) -> Figure:
    low = draw(st.integers(0, 50))
    high = draw(st.none() | st.integers(low, 90))
    best = draw(st.none() | st.integers(low, high if high is not None else 90))
    day: Day | None = draw(st.none() | st.dates(date(2023, 6, 1), date(2023, 6, 5)))
    return Figure(
        measure="killed",
        of_whom=None,
        low=low,
        high=high,
        best=best,
        kind="range",
        expr=draw(st.sampled_from(["dozens", "tens of men", "several", "12"])),
        speaker=draw(st.sampled_from(["SOHR", "the SOHR", "SDF", "unattributed", "police"])),
        report=draw(st.sampled_from(["r1", "r2"])),
        said_at=day,
    )


rules = st.sampled_from(list(RULES.values()))


@pytest.mark.parametrize(
    ("rule", "low", "best", "high"),
    [(UCDP_LIKE, 25, 25, 37), (ACLED_LIKE, 25, 25, 25), (EVERY_CASUALTY_LIKE, 25, 37, 37)],
)
def test_three_speakers_with_two_numbers(rule: FigureRule, low: float, best: float, high: float) -> None:
    told = (figure(25, speaker="SOHR"), figure(37, speaker="Asharq"), figure(37, speaker="police"))
    assert numbers(ranged(*told, rule=rule)) == (low, best, high)


def test_without_a_majority_the_team_decides() -> None:
    found = ranged(figure(25, speaker="SOHR"), figure(37, speaker="police"), rule=EVERY_CASUALTY_LIKE)
    assert numbers(found) == (25, None, 37) and "team" in found.because


def test_two_reports_of_one_speaker_are_one_vote() -> None:
    found = ranged(figure(25, report="r1"), figure(25, report="r2", speaker="the SOHR"), figure(37, speaker="police"), rule=EVERY_CASUALTY_LIKE)
    assert found.best is None


def test_a_later_figure_of_the_same_speaker_supersedes_the_earlier() -> None:
    chain = (figure(73, day=1), figure(103, day=2), figure(84, day=3), figure(89, day=4))
    found = ranged(*chain, rule=UCDP_LIKE)
    assert numbers(found) == (89, 89, 89)
    assert found.superseded == chain[:3]


def test_a_later_figure_of_another_speaker_stands_beside() -> None:
    assert numbers(ranged(figure(73, day=1), figure(103, speaker="police", day=2), rule=UCDP_LIKE)) == (73, 73, 103)


def test_a_speaker_revises_under_any_of_its_registered_names() -> None:
    told = (figure(25, speaker="SOHR", day=1), figure(37, speaker="Syrian Observatory for Human Rights", day=2))
    assert numbers(ranged(*told, rule=UCDP_LIKE)) == (25, 25, 37)
    assert numbers(ranged(*told, rule=UCDP_LIKE, actors=load_actors())) == (37, 37, 37)


def test_two_figures_of_nobody_in_two_reports_are_no_revision() -> None:
    told = (figure(3, speaker="unattributed", day=1, report="r1"), figure(5, speaker="unattributed", day=2, report="r2"))
    assert keep_latest(told) == told


def test_at_least_leaves_the_high_end_open_only_where_nothing_closed_reaches_beyond() -> None:
    assert ranged(figure(30, high=None), figure(25, speaker="police"), rule=UCDP_LIKE).high is None
    assert ranged(figure(20, high=None), figure(25, speaker="police"), rule=UCDP_LIKE).high == 25


@pytest.mark.parametrize(("expr", "number"), [("tens of prisoners", 10), ("dozens", 12), ("hundreds", 100), ("several men", 3)])
def test_acleds_rule_puts_its_own_number_for_a_vague_word(expr: str, number: int) -> None:
    word = CODEBOOK.find_vague(expr)
    assert word is not None
    found = ranged(figure(None, low=word.low, high=word.high, expr=expr), rule=ACLED_LIKE)
    assert numbers(found) == (number, number, number)


def test_vague_words_alone_leave_the_best_to_a_reviewer() -> None:
    assert numbers(ranged(figure(None, low=24, high=99, expr="dozens"), rule=UCDP_LIKE)) == (24, None, 99)


def test_a_reviewers_choice_stands_above_the_rules_best() -> None:
    found = ranged(figure(25), figure(37, speaker="police"), rule=UCDP_LIKE, chosen=37)
    assert found.best == 37 and "reviewer" in found.because


def test_an_unreliable_speaker_is_left_out_and_still_listed() -> None:
    found = ranged(figure(25), figure(900, speaker="The Blog"), rule=UCDP_LIKE, unreliable={"the blog"})
    assert numbers(found) == (25, 25, 25) and [f.low for f in found.left_out] == [900]


def test_a_figure_that_its_speaker_denies_stands_beside_and_corrects_nothing() -> None:
    told = (figure(25, day=1), replace(figure(40, day=2), stance="denies"), replace(figure(60, speaker="police"), stance="denies"))
    found = ranged(*told, rule=UCDP_LIKE)
    assert numbers(found) == (25, 25, 25) and set(found.denied) == set(told[1:]) and found.superseded == ()


def test_a_figure_marked_unreliable_by_its_publisher_is_left_out() -> None:
    assert ranged(replace(figure(900), unreliable=True), rule=UCDP_LIKE).low is None


def test_parts_of_a_whole_do_not_lower_it_and_other_figures_stay() -> None:
    """ "25 escaped, ten of one nation and 13 of another" is one figure; "24, others say 25" and two tolls that add up to more are several."""
    told = (figure(25), figure(10), figure(13))
    found = ranged(*told, rule=ACLED_LIKE)
    assert numbers(found) == (25, 25, 25) and len(found.parts) == 2
    assert numbers(ranged(figure(25), figure(24), rule=UCDP_LIKE)) == (24, 24, 25)
    assert numbers(ranged(figure(25), figure(24), figure(20), rule=UCDP_LIKE)) == (20, 20, 25)
    assert ranged(figure(25), figure(10, report="r2"), figure(13, report="r2"), rule=UCDP_LIKE).low == 10


def test_every_figure_says_whether_it_counts() -> None:
    told = (figure(73, day=1), figure(89, day=4), replace(figure(60, speaker="police"), stance="denies"))
    assert [standing for _, standing in sort_out(told).items()] == ["denied", "revised", "counts"]


def test_no_figure_gives_no_number() -> None:
    assert numbers(ranged(rule=UCDP_LIKE)) == (None, None, None)


def test_every_rule_has_a_name_a_version_and_a_source() -> None:
    assert list(RULES) == ["ucdp-like", "acled-like", "every-casualty-like"]
    assert all(rule.version and rule.source for rule in RULES.values())
    assert ranged(figure(1), rule=ACLED_LIKE).rule == "acled-like 1"


@given(st.lists(a_figure(), min_size=1, max_size=6), rules)
def test_low_best_and_high_are_in_order(figures: list[Figure], rule: FigureRule) -> None:
    found = combine_figures(figures, rule=rule, codebook=CODEBOOK)
    assert found.low is not None
    assert found.best is None or found.low <= found.best
    assert found.high is None or (found.low <= found.high and (found.best is None or found.best <= found.high))


@given(st.lists(a_figure(), max_size=6).flatmap(lambda fs: st.tuples(st.just(fs), st.permutations(fs))), rules)
def test_neither_order_nor_repetition_changes_the_result(both: tuple[list[Figure], list[Figure]], rule: FigureRule) -> None:
    figures, shuffled = both
    assert combine_figures(figures, rule=rule, codebook=CODEBOOK) == combine_figures([*shuffled, *shuffled], rule=rule, codebook=CODEBOOK)


@given(st.lists(a_figure(), max_size=6), rules, st.sets(st.sampled_from(["SOHR", "police"])))
def test_no_figure_gets_lost(figures: list[Figure], rule: FigureRule, unreliable: set[str]) -> None:
    found = combine_figures(figures, rule=rule, codebook=CODEBOOK, unreliable=unreliable)
    parts = (*found.used, *found.superseded, *found.parts, *found.denied, *found.left_out)
    assert len(parts) == len(set(parts)) and set(parts) == set(figures)


@given(st.lists(a_figure(), min_size=1, max_size=6))
def test_the_range_covers_every_figure_that_counts(figures: list[Figure]) -> None:
    found = combine_figures(figures, rule=UCDP_LIKE, codebook=CODEBOOK)
    assert found.low is not None
    assert all(found.low <= f.low for f in found.used)
    assert found.high is None or all(f.high is None or f.high <= found.high for f in found.used)
