"""When incidents took place: how many of each family in every day, week, month or year, by their earliest day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.browse.picture import NO_DAY, Mask, Picture
from waqai.core import Day

Unit: TypeAlias = Literal["day", "week", "month", "year"]
SPANS: tuple[tuple[int, Unit], ...] = ((92, "day"), (731, "week"), (7_305, "month"))
"""Up to so many days are told by this unit (a quarter, two years, twenty years); what is longer by years."""
_EPOCH = date(1970, 1, 1).toordinal()
_MONDAY = date(1969, 12, 29).toordinal() - _EPOCH  # weeks begin with their Monday
_CODES: dict[Unit, str] = {"month": "M", "year": "Y"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """`starts`: the first day of each bin, from the first that holds an incident to the last, none left out. `counts` by family, one number for each bin.
    What spans several bins is counted in that of its earliest day. `undated`: those without a day."""

    unit: Unit
    starts: tuple[Day, ...]
    counts: Mapping[str, tuple[int, ...]]
    undated: int


def make_timeline(picture: Picture, chosen: Mask) -> Timeline:
    """The chosen incidents in time."""
    dated = chosen & (picture.columns["earliest"] != NO_DAY)
    days = picture.columns["earliest"][dated].astype(np.int64) - _EPOCH
    undated = int(chosen.sum()) - len(days)
    if not len(days):
        return Timeline(unit="day", starts=(), counts={}, undated=undated)
    unit = choose_unit(int(days.max() - days.min()))
    bins = _number(days, unit)
    first, length = int(bins.min()), int(bins.max() - bins.min()) + 1
    starts = tuple(Day.fromordinal(day + _EPOCH) for day in _starts(np.arange(first, first + length), unit).tolist())
    return Timeline(unit=unit, starts=starts, counts=_count(picture, dated, bins - first, length), undated=undated)


def choose_unit(days: int) -> Unit:
    """The unit of bins for what lies so many days apart.

    >>> [choose_unit(days) for days in (0, 92, 93, 4000, 9000)]
    ['day', 'day', 'week', 'month', 'year']
    """
    return next((unit for most, unit in SPANS if days <= most), "year")


def _count(picture: Picture, dated: Mask, bins: NDArray[Any], length: int) -> dict[str, tuple[int, ...]]:
    names, families = picture.values("family"), picture.columns["family"][dated]
    counts = np.bincount(families.astype(np.int64) * length + bins, minlength=len(names) * length).reshape(len(names), length)
    return {name: tuple(row) for name, row in sorted(zip(names, counts.tolist(), strict=True)) if any(row)}


def _number(days: NDArray[Any], unit: Unit) -> NDArray[Any]:
    """The numbers of the bins in which days since 1970 lie."""
    if unit in _CODES:
        return days.astype("datetime64[D]").astype(f"datetime64[{_CODES[unit]}]").astype(np.int64)
    return (days - _MONDAY) // 7 if unit == "week" else days


def _starts(bins: NDArray[Any], unit: Unit) -> NDArray[Any]:
    """The first days of bins, as days since 1970."""
    if unit in _CODES:
        return bins.astype(f"datetime64[{_CODES[unit]}]").astype("datetime64[D]").astype(np.int64)
    return bins * 7 + _MONDAY if unit == "week" else bins
