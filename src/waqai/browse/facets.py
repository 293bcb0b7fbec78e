"""How many incidents have each value of a facet: counted under all filters but the facet's own, so that several of its values can be chosen.

There is no facet of facilities and none of persons: actors are the bodies of the register.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waqai.browse.choosing import PERIOD, Asked, Chosen, Tagged, is_actor
from waqai.browse.picture import NO_DAY, Mask, Picture
from waqai.store import Filters
from waqai.store.tagged import fold_tag

FACETS = ("family", "type", "status", "grade", "country", "admin1", "actor", "publisher", "tag", PERIOD)
MONTHS_UP_TO_DAYS = 731
"""What lies within two years is told by months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a facet and how many incidents would be left with it alone; `chosen`: the filter names it. Of an actor its id, of a province
    "COUNTRY/NAME", of a period "2021" or "2021-03"."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of a facet, most incidents first, then by name; all that are chosen are among them. `others`: how many more values there are."""

    name: str
    values: tuple[Value, ...]
    others: int


def count_facets(
    picture: Picture, chosen: Chosen, filters: Filters, *, registered: Collection[str], named: Asked, tagged: Tagged, most: int
) -> tuple[Facet, ...]:
    """Every facet with at most so many values that are not chosen. `registered` are the ids of actors that may be listed; `named` and `tagged` as in
    `choose`."""
    facets = []
    for name in FACETS[:-2]:
        counts = _count_values(picture, name, chosen.without(name))
        if name == "actor":
            counts = {value: count for value, count in counts.items() if value in registered}
        named_values = _chosen_values(picture, name, getattr(filters, name), chosen, named)
        facets.append(_list(name, counts, named_values, most=most))
    facets.append(_list("tag", _count_tags(picture, chosen.without("tag"), tagged), dict.fromkeys(map(fold_tag, filters.tag), 0), most=most))
    return (*facets, _count_periods(picture, chosen, filters, most=most))


def _count_tags(picture: Picture, mask: Mask, tagged: Tagged) -> dict[str, int]:
    rows = {tag: [row for incident in incidents if (row := picture.find_row(incident)) is not None] for tag, incidents in tagged}
    return {tag: count for tag, found in rows.items() if (count := int(mask[found].sum()))}


def _count_values(picture: Picture, name: str, mask: Mask) -> dict[str, int]:
    """How many of these incidents have each value; those that none has are left out."""
    values = picture.values(name)
    if name in picture.columns:
        codes = picture.columns[name][mask]
        codes = codes[codes >= 0]
    else:
        pairs = picture.pairs[name]
        codes = pairs.codes[mask[pairs.rows]]
    counts = np.bincount(codes, minlength=len(values))
    return {values[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}


def _chosen_values(picture: Picture, name: str, wanted: Sequence[str], chosen: Chosen, named: Asked) -> dict[str, int]:
    """The values that a filter names, as they are written in the store; with 0 what nobody has, and for words of an actor how many these find."""
    values, known = picture.values(name), {}
    for one in wanted:
        codes = picture.find_codes(name, [one])
        if name == "actor" and not is_actor(picture, one):
            known[one] = int((chosen.without(name) & named(one)).sum())
        else:
            known |= {values[code]: 0 for code in codes} or {one: 0}
    return known


def _list(name: str, counts: Mapping[str, int], chosen: Mapping[str, int], *, most: int) -> Facet:
    """The chosen values and the most common others."""
    merged = {**chosen, **counts}
    ranked = sorted(merged, key=lambda value: (-merged[value], value))
    rest = [value for value in ranked if value not in chosen]
    kept = {*chosen, *rest[:most]}
    values = tuple(Value(value=value, count=merged[value], chosen=value in chosen) for value in ranked if value in kept)
    return Facet(name=name, values=values, others=max(0, len(rest) - most))


# ---------------------------------------------------------------------------------------------- periods


def _count_periods(picture: Picture, chosen: Chosen, filters: Filters, *, most: int) -> Facet:
    """Years, or months where what passes all filters lies within two years. An incident counts in every period in which it can have taken place, as it would
    pass a filter by that period."""
    by_month = _lies_within_two_years(picture, chosen.all())
    mask = chosen.without(PERIOD) & (picture.columns["latest"] != NO_DAY)
    begins, ends = (_numbers(picture.columns[name][mask], by_month=by_month) for name in ("earliest", "latest"))
    counts: dict[str, int] = {}
    if len(begins):
        first, length = int(begins.min()), int(ends.max() - begins.min()) + 1
        open_ = np.cumsum(np.bincount(begins - first, minlength=length) - np.bincount(ends - first + 1, minlength=length + 1)[:length])
        counts = {_period(first + n, by_month=by_month): int(open_[n]) for n in np.flatnonzero(open_).tolist()}
    within = dict.fromkeys((value for value in counts if _is_within(value, filters)), 0) if filters.since or filters.until else {}
    return _list(PERIOD, counts, within, most=most)


def _lies_within_two_years(picture: Picture, mask: Mask) -> bool:
    dated = mask & (picture.columns["latest"] != NO_DAY)
    return not dated.any() or int(picture.columns["latest"][dated].max() - picture.columns["earliest"][dated].min()) <= MONTHS_UP_TO_DAYS


def _numbers(days: NDArray[np.int32], *, by_month: bool) -> NDArray[np.int64]:
    """Ordinal numbers of days as numbers of years, or of months counted from year 0."""
    unit = "datetime64[M]" if by_month else "datetime64[Y]"
    since_1970 = (days.astype(np.int64) - date(1970, 1, 1).toordinal()).astype("datetime64[D]").astype(unit).astype(np.int64)
    return np.asarray(since_1970 + (1970 * 12 if by_month else 1970))


def _period(number: int, *, by_month: bool) -> str:
    """
    >>> _period(24254, by_month=True), _period(2021, by_month=False)
    ('2021-03', '2021')
    """
    return f"{number // 12:04}-{number % 12 + 1:02}" if by_month else f"{number:04}"


def _is_within(period: str, filters: Filters) -> bool:
    """Whether the period and the days of the filter meet; of ISO days, beginnings compare like the days themselves."""
    since, until = (day.isoformat()[: len(period)] if day else None for day in (filters.since, filters.until))
    return (since is None or period >= since) and (until is None or period <= until)
