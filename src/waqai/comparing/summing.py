"""A comparison in numbers: how many are where, and how far what both tell agrees. No record is the measure of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.comparing.comparison import Alone, Comparison, Matched
from waqai.comparing.differing import Field

FACETS = ("day", "place", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How many of one record are where; together they are all of it."""

    both: int
    perhaps: int
    alone: int
    outside: int

    @property
    def all(self) -> int:
        return self.both + self.perhaps + self.alone + self.outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of the matches, how many agree on a field, and how many do not; what only one of the two tells is no disagreement."""

    field: str
    agree: int
    differ: int
    only_ours: int
    only_theirs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field on which the two records of one happening part."""

    matched: Matched
    field: Field


def count_places(comparison: Comparison) -> tuple[Places, Places]:
    """Of ours, and of theirs."""
    sides = []
    for side, alone in ((0, comparison.ours_only), (1, comparison.theirs_only)):
        outside = sum(one.outside is not None for one in alone)
        both, perhaps = comparison.count("match")[side], comparison.count("possible")[side]
        sides.append(Places(both=both, perhaps=perhaps, alone=len(alone) - outside, outside=outside))
    return sides[0], sides[1]


def count_reasons(alone: Sequence[Alone]) -> list[tuple[str, int]]:
    """Why the other record does not hold them, the most frequent first."""
    return sorted(Counter(one.outside for one in alone if one.outside).items(), key=lambda found: (-found[1], found[0]))


def count_agreement(matched: Sequence[Matched]) -> list[Agreement]:
    """By field: day, place and type, then the figures, the most often told first."""
    counted: dict[str, list[int]] = {name: [0, 0, 0, 0] for name in FACETS}
    for field in (field for one in matched if one.match.verdict == "match" for field in one.fields):
        place = 0 if field.agrees else 1 if field.agrees is False else 2 if field.theirs is None else 3 if field.ours is None else None
        row = counted.setdefault(field.name, [0, 0, 0, 0])
        if place is not None:
            row[place] += 1
    names = [*FACETS, *sorted(set(counted) - set(FACETS), key=lambda name: (-sum(counted[name]), name))]
    return [Agreement(field=name, agree=row[0], differ=row[1], only_ours=row[2], only_theirs=row[3]) for name in names for row in (counted[name],)]


def list_differences(matched: Sequence[Matched], *, figures: bool) -> list[Difference]:
    """Figures that part, or days and places, the furthest apart first; of matches only, as a possible one may be two happenings."""
    return sorted(_iter_differences(matched, figures=figures), key=_order)


def _iter_differences(matched: Sequence[Matched], *, figures: bool) -> Iterator[Difference]:
    for one in matched:
        if one.match.verdict == "match":
            yield from (Difference(matched=one, field=field) for field in one.fields if field.agrees is False and (field.name not in FACETS) is figures)


def _order(one: Difference) -> tuple[float, str, str]:
    return (-(one.field.apart or 0.0), one.matched.ours[0].id, one.field.name)
