"""Kappa against scikit-learn's; alpha against the examples of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", worked there by hand."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from sklearn.metrics import cohen_kappa_score

from waqai.analysis import cohen_kappa, krippendorff_alpha, percent_agreement

MEG, OWEN = "0100000010", "1110010000"  # his data A, two observers, two values
BEN, GERRY = "aabbdcccedda", "babbbccceddd"  # his data B, two observers, five values
FOUR = (  # his data C and D: four observers, twelve units, some left out; columns are units
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
UNITS = [[None if sign == "." else int(sign) for sign in unit] for unit in zip(*(row.split() for row in FOUR), strict=True)]


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_two_observers_and_two_values_give_the_published_alpha_at_every_level(level: str) -> None:
    units = [(int(one), int(other)) for one, other in zip(MEG, OWEN, strict=True)]
    assert krippendorff_alpha(units, level=level) == pytest.approx(0.095, abs=0.0005)  # type: ignore[arg-type]


def test_two_observers_and_five_values_give_the_published_alpha() -> None:
    assert krippendorff_alpha(zip(BEN, GERRY, strict=True)) == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_four_observers_with_gaps_give_the_published_alphas(level: str, alpha: float) -> None:
    assert krippendorff_alpha(UNITS, level=level) == pytest.approx(alpha, abs=0.0005)  # type: ignore[arg-type]


def test_alpha_does_not_depend_on_the_order_of_units_or_coders() -> None:
    shuffled = [list(reversed(unit)) for unit in reversed(UNITS)]
    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(shuffled, level=level) == pytest.approx(krippendorff_alpha(UNITS, level=level))  # type: ignore[arg-type]


def test_a_unit_of_a_single_value_says_nothing() -> None:
    assert krippendorff_alpha([*UNITS, [9, None, None, None], [None] * 4]) == krippendorff_alpha(UNITS)


@pytest.mark.parametrize("units", [[], [(1, None)], [(1, 1), (1, 1)], [(None, None)]])
def test_alpha_is_undefined_without_pairs_and_without_a_second_value(units: list[tuple[int | None, int | None]]) -> None:
    assert krippendorff_alpha(units) is None


def test_alpha_is_1_where_all_agree_and_below_0_where_they_differ_on_purpose() -> None:
    assert krippendorff_alpha([("a", "a"), ("b", "b")]) == 1
    below = krippendorff_alpha([("a", "b"), ("b", "a")])
    assert below is not None and below < 0


@pytest.mark.parametrize("seed", range(25))
def test_kappa_is_scikit_learn_s(seed: int) -> None:
    drawn = random.Random(seed)
    values = "abcde"[: drawn.randint(2, 5)]
    left = [drawn.choice(values) for _ in range(drawn.randint(2, 60))]
    right = [one if drawn.random() < 0.6 else drawn.choice(values) for one in left]
    if len({*left, *right}) > 1:
        assert cohen_kappa(list(zip(left, right, strict=True))) == pytest.approx(cohen_kappa_score(left, right))


@pytest.mark.parametrize("pairs", [[], [("a", "a")], [("a", "a"), ("a", "a")]])
def test_kappa_is_undefined_without_a_second_value(pairs: list[tuple[str, str]]) -> None:
    assert cohen_kappa(pairs) is None


def test_kappa_is_0_where_one_coder_always_says_the_same() -> None:
    assert cohen_kappa([("a", "a"), ("a", "b")]) == 0


def test_the_share_of_equal_pairs_counts_each_pair_of_coders() -> None:
    assert percent_agreement([("a", "a", "b")]) == pytest.approx(1 / 3)
    assert percent_agreement([("a", None), (None, None)]) is None


def test_numbers_that_lie_closer_agree_better() -> None:
    base = [(10, 10), (200, 200), (50, 50)]
    alphas = [krippendorff_alpha([*base, (100, other)], level="ratio") for other in (100, 101, 110, 150, 900)]
    assert None not in alphas and all(one > other for one, other in pairwise(alphas))  # type: ignore[operator]
