"""What every place name of a text means, each taken in the light of all the others.

One name has one sense in a text, unless the words beside a mention put it elsewhere. Every candidate gets a score from few signs: how large it is and how
well the name fits (`gazetteer.rank`), the areas that stand beside the name ("Paris, Tex."), the countries and first-order areas that the text speaks of,
how near it lies to the other places of the text, and how near to the home of the publisher. Scores are settled in rounds, since each name's neighbours
depend on what those mean.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waqai.core import Span
from waqai.places.context import STATE_OF, Votes, count_countries, names_beside
from waqai.places.gazetteer import Gazetteer, rank
from waqai.places.kinds import Level, level_of, split_kind
from waqai.places.names import fold, is_abbreviation, tidy
from waqai.places.outlets import Home
from waqai.places.place import Place, distance_km
from waqai.places.rank import Area, make_area

ROUNDS = 3
_MOST_CANDIDATES = 80


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts, in the unit of `gazetteer.rank`."""

    rank: float = 1.0
    inside: float = 5.0
    outside: float = -2.0
    country: float = 3.5
    no_country: float = -1.5
    admin1: float = 2.0
    near: float = 2.0
    home_near: float = 4.0
    home_admin1: float = 1.5
    home_country: float = 1.0


WEIGHTS = Weights()
SIGNS = tuple(Weights.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A mention and the place that it means (None: none that we know), with how sure and why."""

    phrase: Span
    name: str
    place: Place | None
    p: float
    because: str


@dataclass(slots=True)
class _Name:
    """A name of the text: its mentions, what it can mean, and what it is taken to mean so far."""

    name: str
    key: str
    level: Level | None
    mentions: list[Span]
    candidates: list[Place]
    areas: tuple[Area, ...]
    chosen: Place | None = None
    p: float = 0.0


class DocumentResolver:
    """Places the names of a text."""

    def __init__(self, gazetteer: Gazetteer, *, weights: Weights = WEIGHTS) -> None:
        self._gazetteer, self._weights = gazetteer, weights

    def resolve(self, text: str, mentions: Iterable[Span], *, home: Home | None = None) -> tuple[Located, ...]:
        """What these stretches of the text mean, in their order. `home` is where its publisher is at home."""
        spans = list(mentions)
        names = self._names(text, spans)
        votes = self._votes(text, names)
        for round_ in range(ROUNDS):
            context = _Context.of(names, votes, home, first=round_ == 0)
            for name in names:
                self._choose(name, context)
        known = {(span.start, span.end): name for name in names for span in name.mentions}
        return tuple(_located(known[span.start, span.end], span) for span in spans)

    def signs(self, text: str, mentions: Iterable[Span], *, home: Home | None = None) -> list[tuple[_Name, list[tuple[float, ...]]]]:
        """For each name the signs of its candidates after all rounds, for setting weights."""
        names = self._names(text, list(mentions))
        votes = self._votes(text, names)
        for round_ in range(ROUNDS - 1):
            context = _Context.of(names, votes, home, first=round_ == 0)
            for name in names:
                self._choose(name, context)
        context = _Context.of(names, votes, home, first=False)
        return [(name, [_signs(place, name, context) for place in name.candidates]) for name in names]

    def _names(self, text: str, spans: Sequence[Span]) -> list[_Name]:
        """The names of the text, each with its mentions; a mention with areas of its own beside it stands apart when these differ from the others'."""
        beside = {(s.start, s.end): self._areas_beside(text, s) for s in spans}
        shared: dict[str, list[str]] = defaultdict(list)
        for span in spans:
            shared[fold(written_name(text, span))] += [a for a in beside[span.start, span.end] if a not in shared[fold(written_name(text, span))]]
        groups: dict[tuple[str, Level | None, tuple[str, ...]], _Name] = {}
        for span in spans:
            name = written_name(text, span)
            own = beside[span.start, span.end] or tuple(shared[fold(name)][:1])
            level = _level(text, span, name)
            key = fold(name), level, own
            if key not in groups:
                areas = tuple(a for a in map(self._area, own) if a is not None)
                groups[key] = _Name(name, fold(name), level, [], self._candidates(name), areas)
            groups[key].mentions.append(span)
        return list(groups.values())

    def _areas_beside(self, text: str, span: Span) -> tuple[str, ...]:
        found = names_beside(text, span)
        return tuple(name for name in found if self._area(name) is not None)[:1]

    def _area(self, name: str) -> Area | None:
        places = [p for p in self._candidates(name) if p.kind != "facility"]
        places.sort(key=lambda p: (-rank(p, level=split_kind(name)[1]), p.id))
        return make_area(places[:3]) if places else None

    def _candidates(self, name: str) -> list[Place]:
        places = self._gazetteer.find(name)
        return list(places[:_MOST_CANDIDATES])

    def _votes(self, text: str, names: Sequence[_Name]) -> Votes:
        return count_countries(text, self._gazetteer.country_keys)

    def _choose(self, name: _Name, context: _Context) -> None:
        if not name.candidates:
            return
        scored = [(self._score(_signs(place, name, context)), place) for place in name.candidates]
        best, name.chosen = max(scored, key=lambda pair: (pair[0], pair[1].id))
        name.p = 1.0 / sum(math.exp(score - best) for score, _ in scored)

    def _score(self, signs: Sequence[float]) -> float:
        w = self._weights
        return sum(getattr(w, sign) * value for sign, value in zip(SIGNS, signs, strict=True))


def written_name(text: str, span: Span) -> str:
    """The name of a mention as the gazetteer may hold it: states' abbreviations written out.

    >>> written_name("in Tyler, Tex., on", Span(10, 14))
    'Texas'
    """
    name = " ".join(span.of(text).split())
    key = name.replace(".", "").replace(" ", "").lower()
    if key in STATE_OF and ("." in name or text[span.end : span.end + 1] == "." or (len(key) == 2 and name.isupper())):
        return STATE_OF[key]
    return tidy(name)


def _level(text: str, span: Span, name: str) -> Level | None:
    told = split_kind(name)[1]
    if told is not None:
        return told
    behind = re.match(r"\s+(\w+)", text[span.end : span.end + 30])
    level = level_of(behind.group(1)) if behind else None
    return level if level in ("admin1", "admin2") else None


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of the text before a name is chosen."""

    shares: Mapping[str, Mapping[str, float]]
    admin1s: Mapping[str, float]
    points: tuple[tuple[float, float, float, str], ...]
    home: Home | None

    @classmethod
    def of(cls, names: Sequence[_Name], votes: Votes, home: Home | None, *, first: bool) -> _Context:
        shares = {name.key: votes.shares(without=name.key) for name in names}
        admin1s: dict[str, float] = defaultdict(float)
        points = []
        for name in names:
            for area in name.areas:
                for id_ in area.ids:
                    admin1s[id_] += 1.0 / len(area.ids)
            place = name.chosen
            if first or place is None:
                continue
            id_ = place.admin1_id if place.kind != "country" else None
            if id_:
                admin1s[id_] += name.p * (1.0 if place.kind == "admin1" else 0.5)
            if place.lat is not None and place.lon is not None and place.kind in ("town", "admin2", "facility"):
                points.append((place.lat, place.lon, name.p, name.key))
        total = sum(admin1s.values())
        return cls(shares, {k: v / total for k, v in admin1s.items()} if total else {}, tuple(points), home)


def _signs(place: Place, name: _Name, context: _Context) -> tuple[float, ...]:
    """The signs of a candidate, in the order of `SIGNS`."""
    inside = sum(area.holds(place) or bool(area.countries & set(place.countries)) for area in name.areas)
    shares = context.shares[name.key]
    share = max((shares.get(code, 0.0) for code in place.countries), default=0.0)
    area = context.admin1s.get(place.admin1_id or "", 0.0)
    home = context.home
    at = (place.lat, place.lon) if place.lat is not None and place.lon is not None else None
    local = place.kind in ("town", "admin2", "facility")
    return (
        rank(place, level=name.level),
        inside,
        len(name.areas) - inside,
        math.sqrt(share),
        1.0 if shares and not share else 0.0,
        math.sqrt(area),
        _nearness(at, name.key, context.points) if local else 0.0,
        home.p * math.exp(-distance_km(at, (home.lat, home.lon)) / 100.0) if home and at and local else 0.0,
        home.p if home and home.admin1_id is not None and place.admin1_id == home.admin1_id else 0.0,
        home.p if home and home.country in place.countries else 0.0,
    )


def _nearness(at: tuple[float, float] | None, key: str, points: Iterable[tuple[float, float, float, str]]) -> float:
    """How near the nearest other places lie: a place at hand counts 1, one at 100 km a third."""
    if at is None:
        return 0.0
    near = sorted((p * math.exp(-distance_km(at, (lat, lon)) / 100.0) for lat, lon, p, other in points if other != key), reverse=True)
    return sum(near[:3]) / 2.0


def _located(name: _Name, span: Span) -> Located:
    return Located(phrase=span, name=name.name, place=name.chosen, p=round(name.p, 3), because="")
