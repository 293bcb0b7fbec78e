"""How counts of a series move about a level without any change: beyond chance from week to week, and slowly, one week like the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waqai.patterns.series import Floats, Ints

LAGS = 8
DOUBT = 1.5
"""Of wobbles whose squared error is up to so many times the least, the one that wanders furthest is taken. Chosen on simulated weekly series: with the best
fit itself a tenth of series with a persistence of .8 and no change "changed", with 1.5 a twentieth; the price is some .1 of power at persistent series."""
_PERSISTENCES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wobble:
    """A period's mean is its level times a factor of mean 1; counts are Poisson given it.

    `sudden` is the factor's relative variance that is new in each period, `slow` the one that fades as `persistence` to the power of periods between.
    Together they make the negative binomial's alpha: variance = mean + alpha * mean^2.
    """

    sudden: float
    slow: float
    persistence: float

    @property
    def alpha(self) -> float:
        return self.sudden + self.slow

    def dispersion(self, level: Floats, lengths: Ints | Floats) -> Floats:
        """Variance over mean of the sum of so many periods in a row, at that level each (n,)."""
        n, rho = np.asarray(lengths, dtype=float), self.persistence
        together = n + 2 * (rho * n - rho * (1 - rho**n) / (1 - rho)) / (1 - rho)  # sum over i, j of rho^|i-j|
        return np.asarray(1 + level * (self.sudden + self.slow * together / n), dtype=float)


def estimate_wobble(counts: Ints, *, lags: int = LAGS, least_square: float = 1e-9) -> Wobble:
    """The wobble of counts per period (n,), from how much periods differ that lie 1 to `lags` apart.

    Half the mean squared difference at lag h is mean + mean square * (sudden + slow * (1 - persistence^h)), a variogram (Matheron 1963). A step in level
    comes into at most h of the differences at lag h, so it hardly counts, where it would double the variance of the whole; what it does count makes the
    wobble larger, never smaller. Least squares over a grid of persistences, sudden and slow at least 0. `least_square`: what the mean square is taken to be at
    least, for where bursts stand alone no neighbour has any, and the wobble would be without bounds.
    """
    lag = np.arange(1, min(lags, len(counts) // 4) + 1)
    half = np.array([((counts[h:] - counts[:-h]) ** 2).mean() / 2 for h in lag])
    means = np.array([(counts[h:] + counts[:-h]).mean() / 2 for h in lag])
    squares = np.array([max(float((counts[h:] * counts[:-h]).mean()), least_square, 1e-9) for h in lag])
    excess = (half - means) / squares
    return fit_wobble(excess)


def fit_wobble(excess: Floats) -> Wobble:
    """The wobble whose relative variogram is near to this one, at lags 1, 2, … periods; in doubt the one that wanders furthest in the long run."""
    lag = np.arange(1, len(excess) + 1)
    fits = [_fit(excess, np.asarray(1 - rho**lag, dtype=float), rho) for rho in _PERSISTENCES]
    least = min(error for error, _ in fits)
    return max((one for error, one in fits if error <= DOUBT * least), key=lambda one: one.sudden + one.slow * (1 + one.persistence) / (1 - one.persistence))


def draw_factors(wobble: Wobble, *, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Factors of mean 1, the last axis of `shape` being time: gamma for the sudden, a lognormal AR(1) for the slow part."""
    sigma, rho = float(np.sqrt(np.log1p(wobble.slow))), wobble.persistence
    slow = rng.standard_normal(shape)
    slow[..., 1:] *= np.sqrt(1 - rho**2)
    for t in range(1, shape[-1]):
        slow[..., t] += rho * slow[..., t - 1]
    sudden = rng.gamma(1 / wobble.sudden, wobble.sudden, shape) if wobble.sudden > 1e-6 else 1.0
    return np.asarray(np.exp(sigma * slow - sigma**2 / 2) * sudden, dtype=float)


def simulate(levels: Floats, wobble: Wobble, *, runs: int, rng: np.random.Generator) -> Ints:
    """Counts that wobble about these levels (n,), shape (runs, n)."""
    return np.asarray(rng.poisson(levels * draw_factors(wobble, shape=(runs, len(levels)), rng=rng)), dtype=np.int64)


def _fit(excess: Floats, rise: Floats, rho: float) -> tuple[float, Wobble]:
    """The squared error and the wobble of the best sudden and slow parts, none below 0, at one persistence; the simpler comes first where they tie."""
    tries = [(max(float(excess.mean()), 0.0), 0.0)]
    if rho > 0:
        sudden, slow = np.linalg.lstsq(np.stack([np.ones_like(rise), rise], axis=1), excess, rcond=None)[0]
        tries.append((float(sudden), float(slow)))
        tries.append((0.0, max(float(excess @ rise / (rise @ rise)), 0.0)))
    fits = [(float(((excess - a - b * rise) ** 2).sum()), Wobble(sudden=a, slow=b, persistence=rho)) for a, b in tries if a >= 0 and b >= 0]
    return min(fits, key=lambda fit: fit[0])
