"""Our record beside another's: which of ours and theirs are one happening, which are in one record only, and which lie outside what the other records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from waqai.bounds import Cleared
from waqai.codebook import ActorRegister, Codebook
from waqai.comparing.deciding import Match, decide
from waqai.comparing.differing import Field, compare_sides
from waqai.comparing.frames import WIDEST_DAYS, is_too_wide
from waqai.comparing.matching import match_sides
from waqai.comparing.schemes import Holding, Scheme
from waqai.comparing.sides import Side, side_of_record, side_of_row
from waqai.core import Day
from waqai.export import Making
from waqai.imports import ForeignRow

BESIDE_DAYS = 10
NO_DAY = "no day is known"
TOO_WIDE = f"its day is known to more than {WIDEST_DAYS} days only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A side, and why the other record does not hold such a thing (None: it does)."""

    side: Side
    outside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for of our record: rows of theirs outside it are no misses. Empty or None: everything."""

    since: Day | None = None
    until: Day | None = None
    countries: Collection[str] = ()
    families: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """One happening in both records: the first of `ours` and of `theirs` is the pair, others joined it. `rivals`: ids that fit nearly as well."""

    match: Match
    ours: tuple[Side, ...]
    theirs: tuple[Side, ...]
    fields: tuple[Field, ...]
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """In one record only. `outside`: why the other does not hold it, so that it is no miss; `near`: id of one of the other, matched elsewhere, that fits."""

    side: Side
    outside: str | None = None
    near: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All of both records, each happening once: matched, or in one of them only."""

    scheme: Scheme
    matched: tuple[Matched, ...]
    ours_only: tuple[Alone, ...]
    theirs_only: tuple[Alone, ...]

    def count(self, verdict: str) -> tuple[int, int]:
        """How many of ours, and of theirs, are in matches of this verdict."""
        found = [one for one in self.matched if one.match.verdict == verdict]
        return sum(len(one.ours) for one in found), sum(len(one.theirs) for one in found)


def take_records(records: Iterable[Cleared], scheme: Scheme, making: Making) -> list[Held]:
    """Our incidents as sides, by id, with why the dataset has no home for one."""
    holding = Holding(scheme, making)
    held = []
    for cleared in records:
        code, why = holding.ask(cleared)
        held.append(Held(side=side_of_record(cleared, making=making, code=code), outside=why))
    return sorted(held, key=lambda one: one.side.id)


def take_rows(rows: Iterable[ForeignRow], scheme: Scheme, *, codebook: Codebook, register: ActorRegister) -> list[Held]:
    """Their rows as sides, by id."""
    sides = (side_of_row(row, codebook=codebook, register=register, code_column=scheme.code, stand_in=scheme.stand_in) for row in rows)
    return sorted((Held(side=side) for side in sides), key=lambda one: (one.side.id, one.side.line or 0))


def compare(ours: Sequence[Held], theirs: Sequence[Held], *, scheme: Scheme, asked: Asked, stage: Callable[[str], None] = lambda words: None) -> Comparison:
    """Both records, held against each other. `stage` hears what is done. Raises MissingPart without Splink.

    What lies far outside the days and countries of the other record is not looked at: how often two that are not one agree by chance is measured on the rest.
    """
    reaches = find_reach([one.side for one in theirs]), find_reach([one.side for one in ours], asked)
    near_ours, far_ours = _part(ours, reaches[0])
    near_theirs, far_theirs = _part(theirs, reaches[1])
    mine, others = [one.side for one in near_ours], [one.side for one in near_theirs]
    stage("looking for pairs")
    pairs = match_sides(mine, others)
    stage("deciding which pairs are one")
    decided = decide(pairs, mine, others, per_telling=scheme.per_telling)
    taken_ours, taken_theirs = {place for m in decided.matches for place in m.ours}, {place for m in decided.matches for place in m.theirs}
    alone_ours = [*_iter_alone(near_ours, taken_ours, reaches[0], near=decided.near_ours, others=others), *_iter_alone(far_ours, (), reaches[0])]
    alone_theirs = [*_iter_alone(near_theirs, taken_theirs, reaches[1], near=decided.near_theirs, others=mine), *_iter_alone(far_theirs, (), reaches[1])]
    return Comparison(
        scheme=scheme,
        matched=tuple(_matched(match, mine, others) for match in decided.matches),
        ours_only=tuple(sorted(alone_ours, key=_in_order)),
        theirs_only=tuple(sorted(alone_theirs, key=_in_order)),
    )


def _part(held: Sequence[Held], reach: Asked) -> tuple[list[Held], list[Held]]:
    """What the other record may tell of, and what lies far outside it."""
    beside = timedelta(days=BESIDE_DAYS)
    wider = Asked(since=reach.since and reach.since - beside, until=reach.until and reach.until + beside, countries=reach.countries)
    near: list[Held] = []
    far: list[Held] = []
    for one in held:
        (near if why_outside(one.side, wider) is None else far).append(one)
    return near, far


def _in_order(one: Alone) -> tuple[str, str]:
    return ("" if one.side.first is None else one.side.first.isoformat(), one.side.id)


def find_reach(sides: Sequence[Side], asked: Asked | None = None) -> Asked:
    """The days and countries that a record covers: as they were asked for, else those that are in it."""
    asked = asked or Asked()
    firsts, lasts = [one.first for one in sides if one.first], [one.last for one in sides if one.last]
    return Asked(
        since=asked.since or min(firsts, default=None),
        until=asked.until or max(lasts, default=None),
        countries=frozenset(asked.countries or (one.country for one in sides if one.country)),
        families=asked.families,
    )


def why_outside(side: Side, reach: Asked) -> str | None:
    """Why a record of this reach does not hold it, as the words after "the other record"; None: it could.

    >>> why_outside(Side(id="a", type="clash", family="combat"), Asked())
    'no day is known'
    """
    if side.first is None or side.last is None:
        return NO_DAY
    if is_too_wide(side):
        return TOO_WIDE
    if (reach.since is not None and side.last < reach.since) or (reach.until is not None and side.first > reach.until):
        return "before or after the days of the other record"
    if reach.countries and side.country is not None and side.country not in reach.countries:
        return "in a country of which the other record has nothing"
    return "of a family that was not asked for" if reach.families and side.family is not None and side.family not in reach.families else None


def _matched(match: Match, ours: Sequence[Side], theirs: Sequence[Side]) -> Matched:
    mine, others = tuple(ours[place] for place in match.ours), tuple(theirs[place] for place in match.theirs)
    rivals = (ours[pair.ours].id if pair.ours not in match.ours else theirs[pair.theirs].id for pair in match.rivals)
    return Matched(match=match, ours=mine, theirs=others, fields=compare_sides(mine, others), rivals=tuple(dict.fromkeys(rivals)))


def _iter_alone(
    held: Sequence[Held], taken: Collection[int], reach: Asked, *, near: Mapping[int, int] | None = None, others: Sequence[Side] = ()
) -> Iterator[Alone]:
    for place, one in enumerate(held):
        if place not in taken:
            beside = (near or {}).get(place)
            yield Alone(side=one.side, outside=one.outside or why_outside(one.side, reach), near=None if beside is None else others[beside].id)
