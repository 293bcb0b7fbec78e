"""Near repeats: found where they are planted, not where a front moves slowly; the global permutation is what it would be by dealing."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from waqai.core import BadQuestion
from waqai.patterns.dealt_anywhere import edges_in_both, expect_anywhere
from waqai.patterns.pair_counts import Bands, to_sphere
from waqai.patterns.recurrence import Cell, NearRepeats, find_near_repeats
from waqai.patterns.testable import NotTestable

EDGES = (0, 7, 30)


def front(n: int, *, seed: int, repeats: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A front that moves 300 km in two years, with more at its end; a share of happenings is repeated within 2 km and a week."""
    rng = np.random.default_rng(seed)
    days = np.sort((730 * rng.beta(2, 1, n)).astype(int))
    lats, lons = 33 + days / 270 + rng.normal(0, 0.3, n), 40 + rng.normal(0, 0.3, n)
    again = rng.random(n) < repeats
    return (
        np.concatenate([days, days[again] + rng.integers(0, 7, again.sum())]),
        np.concatenate([lats, lats[again] + rng.normal(0, 0.01, again.sum())]),
        np.concatenate([lons, lons[again] + rng.normal(0, 0.01, again.sum())]),
    )


def find(days: np.ndarray, lats: np.ndarray, lons: np.ndarray, **asked: object) -> NearRepeats:
    found = find_near_repeats(days, lats, lons, seed=1, km=(5.0, 20.0), within_days=EDGES, **{"permutations": 199, **asked})  # type: ignore[arg-type]
    assert isinstance(found, NearRepeats)
    return found


def cell(found: NearRepeats, km: float, days: int) -> Cell:
    return next(one for one in found.cells if (one.km_to, one.days_to) == (km, days))


def test_planted_repeats_are_found_near_and_soon_and_nowhere_else() -> None:
    found = find(*front(600, seed=2, repeats=0.2))
    near = cell(found, 5, 7)
    assert near.repeats and near.ratio is not None and near.low is not None and near.high is not None and 1 < near.low < near.ratio < near.high
    assert not cell(found, 20, 30).repeats


def test_a_front_that_moves_slowly_repeats_nothing_though_the_global_permutation_claims_it() -> None:
    claims, wide = 0, 0
    for seed in range(20):
        found = find(*front(300, seed=seed), permutations=179)
        claims += any(one.repeats for one in found.cells)
        wide += any(one.global_p < 0.05 / 9 for one in found.cells)
    assert wide >= 19 and claims <= 2


@pytest.mark.parametrize(("wrong", "value"), [("p_holm", 0.06), ("short_p_holm", 0.06), ("low", 1.0), ("low", None)])
def test_a_cell_repeats_only_when_both_blocks_and_the_interval_say_so(wrong: str, value: float | None) -> None:
    sure = dataclasses.replace(find(*front(100, seed=1)).cells[4], p_holm=0.05, short_p_holm=0.05, low=1.01)
    assert sure.repeats and not dataclasses.replace(sure, **{wrong: value}).repeats


def test_the_cells_are_the_whole_grid_with_the_same_place_apart() -> None:
    found = find(*front(100, seed=1))
    assert [(one.km_from, one.km_to) for one in found.cells[::3]] == [(0, 0), (0, 5), (5, 20)]
    assert [(one.days_from, one.days_to) for one in found.cells[:3]] == [(0, 0), (1, 7), (8, 30)]
    assert found.tests == 9 and cell(found, 0, 30).observed == 0 and cell(found, 0, 30).ratio is None


def test_expected_is_the_mean_of_permutations_and_p_counts_them() -> None:
    found = find(*front(400, seed=3, repeats=0.3))
    near = cell(found, 5, 7)
    assert near.p == 1 / 200 and near.p_holm == pytest.approx(9 * near.p) and near.ratio == near.observed / near.expected


def test_the_global_mean_and_variance_are_those_of_dealing_days_anew() -> None:
    days, lats, lons = front(120, seed=4)
    bands = Bands(km=(20.0, 60.0), days=(7, 30))
    points, rng = to_sphere(lats, lons), np.random.default_rng(5)
    km = np.linalg.norm(points[:, None] - points[None], axis=2)
    near = np.triu((km > bands.chords[1]) & (km <= bands.chords[2]), 1)
    dealt = [rng.permutation(days) for _ in range(4_000)]
    counts = np.array([(near & (abs(one[:, None] - one) <= 7)).sum() for one in dealt])
    mean, variance = expect_anywhere(points, days, bands, seed=1)[4]
    assert mean == pytest.approx(counts.mean(), rel=0.01) and variance == pytest.approx(counts.var(), rel=0.08)


def test_of_very_many_the_mean_is_exact_though_degrees_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mean from a sample is off by some spreads of the count, and the usual test would then claim by luck."""
    days, lats, lons = front(3_000, seed=4)
    points, bands = np.concatenate([to_sphere(lats, lons)] * 2), Bands(km=(20.0, 60.0), days=(7, 30))
    days = np.concatenate([days] * 2)
    exact = expect_anywhere(points, days, bands, seed=1)
    monkeypatch.setattr("waqai.patterns.dealt_anywhere.SAMPLED", 200)
    for (mean, variance), (all_mean, all_variance) in zip(expect_anywhere(points, days, bands, seed=1), exact, strict=True):
        assert mean == pytest.approx(all_mean, rel=1e-9) and variance == pytest.approx(all_variance, rel=0.2)


def test_a_sample_of_degrees_stands_for_all() -> None:
    rng = np.random.default_rng(1)
    degrees, others = rng.poisson(30, 4_000), rng.poisson(50, 4_000)
    mean, variance = edges_in_both(degrees, others, n=4_000)
    sampled = edges_in_both(degrees[:1_000], others, n=4_000)
    assert sampled == (pytest.approx(mean, rel=0.02), pytest.approx(variance, rel=0.05))


def test_few_permutations_of_many_pairs_give_the_p_value_that_many_would() -> None:
    """Not below 1 / (1 + permutations) by counting; the normal tail must agree with counting where both can tell."""
    scene = front(900, seed=6)
    many, few = find(*scene, permutations=999), find(*scene, permutations=99)
    assert few.p_from.startswith("permutations; Student") and many.p_from == "permutations"
    pairs = [(one.p, other.p) for one, other in zip(many.cells, few.cells, strict=True) if one.expected > 100]
    assert len(pairs) >= 3 and all(abs(p - q) < 0.12 for p, q in pairs)


def test_happenings_without_a_place_are_left_out_and_counted() -> None:
    days, lats, lons = front(100, seed=1)
    lats[:7] = np.nan
    found = find(days, lats, lons, left_out=5)
    assert (found.happenings, found.left_out) == (93, 12)


def test_under_fifty_happenings_nothing_is_said() -> None:
    days, lats, lons = front(49, seed=1)
    found = find_near_repeats(days, lats, lons, seed=1, left_out=3)
    assert isinstance(found, NotTestable)
    assert found.why.startswith("There are 49 happenings with a known day and place; 3 more are left out") and "at least 50" in found.why


def test_a_record_shorter_than_two_blocks_is_not_testable() -> None:
    days, lats, lons = front(200, seed=1)
    found = find_near_repeats(days // 8, lats, lons, seed=1)
    assert isinstance(found, NotTestable) and "at least 120 days" in found.why


def test_nothing_that_comes_out_holds_a_place() -> None:
    """Bounds: a curve for a region, no map of next places."""
    names = {field.name for kind in (Cell, NearRepeats) for field in dataclasses.fields(kind)}
    assert not {name for name in names if any(word in name for word in ("lat", "lon", "point", "place", "where"))}


@pytest.mark.parametrize(("km", "days"), [((), (1,)), ((5.0, 5.0), (1,)), ((0.0, 5.0), (1,)), ((5.0,), (7, 2)), ((5.0,), ())])
def test_edges_that_do_not_rise_are_refused(km: tuple[float, ...], days: tuple[int, ...]) -> None:
    with pytest.raises(BadQuestion, match="rising edges"):
        find_near_repeats(*front(60, seed=1), seed=1, km=km, within_days=days)


def test_blocks_no_longer_than_the_longest_time_are_refused() -> None:
    with pytest.raises(BadQuestion, match="need longer blocks"):
        find_near_repeats(*front(60, seed=1), seed=1, block_days=30)
