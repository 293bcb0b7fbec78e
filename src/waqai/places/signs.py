"""The signs that tell which place a name of a text means, and what each counts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from waqai.core import Span
from waqai.places.context import Votes
from waqai.places.gazetteer import rank
from waqai.places.kinds import Level
from waqai.places.outlets import Home
from waqai.places.place import Place, distance_km
from waqai.places.rank import Area

_MOST_POINTS = 150  # of a text as long as a book: every candidate is measured against each
_USUAL = {"washington": "geonames:4140963"}


class Signs(NamedTuple):
    """The signs of a candidate; of the weights, what each counts in decades of population."""

    rank: float = 0.0
    """`gazetteer.rank`: size, match, kind."""
    other_name: float = 0.0
    """The name is not the place's own but another that it bears."""
    lent: float = 0.0
    """The same where the name is a country's or first-order area's own."""
    admin1: float = 0.0
    admin2: float = 0.0
    region: float = 0.0
    """What kind of place it is."""
    inside: float = 0.0
    """Areas beside the name that it lies in,"""
    outside: float = 0.0
    """and others."""
    spoken_of: float = 0.0
    """The root of its country's share of the text,"""
    not_spoken_of: float = 0.0
    """or that it has none though others have,"""
    in_area: float = 0.0
    """the root of the share of its first-order area."""
    near: float = 0.0
    """How near other places of the text lie,"""
    near_home: float = 0.0
    """the home of the publisher."""
    home_area: float = 0.0
    """In the first-order area of the publisher, or that area itself."""
    large: float = 0.0
    """Over 100,000 people live in the town;"""
    usual: float = 0.0
    """it is what the bare name means in news, whatever lies near."""
    unknown: float = 0.0
    """Not a candidate but that the place meant is not in the gazetteer."""
    unknown_near_home: float = 0.0
    """The same where the publisher's home is sure."""


WEIGHTS = Signs(
    rank=0.64,
    other_name=-0.1,
    lent=-0.5,
    admin1=1.3,
    admin2=0.8,
    region=1.1,
    inside=2.6,
    outside=-0.4,
    spoken_of=1.0,
    not_spoken_of=-0.9,
    in_area=2.4,
    near=2.4,
    near_home=3.6,
    home_area=2.7,
    large=0.6,
    usual=3.6,
    unknown=2.0,
    unknown_near_home=1.9,
)
"""A conditional logit over the candidates of 3,900 names of LGL and GeoVirus, rounded; fitted on four fifths of the outlets and tried on the last, in turn, it
loses less than half a point of acc@161. Signs of 0.1 either way change nothing that can be told from noise."""


@dataclass
class TextName:
    """A name of the text: its mentions, what it can mean, and what it is taken to mean so far."""

    name: str
    key: str
    level: Level | None
    mentions: list[Span]
    candidates: list[Place]
    areas: tuple[Area, ...]
    part: bool = False
    """The candidates are of a part of the name: places that hold it or lent it their name."""
    beside: tuple[str, ...] = ()
    """The names of the areas beside it."""
    chosen: Place | None = None
    p: float = 0.0

    @cached_property
    def widely_own(self) -> bool:
        """It is the own name of a country or first-order area, and no mere other name of one."""
        return any(p.match == "name" and p.kind in ("country", "admin1") for p in self.candidates)


@dataclass(frozen=True, slots=True)
class TextContext:
    """What is known of the text before a name is chosen."""

    shares: Mapping[str, Mapping[str, float]]
    admin1s: Mapping[str, float]
    points: tuple[tuple[float, float, float, str], ...]
    home: Home | None

    @classmethod
    def of(cls, names: Sequence[TextName], votes: Votes, home: Home | None, *, first: bool) -> TextContext:
        told = _told_countries(names, votes, first=first)
        shares = {name.key: told.shares(without=name.key) for name in names}
        admin1s: dict[str, float] = defaultdict(float)
        points = []
        for name in names:
            for area in name.areas:
                for id_ in area.ids:
                    admin1s[id_] += 1.0 / len(area.ids)
            place = name.chosen
            if first or place is None:
                continue
            if place.admin1_id is not None and place.kind != "country":
                admin1s[place.admin1_id] += name.p * (1.0 if place.kind == "admin1" else 0.5)
            if place.lat is not None and place.lon is not None and place.kind in ("town", "admin2", "facility"):
                points.append((place.lat, place.lon, name.p, name.key))
        total = sum(admin1s.values())
        surest = tuple(sorted(points, key=lambda point: (-point[2], point[3]))[:_MOST_POINTS])
        return cls(shares, {k: v / total for k, v in admin1s.items()} if total else {}, surest, home)


def _told_countries(names: Sequence[TextName], votes: Votes, *, first: bool) -> Votes:
    """The votes of the text's words for countries, with those of the areas beside names and of what is already chosen."""
    named, by_name = dict(votes.named), dict(votes.by_name)
    for name in names:
        for code in {code for area in name.areas for code in area.countries}:
            named[code] = named.get(code, 0.0) + 1.0
        place = name.chosen
        if not first and place is not None and place.country is not None and place.kind != "country" and name.key not in by_name:
            by_name[name.key] = (place.country, 0.7 * name.p)
    return Votes(named, by_name)


def signs_of(place: Place, name: TextName, context: TextContext) -> Signs:
    """The signs of a candidate."""
    inside = sum(area.holds(place) or bool(area.countries & set(place.countries)) for area in name.areas)
    shares = context.shares[name.key]
    share = max((shares.get(code, 0.0) for code in place.countries), default=0.0)
    area = context.admin1s.get(place.admin1_id or "", 0.0)
    home = context.home
    at = (place.lat, place.lon) if place.lat is not None and place.lon is not None else None
    local = place.kind in ("town", "admin2", "facility")
    return Signs(
        rank=rank(place, level=name.level),
        other_name=1.0 if place.match in ("alternate", "loose") else 0.0,
        lent=1.0 if name.widely_own and place.match in ("alternate", "loose") else 0.0,
        admin1=1.0 if place.kind == "admin1" else 0.0,
        admin2=1.0 if place.kind == "admin2" else 0.0,
        region=1.0 if place.kind == "region" else 0.0,
        inside=inside,
        outside=len(name.areas) - inside,
        spoken_of=math.sqrt(share),
        not_spoken_of=1.0 if shares and not share and place.countries else 0.0,
        in_area=math.sqrt(area),
        near=_nearness(at, name.key, context.points) if local else 0.0,
        near_home=home.p * math.exp(-distance_km(at, (home.lat, home.lon)) / 100.0) if home and at and local else 0.0,
        home_area=home.p if home and home.admin1_id is not None and place.admin1_id == home.admin1_id else 0.0,
        large=1.0 if place.kind == "town" and place.weight >= 5.0 else 0.0,
        usual=1.0 if _USUAL.get(name.key) == place.id and not name.areas else 0.0,
    )


def signs_of_none(context: TextContext) -> Signs:
    return Signs(unknown=1.0, unknown_near_home=context.home.p if context.home else 0.0)


def _nearness(at: tuple[float, float] | None, key: str, points: Iterable[tuple[float, float, float, str]]) -> float:
    """How near the nearest other places lie: a place at hand counts 1, one at 100 km a third."""
    if at is None:
        return 0.0
    near = sorted((p * math.exp(-distance_km(at, (lat, lon)) / 100.0) for lat, lon, p, other in points if other != key), reverse=True)
    return sum(near[:3]) / 2.0
