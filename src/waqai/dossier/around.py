"""What stands around an incident in the store: happenings of the days before, what came earlier at the place and of bodies taking part. Never as a cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from waqai.bounds import Bounds, Cleared, ClearedIncident, forbids_passing_on
from waqai.bounds.places import is_town
from waqai.codebook.actors import ActorRegister
from waqai.core import Day
from waqai.store import Filters, Store

BESIDE = ("diplomacy", "policy_and_aid")
"""Families that are context wherever they happen."""
NEAR_KM = 150.0
MOST = 12
MOST_EARLIER = 8
MOST_ACTORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """Another incident: how many days before, at least and at most, and how far away (None: one of the two has no point)."""

    record: Cleared
    least_days: int
    most_days: int
    km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Earlier incidents: the newest `records`, of `count` in all. `name` is the place's or body's."""

    name: str
    count: int
    records: tuple[Cleared, ...]
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`more` are so many happenings of the days before that are not in `before`."""

    before: tuple[Nearby, ...] = ()
    more: int = 0
    town: Earlier | None = None
    area: Earlier | None = None
    actors: tuple[Earlier, ...] = ()

    def records(self) -> tuple[Cleared, ...]:
        """All incidents in it, each once, by id."""
        listed = [one.record for one in self.before] + [record for earlier in self.earlier() for record in earlier.records]
        return tuple({one.incident.id: one for one in sorted(listed, key=lambda one: one.incident.id)}.values())

    def earlier(self) -> tuple[Earlier, ...]:
        return (*(one for one in (self.town, self.area) if one is not None), *self.actors)


def find_around(record: Cleared, store: Store, bounds: Bounds, *, days: int, actors: ActorRegister) -> Around:
    """What the profile lets be seen of the days before the incident and of what came earlier; nothing for an incident without a day."""
    when = record.incident.when
    if when is None:
        return Around()
    look = _Look(store, bounds, record)
    before, more = look.find_before(days)
    until = when.earliest - timedelta(days=1)
    town, area = look.find_at_place(until)
    return Around(before=before, more=more, town=town, area=area, actors=tuple(look.iter_of_actors(until, actors)))


class _Look:
    """Looks from one incident into a store, through the bounds."""

    def __init__(self, store: Store, bounds: Bounds, record: Cleared) -> None:
        self._store, self._bounds, self._record = store, bounds, record

    def find_before(self, days: int) -> tuple[tuple[Nearby, ...], int]:
        """The most telling ones, nearest day last, and how many are left out."""
        when = self._record.incident.when
        assert when is not None
        window = Filters(since=when.earliest - timedelta(days=days), until=when.earliest)
        found = [near for one in self._iter_cleared(window) if (near := self._measure(one)) is not None and self._is_context(near)]
        ranked = sorted(found, key=self._rank)[:MOST]
        whole = {one.incident.id: one for one in self._load([near.record.incident.id for near in ranked])}
        measured = [near for one in whole.values() if (near := self._measure(one)) is not None]
        return tuple(sorted(measured, key=lambda near: (-near.least_days, near.record.incident.id))), len(found) - len(measured)

    def find_at_place(self, until: Day) -> tuple[Earlier | None, Earlier | None]:
        """Earlier incidents in the town, and elsewhere in the first-level area: no site is ever asked for, however well its place is known."""
        where = self._record.incident.where
        if where is None or where.admin1 is None:
            return None, None
        found = list(self._iter_earlier(Filters(admin1=(f"{where.country or ''}/{where.admin1}",), until=until)))
        in_town = is_town(where) and where.name != where.admin1
        here = [one for one in found if in_town and one.incident.where is not None and one.incident.where.place_id == where.place_id]
        told = {one.incident.id for one in here}
        town = self._earlier(where.name, here)
        return town, self._earlier(where.admin1, [one for one in found if town is None or one.incident.id not in told])

    def iter_of_actors(self, until: Day, actors: ActorRegister) -> Iterator[Earlier]:
        """Earlier incidents of the registered bodies that take part; states, which take part in nearly everything, are left out."""
        told = Counter(one.actor_id for account in self._record.accounts for one in account.involved if one.actor_id is not None)
        bodies = [
            actor for actor, _ in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])) if actor in actors.actors and actors.actors[actor].kind != "state"
        ]
        for actor in bodies[:MOST_ACTORS]:
            found = self._earlier(actors.actors[actor].name, list(self._iter_earlier(Filters(actor=(actor,), until=until))), actor=actor)
            if found is not None:
                yield found

    # -- inside

    def _iter_cleared(self, filters: Filters) -> Iterator[Cleared]:
        for record in self._store.iter_records(filters, forbids=forbids_passing_on):
            cleared = self._bounds.clear(record)
            if isinstance(cleared, Cleared) and cleared.incident.id != self._record.incident.id:
                yield cleared

    def _iter_earlier(self, filters: Filters) -> Iterator[Cleared]:
        """Those that were over before this one began: one whose days reach into it may not be earlier."""
        first = self._record.incident.when
        for one in self._iter_cleared(filters):
            if first is not None and one.incident.when is not None and one.incident.when.latest < first.earliest:
                yield one

    def _load(self, ids: Sequence[str]) -> Iterable[Cleared]:
        records = self._store.load_records(ids, forbids=forbids_passing_on, told=True)
        return [cleared for record in records if isinstance(cleared := self._bounds.clear(record), Cleared)]

    def _earlier(self, name: str, found: list[Cleared], *, actor: str | None = None) -> Earlier | None:
        if not found:
            return None
        newest = sorted(found, key=lambda one: (_latest(one.incident), one.incident.id), reverse=True)[:MOST_EARLIER]
        return Earlier(name=name, count=len(found), records=tuple(self._load([one.incident.id for one in newest])), actor=actor)

    def _measure(self, other: Cleared) -> Nearby | None:
        """How far away in days and km; None for one that may be later."""
        mine, theirs = self._record.incident.when, other.incident.when
        if mine is None or theirs is None or theirs.latest > mine.earliest:
            return None
        days = sorted(((mine.earliest - theirs.latest).days, (mine.latest - theirs.earliest).days))
        return Nearby(record=other, least_days=days[0], most_days=days[1], km=distance_km(self._record.incident, other.incident))

    def _is_context(self, near: Nearby) -> bool:
        return near.record.family in BESIDE or self._shares_country(near) or self._shares_report(near) or (near.km is not None and near.km <= NEAR_KM)

    def _rank(self, near: Nearby) -> tuple[bool, bool, bool, float, int, str]:
        close = near.km is not None and near.km <= NEAR_KM
        return (
            not self._shares_report(near),
            not (near.record.family in BESIDE and self._shares_country(near)),
            not close,
            near.km or 1e6,
            near.least_days,
            near.record.incident.id,
        )

    def _shares_country(self, near: Nearby) -> bool:
        mine, theirs = self._record.incident.where, near.record.incident.where
        return mine is not None and theirs is not None and mine.country is not None and mine.country == theirs.country

    def _shares_report(self, near: Nearby) -> bool:
        return not {one.report for one in self._record.incident.accounts}.isdisjoint(one.report for one in near.record.incident.accounts)


def _latest(incident: ClearedIncident) -> str:
    return incident.when.latest.isoformat() if incident.when is not None else ""


def distance_km(one: ClearedIncident, other: ClearedIncident) -> float | None:
    """Along the great circle, on a sphere of 6,371 km; None where one of them has no point."""
    a, b = one.where, other.where
    if a is None or b is None or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    south, north = radians(a.lat), radians(b.lat)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))
