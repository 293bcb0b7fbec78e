"""Which of the places of one name a report means.

Every candidate gets a score in decades of population: how well the name matches and how large the place is (`gazetteer.rank`), whether it lies in the areas
that the words give, in the countries that the report speaks of, near the other places of the report. The weights are set by hand and were looked at on the
development reports; moving one by half changes few choices, since the areas given in words outweigh all else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from waqai.places.gazetteer import alike, rank
from waqai.places.kinds import Level
from waqai.places.names import fold
from waqai.places.place import Place, distance_km

IN_AREA, OUT_OF_AREA = 5.0, -2.0
IN_COUNTRY, OUT_OF_COUNTRIES, FAMOUS_ELSEWHERE = 3.5, -1.5, -0.5
FAMOUS_WEIGHT = 5.5  # a place this large may be meant though the report names other countries: Rome, in a report of Syria and the United States
NEARBY, NEAR_KM, FAR_KM = 1.0, 50.0, 400.0
SPELLING = 4.0
NOWHERE = (
    2.6  # what the hypothesis scores that the place meant is not in the gazetteer: a hamlet of a few hundred in a country that the report names in passing
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What one containing name can mean: its candidates' ids, the countries they are or lie in, points of towns, and the likeliest of them."""

    ids: frozenset[str]
    countries: frozenset[str]
    points: tuple[tuple[float, float], ...] = ()
    place: Place | None = None

    def holds(self, place: Place) -> bool:
        """Whether the place lies in one of the candidates, or within 60 km of one that is a town."""
        if self.ids & {place.id, place.admin1_id, place.admin2_id}:
            return True
        if place.lat is None or place.lon is None:
            return False
        return any(distance_km((place.lat, place.lon), point) <= 60 for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known before a name is resolved. `countries` weighs the countries that the report speaks of, the weights summing to one."""

    areas: tuple[Area, ...] = ()
    countries: Mapping[str, float] = field(default_factory=dict)
    points: tuple[tuple[float, float], ...] = ()


def make_area(candidates: Sequence[Place]) -> Area:
    """The area that a containing name gives. Countries and first-order areas stand for all that lies in them."""
    best = [p for p in candidates[:6] if p.kind != "facility"]
    ids = frozenset(p.id for p in best if p.kind != "town")
    countries = frozenset(code for p in best if p.kind == "country" for code in p.countries)
    points = tuple((p.lat, p.lon) for p in best[:2] if p.kind in ("town", "admin2") and p.lat is not None and p.lon is not None)
    return Area(ids=ids, countries=countries, points=points, place=best[0] if best else None)


def rank_candidates(name: str, candidates: Iterable[Place], *, level: Level | None, context: Context) -> list[tuple[float, Place]]:
    """The candidates with their scores, best first."""
    key = fold(name)
    scored = [(_score(place, key, level, context), place) for place in candidates]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].id))


def _score(place: Place, key: str, level: Level | None, context: Context) -> float:
    score = rank(place, level=level)
    if place.match == "skeleton":
        score -= SPELLING * (1.0 - alike(key, place.name))
    outside = False  # of a country: nothing lies in two, so that "the presidents of Iran, Russia and Turkey met in Tehran" counts once against Tehran
    for area in context.areas:
        if area.holds(place) or area.countries & set(place.countries):
            score += IN_AREA
        elif not (area.countries and outside):
            score += OUT_OF_AREA / (2 if place.weight >= FAMOUS_WEIGHT and area.countries else 1)
            outside = outside or bool(area.countries)
    if context.countries:
        weight = max((context.countries.get(code, 0.0) for code in place.countries), default=0.0)
        elsewhere = FAMOUS_ELSEWHERE if place.weight >= FAMOUS_WEIGHT else OUT_OF_COUNTRIES
        score += IN_COUNTRY * weight**0.75 if weight else elsewhere
    return score + _nearness(place, context.points)


def _nearness(place: Place, points: Iterable[tuple[float, float]]) -> float:
    """1 within 50 km of another place of the report, falling to 0 at 400 km."""
    if place.lat is None or place.lon is None:
        return 0.0
    distance = min((distance_km((place.lat, place.lon), point) for point in points), default=FAR_KM)
    return NEARBY * min(1.0, max(0.0, (FAR_KM - distance) / (FAR_KM - NEAR_KM)))


def probability(scored: Sequence[tuple[float, Place]]) -> float:
    """How sure the first of the ranked candidates is: its share under a softmax of temperature 1 with "not in the gazetteer" among them; at most 0.98.

    Candidates at one place under two kinds (a town and its province) do not compete, since they share the name for a reason.
    """
    if not scored:
        return 0.0
    best_score, best = scored[0]
    rivals = [score for score, place in scored[1:12] if not _same_spot(best, place)]
    total = 1.0 + sum(math.exp(score - best_score) for score in (*rivals, NOWHERE))
    penalty = {"skeleton": 0.75, "loose": 0.95}.get(best.match, 1.0)
    return round(min(0.98, penalty / total), 3)


def _same_spot(a: Place, b: Place) -> bool:
    return a.kind != b.kind and a.country == b.country and (a.admin1_id == b.admin1_id or a.id == b.admin1_id or b.id == a.admin1_id)
