"""The mix of kinds before and after a day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from waqai.patterns.mix import MixSince, compare_mixes
from waqai.patterns.testable import NotTestable
from waqai.patterns.wobble import Wobble, draw_factors

FIRST = date(2022, 1, 5)
SINCE = FIRST + timedelta(weeks=26)
LAST = FIRST + timedelta(weeks=52, days=-1)
SHARES = np.array([0.4, 0.3, 0.2, 0.1])
KINDS = ("shelling", "raid", "arrest", "escape")


def told(seed: int, *, after: float = 1.0, wobble: Wobble | None = None, a_week: float = 20) -> tuple[list[date], list[str]]:
    """Days and kinds of a year; the share of arrests is multiplied by `after` from the middle on."""
    rng = np.random.default_rng(seed)
    shares = SHARES[:, None] * (draw_factors(wobble, shape=(4, 52), rng=rng) if wobble else np.ones((4, 52)))
    shares[2, 26:] *= after
    days, kinds = [], []
    for week, n in enumerate(rng.poisson(a_week, 52)):
        days += [FIRST + timedelta(days=int(7 * week + day)) for day in rng.integers(0, 7, n)]
        kinds += [KINDS[at] for at in rng.choice(4, n, p=shares[:, week] / shares[:, week].sum())]
    return days, kinds


def compare(days: list[date], kinds: list[str], *, simulations: int = 299) -> MixSince:
    found = compare_mixes(days, kinds, since=SINCE, first=FIRST, last=LAST, seed=1, simulations=simulations)
    assert isinstance(found, MixSince)
    return found


def test_a_kind_whose_share_doubles_is_told_with_its_ratio_and_the_others_are_not() -> None:
    found = compare(*told(1, after=2.5))
    arrests = next(one for one in found.kinds if one.kind == "arrest")
    true = 2.5 / (SHARES.sum() + 1.5 * 0.2)
    assert found.p <= 0.01 and arrests.p_holm <= 0.05
    assert arrests.low is not None and arrests.high is not None and 1 < arrests.low < true < arrests.high


def test_shares_and_their_distance_are_those_of_a_slow_count() -> None:
    days, kinds = told(2, after=2)
    found = compare(days, kinds)
    for one in found.kinds:
        before = [kind for day, kind in zip(days, kinds, strict=True) if day < SINCE]
        after = [kind for day, kind in zip(days, kinds, strict=True) if day >= SINCE]
        assert (one.n_before, one.n_after) == (before.count(one.kind), after.count(one.kind))
        assert (one.before, one.after) == (before.count(one.kind) / len(before), after.count(one.kind) / len(after))
    assert found.distance == pytest.approx(sum(max(one.after - one.before, 0) for one in found.kinds))
    assert found.tests == 5


def test_mixes_that_only_wander_change_in_hardly_more_than_one_of_twenty() -> None:
    wanders = Wobble(sudden=0.02, slow=0.15, persistence=0.6)
    claims = [compare(*told(seed, wobble=wanders), simulations=99).p <= 0.05 for seed in range(40)]
    assert np.mean(claims) <= 0.125


def test_a_level_that_changes_leaves_the_mix_alone() -> None:
    days, kinds = told(3, a_week=40)
    rng = np.random.default_rng(1)
    kept = [at for at, day in enumerate(days) if day >= SINCE or rng.random() < 0.3]
    assert compare([days[at] for at in kept], [kinds[at] for at in kept]).p > 0.05


def test_rare_kinds_stand_together_and_are_named() -> None:
    days, kinds = told(4)
    found = compare([*days, SINCE, SINCE, FIRST], [*kinds, "siege", "siege", "pledge"])
    assert found.rare == ("pledge", "siege") and found.kinds[-1].kind == "other" and found.kinds[-1].n_after == 2


def test_a_kind_that_is_new_has_no_ratio_and_can_still_differ() -> None:
    days, kinds = told(5)
    found = compare(days, [("drone" if day >= SINCE and kind == "raid" else kind) for day, kind in zip(days, kinds, strict=True)])
    drone = next(one for one in found.kinds if one.kind == "drone")
    assert (drone.ratio, drone.low, drone.high) == (None, None, None) and drone.p_holm <= 0.05


@pytest.mark.parametrize(
    ("since", "of", "says"),
    [
        (FIRST + timedelta(weeks=7), slice(None), "in the 7 weeks before"),
        (SINCE, slice(0, 30), "50 happenings"),
        (FIRST - timedelta(weeks=9), slice(None), "in the 0 weeks before"),
    ],
)
def test_too_little_is_not_testable(since: date, of: slice, says: str) -> None:
    days, kinds = told(6)
    found = compare_mixes(days[of], kinds[of], since=since, first=FIRST, last=LAST, seed=1)
    assert isinstance(found, NotTestable) and says in found.why


def test_one_kind_is_no_mix() -> None:
    days, _ = told(7)
    found = compare_mixes(days, ["raid"] * len(days), since=SINCE, first=FIRST, last=LAST, seed=1)
    assert isinstance(found, NotTestable) and "of 1 kind;" in found.why


@pytest.mark.parametrize("n", [4, 12])
def test_a_few_bursts_of_one_kind_each_are_no_mix_that_could_change(n: int) -> None:
    """Bursts of one kind each, in weeks and of kinds drawn by lot: of four, the mix "differed" in half of records."""
    rng, first = np.random.default_rng(n), date(2019, 1, 7)
    weeks = [int(week) for week in rng.choice(52, n, replace=False)]
    days = [first + timedelta(weeks=week) for week in weeks for _ in range(20)]
    kinds = [kind for _ in weeks for kind in [str(rng.choice(["raid", "shelling"]))] * 20]
    found = compare_mixes(days, kinds, since=first + timedelta(weeks=26), first=first, last=first + timedelta(days=363), seed=1)
    assert isinstance(found, NotTestable) and "8 weeks with any on both sides" in found.why
