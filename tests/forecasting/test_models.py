from __future__ import annotations

import numpy as np
import pytest

from waqai.forecasting import BESIDE, DEFAULT, MODELS
from waqai.forecasting.models import _POOL

HORIZONS = (2, 3, 4)


def counts(*, months: int = 40) -> np.ndarray:
    """A quiet unit, a steady one, one that woke up this year."""
    rng = np.random.default_rng(5)
    steady, woke = rng.poisson(20, months), np.where(np.arange(months) < months - 8, 0, 50)
    return np.stack([np.zeros(months, dtype=int), steady, woke])


@pytest.mark.parametrize("name", MODELS)
def test_the_same_seed_gives_the_same_draws_and_another_one_others(name: str) -> None:
    model = MODELS[name]
    first, again, other = (model.forecast(counts(), horizons=HORIZONS, seed=seed, count=200) for seed in (1, 1, 2))
    assert first.shape == (3, 3, 200) and first.dtype.kind == "i" and first.min() >= 0
    assert (first == again).all()
    assert name == "zero" or (first != other).any()


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("months", [1, 2, 7])
def test_a_short_past_is_forecast_from_what_there_is(name: str, months: int) -> None:
    drawn = MODELS[name].forecast(counts()[:, -months:], horizons=(1, 14), seed=1, count=50)
    assert drawn.shape == (3, 2, 50) and drawn.max() < 10_000


@pytest.mark.parametrize("name", MODELS)
def test_where_nothing_ever_happened_nothing_is_forecast(name: str) -> None:
    assert not MODELS[name].forecast(np.zeros((4, 40), dtype=int), horizons=HORIZONS, seed=1, count=50).any()


def test_conflictology_draws_the_last_twelve_months_alone() -> None:
    past = np.arange(100, 130)[None, :]
    assert set(BESIDE.forecast(past, horizons=(3,), seed=1, count=2_000)[0, 0].tolist()) == set(range(118, 130))


def test_moments_and_last_observed_have_their_means() -> None:
    drawn = {name: MODELS[name].forecast(counts(), horizons=(3,), seed=1, count=20_000)[:, 0] for name in ("nb-moments-12", "last-observed")}
    assert drawn["nb-moments-12"][1:].mean(axis=1) == pytest.approx(counts()[1:, -12:].mean(axis=1), rel=0.05)
    assert drawn["last-observed"].mean(axis=1) == pytest.approx(counts()[:, -1], rel=0.05, abs=1e-9)


def test_the_mixture_takes_a_twentieth_from_what_happened_anywhere() -> None:
    drawn = MODELS["mixture-12"].forecast(counts(), horizons=(3,), seed=1, count=1_000)[0, 0]
    assert (drawn > 0).sum() == 50
    assert set(drawn[drawn > 0].tolist()) <= set(counts()[:, -12:].ravel().tolist())


def test_the_hurdle_has_the_share_of_active_months() -> None:
    drawn = MODELS["hurdle-24"].forecast(counts(), horizons=(3,), seed=1, count=20_000)[:, 0]
    assert (drawn > 0).mean(axis=1) == pytest.approx([0.5 / 25, 24.5 / 25, 8.5 / 25], abs=0.01)
    assert drawn[2][drawn[2] > 0].mean() == pytest.approx(50, rel=0.05)


def test_the_pool_holds_each_parts_share_of_draws() -> None:
    assert sum(share for share, _ in _POOL) == pytest.approx(1)
    past = np.concatenate([np.full((1, 60), 0), np.full((1, 60), 7)])  # of a constant past every part but the regression draws 7 or about it
    drawn = DEFAULT.forecast(past, horizons=(3,), seed=1, count=1_000)
    assert (drawn[1, 0, 700:] == 7).all()  # 24 and 36 months, the last 30 %
    assert drawn[1, 0, 300:700].mean() == pytest.approx(7, rel=0.05)  # both moments
    assert (drawn[0, 0, 300:] == 0).all()


def test_models_of_one_name_and_version_are_told_apart_by_their_draws() -> None:
    assert len({(model.name, model.version) for model in MODELS.values()}) == len(MODELS)
    assert MODELS[DEFAULT.name] is DEFAULT and MODELS[BESIDE.name] is BESIDE
