"""Counts by week or month with what is not known about them: vague days, chance, and reports still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waqai.patterns.delays import Completeness, Delays
from waqai.patterns.dispersion import chance_of_at_most, local_dispersion, rate_interval
from waqai.patterns.series import By, Ints, Period, list_periods
from waqai.patterns.testable import NotTestable

COMPLETE = 0.98
"""Share from which a period counts as complete."""
LEAST_COMPLETE = 0.2
"""Share under which no rate is given: it would be a guess about what is to come."""
BEFORE = 8
MIN_COMPARED = 12
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A week or month: `surely` so many happenings lie in it, `maybe` so many more could, since their days are only known as a span that overlaps it.

    `low` to `high` is the 95 % interval of how many a period like this brings when all is reported; None where it is too new. `completeness` is None where
    nothing is known about delays, and the interval then is that of what is reported by now.
    """

    period: Period
    surely: int
    maybe: int
    low: float | None
    high: float | None
    completeness: Completeness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The periods in order. `outside` happenings do not touch the record's days.

    `dispersion` is variance over mean between neighbouring complete periods, 1 where they vary as by chance alone (Poisson); None where periods are too few
    to see it, and intervals then are Poisson's, which are likely too narrow.
    """

    by: By
    rates: tuple[Rate, ...]
    dispersion: float | None
    outside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """A period beside the ones before it: `observed` reported by now, `expected` to be reported by now at the level of the `before` periods before it.

    `p_lower` and `p_higher` are one-sided. The null: the level of the periods before, with the spread that the same comparison had at earlier periods
    (`compared` of them), and with what is probably not reported yet.
    """

    period: Period
    observed: int
    expected: float
    p_lower: float
    p_higher: float
    before: int
    compared: int
    completeness: Completeness | None

    @property
    def differs(self) -> bool:
        """Whether chance and late reports would give as much less than once in 20 times."""
        return 2 * min(self.p_lower, self.p_higher) <= 1 - LEVEL


def count_rates(earliest: Ints, latest: Ints, *, first: date, last: date, by: By = "week", delays: Delays | None = None) -> Rates:
    """Rates of the weeks or months from `first` to `last`; `earliest` and `latest` (n,) are the days, as ordinals, between which each happening lies.

    A happening known only to a month is sure in the month that holds its whole span and possible in every week that its span touches: it is never split or
    put on a day. Counts of periods that are not complete vary less than complete ones, as thinned negative binomial counts do: 1 + (dispersion - 1) * share.
    """
    periods = list_periods(first=first, last=last, by=by)
    surely, touched = _count_spans(earliest, latest, periods)
    shares = [delays.completeness(one) if delays else None for one in periods]
    whole = np.array([one.whole and (share is None or share.share >= COMPLETE) for one, share in zip(periods, shares, strict=True)])
    dispersion = local_dispersion(surely[whole])
    thinned = np.array([1 + ((dispersion or 1.0) - 1) * (share.share if share else 1.0) for share in shares])
    low, high = rate_interval(surely, touched, thinned)
    return Rates(
        by=by,
        rates=tuple(
            _rate(period, int(sure), int(touch), float(least), float(most), share)
            for period, sure, touch, least, most, share in zip(periods, surely, touched, low, high, shares, strict=True)
        ),
        dispersion=dispersion,
        outside=int(((latest < first.toordinal()) | (earliest > last.toordinal())).sum()),
    )


def compare_newest(rates: Rates, *, at: int = -1, before: int = BEFORE) -> Newest | NotTestable:
    """Whether the period at that place is lower or higher than the ones before it, once late reports are allowed for; only what surely lies in a period counts.

    NotTestable for a period that is too new or not whole, or with fewer than 12 earlier periods to learn from how much such a comparison moves by itself.
    """
    place = at % len(rates.rates)
    rate = rates.rates[place]
    if not rate.period.whole or rate.low is None:
        return NotTestable(why=f"The {rates.by} from {rate.period.first} on is too new: most of what happened in it is probably not reported yet.")
    earlier = [one for one in rates.rates[:place] if one.period.whole and (one.completeness is None or one.completeness.share > LEAST_COMPLETE)]
    if len(earlier) < before + MIN_COMPARED:
        return NotTestable(
            why=f"There are {len(earlier)} {rates.by}s before it; it would take at least {before + MIN_COMPARED} to know how much counts move by themselves."
        )
    full = np.array([one.surely / (one.completeness.share if one.completeness else 1.0) for one in earlier])
    days = np.array([one.period.n_days for one in earlier])
    spread, compared = _spread_ahead(full / days, days, before=before)
    share = rate.completeness.share if rate.completeness else 1.0
    expected = max(float(full[-before:].sum() / days[-before:].sum()) * rate.period.n_days * share, 1e-9)
    doubt = np.log(rate.completeness.high / rate.completeness.low) / 4 if rate.completeness and rate.completeness.low > 0 else 0.0
    dispersion = 1 + (spread - 1) * share + expected * float(doubt) ** 2
    lower, under = chance_of_at_most(np.array([rate.surely, rate.surely - 1]), np.array([expected, expected]), dispersion)
    return Newest(
        period=rate.period,
        observed=rate.surely,
        expected=expected,
        p_lower=float(lower),
        p_higher=float(1 - under),
        before=before,
        compared=compared,
        completeness=rate.completeness,
    )


def _rate(period: Period, surely: int, touched: int, low: float, high: float, share: Completeness | None) -> Rate:
    """The interval of what is reported, taken up to what will be: by the highest share at the low end, by the lowest at the high one, so rather too wide."""
    given = share is None or share.share >= LEAST_COMPLETE
    return Rate(
        period=period,
        surely=surely,
        maybe=touched - surely,
        low=(low / share.high if share else low) if given else None,
        high=(high / share.low if share else high) if given else None,
        completeness=share,
    )


def _count_spans(earliest: Ints, latest: Ints, periods: Sequence[Period]) -> tuple[Ints, Ints]:
    """For each period the spans that lie in it, and those that touch it."""
    begins, ends = (np.array([day.toordinal() for day in days]) for days in zip(*((one.first, one.last) for one in periods), strict=True))
    into, out_of = np.searchsorted(begins, earliest, side="right") - 1, np.searchsorted(begins, latest, side="right") - 1
    n = len(periods)
    inside = (into == out_of) & (into >= 0) & (latest <= ends[-1])
    touches = (latest >= begins[0]) & (earliest <= ends[-1])
    opened = np.bincount(np.maximum(into[touches], 0), minlength=n + 1)
    closed = np.bincount(out_of[touches] + 1, minlength=n + 1)
    return np.bincount(into[inside], minlength=n), np.cumsum(opened - closed)[:n]


def _spread_ahead(level: NDArray[np.float64], days: Ints, *, before: int) -> tuple[float, int]:
    """Variance over mean of a period around the mean level of those before it, over all earlier periods, at least 1; and how many they are."""
    sums = np.concatenate([[0.0], np.cumsum(level)])
    ahead = (sums[before:-1] - sums[: -before - 1]) / before * days[before:]
    errors = (level[before:] * days[before:] - ahead) ** 2
    return max(1.0, float(errors.sum() / max(ahead.sum(), 1e-9))), len(ahead)
