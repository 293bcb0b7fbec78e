"""What the two records of one happening say, field by field, and how far apart they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.comparing.sides import KILLED, Range, Side
from waqai.core import Day

NEAR_KM = 5.0
"""Two points no further apart than this are one place, as a town is no point."""
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of both, in words. `agrees` None: one of them does not tell it. `apart`: days, kilometres or persons between them, 0 where they may agree."""

    name: str
    ours: str | None
    theirs: str | None
    agrees: bool | None
    apart: float | None = None


def compare_sides(ours: Sequence[Side], theirs: Sequence[Side]) -> tuple[Field, ...]:
    """Day, place, type, then every figure that one of them has, deaths first. Of several, days span all and figures are added; the first gives the rest."""
    return (_compare_days(ours, theirs), _compare_places(ours[0], theirs[0]), _compare_types(ours[0], theirs[0]), *_compare_figures(ours, theirs))


def find_span(sides: Sequence[Side]) -> tuple[Day, Day] | None:
    """From the first day of all to the last; None where none has days."""
    firsts, lasts = [one.first for one in sides if one.first], [one.last for one in sides if one.last]
    return (min(firsts), max(lasts)) if firsts and lasts else None


def tell_span(span: tuple[Day, Day] | None) -> str | None:
    """
    >>> from datetime import date
    >>> tell_span((date(2023, 6, 18), date(2023, 6, 18))), tell_span((date(2023, 6, 1), date(2023, 6, 30)))
    ('2023-06-18', '2023-06-01 to 2023-06-30')
    """
    if span is None:
        return None
    return span[0].isoformat() if span[0] == span[1] else f"{span[0].isoformat()} to {span[1].isoformat()}"


def tell_place(side: Side) -> str | None:
    """Its names from the smallest on, each once."""
    return ", ".join(dict.fromkeys(name for name in (side.place, side.admin1, side.country) if name)) or None


def measure_km(one: Side, other: Side) -> float | None:
    """The great circle between two points; None where one has none.

    >>> from waqai.comparing.sides import Side
    >>> round(measure_km(Side(id="a", type="", family="", lat=36.5, lon=40.0), Side(id="b", type="", family="", lat=36.5, lon=41.0)))
    89
    """
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, east = math.radians(other.lat - one.lat) / 2, math.radians(other.lon - one.lon) / 2
    chord = math.sin(north) ** 2 + math.cos(math.radians(one.lat)) * math.cos(math.radians(other.lat)) * math.sin(east) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def add_ranges(ranges: Sequence[Range]) -> Range:
    """Of several happenings together; open, or left open, where one of them is.

    >>> str(add_ranges([Range(low=3, high=5), Range(low=2, high=2)])), str(add_ranges([Range(low=3, high=None), Range(low=2, high=2)]))
    ('5–7', '5 or more')
    """
    highs, bests = [one.high for one in ranges if one.high is not None], [one.best for one in ranges if one.best is not None]
    return Range(
        low=sum(one.low for one in ranges),
        high=sum(highs) if len(highs) == len(ranges) else None,
        best=sum(bests) if len(bests) == len(ranges) else None,
    )


def collect_figures(sides: Sequence[Side]) -> dict[str, Range]:
    """By measure, what all of them count; one that some of several do not tell is left out, as their sum is not known."""
    measures = dict.fromkeys(measure for one in sides for measure in one.figures)
    return {measure: add_ranges([one.figures[measure] for one in sides]) for measure in measures if all(measure in one.figures for one in sides)}


def _compare_days(ours: Sequence[Side], theirs: Sequence[Side]) -> Field:
    mine, other = find_span(ours), find_span(theirs)
    apart = None if mine is None or other is None else max(0, (mine[0] - other[1]).days, (other[0] - mine[1]).days)
    return Field(name="day", ours=tell_span(mine), theirs=tell_span(other), agrees=None if apart is None else apart == 0, apart=apart)


def _compare_places(ours: Side, theirs: Side) -> Field:
    """Points agree within both their radii; without points, provinces do by name."""
    km = measure_km(ours, theirs)
    if km is None:
        return Field(name="place", ours=tell_place(ours), theirs=tell_place(theirs), agrees=None)
    gap = km - max(NEAR_KM, (ours.radius_km or 0.0) + (theirs.radius_km or 0.0))
    return Field(name="place", ours=tell_place(ours), theirs=tell_place(theirs), agrees=gap <= 0, apart=round(km, 1) if gap > 0 else 0.0)


def _compare_types(ours: Side, theirs: Side) -> Field:
    """By type, or by code: where a code stands for several types, which of them is meant is not known."""
    same = ours.type == theirs.type or (ours.code is not None and ours.code == theirs.code)
    told = f"{theirs.type or 'a type that we have not'} ({theirs.code})" if theirs.code else theirs.type
    return Field(name="type", ours=ours.type, theirs=told, agrees=None if theirs.type is None and not same else same)


def _compare_figures(ours: Sequence[Side], theirs: Sequence[Side]) -> list[Field]:
    mine, others = collect_figures(ours), collect_figures(theirs)
    measures = sorted({*mine, *others}, key=lambda measure: (measure != KILLED, measure))
    return [_compare_ranges(measure, mine.get(measure), others.get(measure)) for measure in measures]


def _compare_ranges(measure: str, mine: Range | None, other: Range | None) -> Field:
    apart = None if mine is None or other is None else mine.gap(other)
    told = [None if one is None else str(one) for one in (mine, other)]
    return Field(name=measure, ours=told[0], theirs=told[1], agrees=None if apart is None else apart == 0, apart=apart)
