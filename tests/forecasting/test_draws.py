from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.forecasting.draws import LARGEST_MEAN, draw_from_rows, draw_hurdle, draw_negative_binomial, pack, share_draws, size_by_moments, unpack


def test_negative_binomial_draws_have_the_moments_and_the_masses() -> None:
    from scipy.stats import nbinom

    draws = draw_negative_binomial([6.0], [1.5], count=200_000, rng=np.random.default_rng(1))[0]
    assert draws.mean() == pytest.approx(6, rel=0.02)
    assert draws.var() == pytest.approx(6 + 36 / 1.5, rel=0.03)
    assert (draws == 0).mean() == pytest.approx(nbinom.pmf(0, 1.5, 1.5 / 7.5), abs=0.004)


def test_extremes_neither_fail_nor_leave_the_whole_numbers() -> None:
    draws = draw_negative_binomial([0.0, 1e300, 3.0], [1.0, 1e-300, 1e300], count=50, rng=np.random.default_rng(1))
    assert (draws[0] == 0).all()
    assert (draws >= 0).all() and draws.max() < 2_000 * LARGEST_MEAN


def test_a_hurdle_is_zero_but_for_its_share_and_one_more_than_the_rest() -> None:
    draws = draw_hurdle([0.25], [4.0], [2.0], count=100_000, rng=np.random.default_rng(1))[0]
    assert (draws > 0).mean() == pytest.approx(0.25, abs=0.006)
    assert draws[draws > 0].mean() == pytest.approx(5, rel=0.02)


def test_draws_from_a_row_are_its_own_values_alone_each_as_often() -> None:
    draws = draw_from_rows([[1, 2, 3], [7, 7, 9]], horizons=2, count=30_000, rng=np.random.default_rng(1))
    assert draws.shape == (2, 2, 30_000)
    assert np.unique(draws[0]).tolist() == [1, 2, 3] and (draws[1] == 7).mean() == pytest.approx(2 / 3, abs=0.01)
    assert (draws[0, 0] != draws[0, 1]).any()


def test_a_variance_no_larger_than_the_mean_is_poisson() -> None:
    assert size_by_moments([3.0, 3.0, 0.0], [9.0, 3.0, 0.0]).tolist() == [1.5, 1e6, 1e6]


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=7), st.integers(1, 2_000))
def test_shares_sum_to_the_count_and_are_off_by_less_than_one(shares: list[float], count: int) -> None:
    numbers = share_draws(shares, count=count)
    assert sum(numbers) == count
    assert all(abs(number - share / sum(shares) * count) < 1 for number, share in zip(numbers, shares, strict=True))


def test_the_largest_remainders_get_what_is_left() -> None:
    assert share_draws([0.19, 0.19, 0.62], count=10) == (2, 2, 6)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=60))
def test_what_is_packed_comes_back_in_order(draws: list[int]) -> None:
    packed = pack(draws)
    assert unpack(packed).tolist() == sorted(draws)
    assert [value for value, _ in packed] == sorted(set(draws))
