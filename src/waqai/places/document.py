"""What every place name of a text means, each taken in the light of all the others.

One name has one sense in a text, unless the words beside a mention put it elsewhere. Every candidate gets a score from few signs: how large it is and how
well the name fits (`gazetteer.rank`), the areas that stand beside the name ("Paris, Tex."), the countries and first-order areas that the text speaks of,
how near it lies to the other places of the text, and how near to the home of the publisher. Scores are settled in rounds, since each name's neighbours
depend on what those mean.
"""

from __future__ import annotations

import math
import operator
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from waqai.core import Span
from waqai.places.common import is_common_word
from waqai.places.context import AP_STATES, POSTAL, Votes, count_countries, names_beside
from waqai.places.gazetteer import Gazetteer, rank
from waqai.places.kinds import Level, level_of, split_kind
from waqai.places.names import fold, is_abbreviation, tidy
from waqai.places.outlets import Home
from waqai.places.place import Place, distance_km
from waqai.places.rank import Area, make_area

ROUNDS = 3
SURE_HOME = 0.3
_MOST_CANDIDATES = 80
_LONG = {"EU": "European Union", "USSR": "Soviet Union", "DC": "District of Columbia", "NSW": "New South Wales", "BC": "British Columbia", "NYC": "New York City"}
_REGION_OF = {
    "European": "Europe",
    "African": "Africa",
    "Asian": "Asia",
    "South Ossetian": "South Ossetia",
    "North Ossetian": "North Ossetia",
    "North American": "North America",
    "South American": "South America",
    "Latin American": "Latin America",
    "Middle Eastern": "Middle East",
}
_USUAL = {"washington": "geonames:4140963"}
REGIONS = frozenset(_REGION_OF.values())
"""Regions that an adjective may stand for."""


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
    other_name=-0.2,
    lent=-0.5,
    admin1=1.3,
    admin2=0.8,
    region=1.5,
    inside=2.6,
    outside=-0.4,
    spoken_of=0.7,
    not_spoken_of=-1.2,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A mention and the place that it means (None: none that we know), with how sure and why.

    Of an unknown place `holder` is the one whose name it bears or that stands beside it ("Koton River", "Koton, Texas"), else `around` is a point of the
    text's other places: somewhere there, a hundred kilometres either way.
    """

    phrase: Span
    name: str
    place: Place | None
    p: float
    because: str
    holder: Place | None = None
    around: tuple[float, float] | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """(lat, lon) of the place, else of the one that holds it, else of the surroundings; None where nothing is known."""
        known = self.place or self.holder
        return (known.lat, known.lon) if known is not None and known.lat is not None and known.lon is not None else self.around


@dataclass
class _Name:
    """A name of the text: its mentions, what it can mean, and what it is taken to mean so far."""

    name: str
    key: str
    level: Level | None
    mentions: list[Span]
    candidates: list[Place]
    areas: tuple[Area, ...]
    part: bool = False
    """The candidates are of a part of the name: places that hold it or lent it their name."""
    chosen: Place | None = None
    p: float = 0.0

    @cached_property
    def widely_own(self) -> bool:
        """It is the own name of a country or first-order area, and no mere other name of one."""
        return any(p.match == "name" and p.kind in ("country", "admin1") for p in self.candidates)


class DocumentResolver:
    """Places the names of a text."""

    def __init__(self, gazetteer: Gazetteer, *, weights: Signs = WEIGHTS) -> None:
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
        return tuple(self._located(known[span.start, span.end], span, known, home) for span in spans)

    def _located(self, name: _Name, span: Span, known: Mapping[tuple[int, int], _Name], home: Home | None) -> Located:
        place = name.chosen
        if place is not None and not name.part:
            return Located(phrase=span, name=name.name, place=place, p=round(name.p, 3), because=_reason(place, name, home))
        if place is not None:
            return Located(phrase=span, name=name.name, place=None, p=0.0, because="bears its name", holder=place)
        if name.areas and name.areas[0].place is not None:
            return Located(phrase=span, name=name.name, place=None, p=0.0, because="in the area beside it", holder=name.areas[0].place)
        return Located(phrase=span, name=name.name, place=None, p=0.0, because="among the places of the text", around=_surroundings(span, known, home))

    def signs(self, text: str, mentions: Iterable[Span], *, home: Home | None = None) -> list[tuple[_Name, list[Signs]]]:
        """For each name the signs of its candidates after all rounds, for setting weights."""
        names = self._names(text, list(mentions))
        votes = self._votes(text, names)
        for round_ in range(ROUNDS - 1):
            context = _Context.of(names, votes, home, first=round_ == 0)
            for name in names:
                self._choose(name, context)
        context = _Context.of(names, votes, home, first=False)
        return [(name, [*(_signs(place, name, context) for place in name.candidates), _signs_of_none(context)]) for name in names]

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
                candidates = self._candidates(name)
                part = not candidates
                groups[key] = _Name(name, fold(name), level, [], candidates or self._candidates_of_part(name), areas, part)
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

    def _candidates_of_part(self, name: str) -> list[Place]:
        """The places that an unknown longer name holds: "University of | Mosul", "Neches | River", "North | Dallas"."""
        words = name.split()
        tails = [name.rpartition(f" {link} ")[2] for link in ("of", "in", "at") if f" {link} " in name]
        parts = [*tails, *(" ".join(words[:n]) for n in range(len(words) - 1, 0, -1)), *(" ".join(words[n:]) for n in range(1, len(words)))]
        for part in parts:
            places = self._gazetteer.named(part)
            if places and not is_common_word(fold(part)) and level_of(part) is None:
                return sorted(places, key=lambda p: (-rank(p, level=None), p.id))[:_MOST_CANDIDATES]
        return []

    def _votes(self, text: str, names: Sequence[_Name]) -> Votes:
        return count_countries(text, self._gazetteer.country_keys)

    def _choose(self, name: _Name, context: _Context) -> None:
        scored: list[tuple[float, Place | None]] = [(self._score(_signs(place, name, context)), place) for place in name.candidates]
        scored.append((self._score(_signs_of_none(context)), None))
        best, name.chosen = max(scored, key=lambda pair: (pair[0], pair[1].id if pair[1] else ""))
        name.p = 1.0 / sum(math.exp(score - best) for score, _ in scored)

    def _score(self, signs: Signs) -> float:
        return sum(map(operator.mul, self._weights, signs))


_AP = {pair.split("=")[0].replace(".", ""): pair.split("=")[1] for pair in AP_STATES.split("|")}


def written_name(text: str, span: Span) -> str:
    """The name of a mention as the gazetteer may hold it: states' abbreviations written out.

    >>> written_name("in Tyler, Tex., on", Span(10, 14)), written_name("the EU", Span(4, 6)), written_name("in L.A. now", Span(3, 7))
    ('Texas', 'European Union', 'L.A.')
    """
    name = " ".join(span.of(text).split())
    if len(name) == 2 and name.isupper() and name.lower() in POSTAL and text[: span.start].rstrip().endswith((",", "(")):
        return POSTAL[name.lower()]
    return long_name(name + "." if text[span.end : span.end + 1] == "." else name)


def long_name(name: str) -> str:
    """The name in full, where it is an abbreviation or adjective that the gazetteer does not hold.

    >>> long_name("Tex."), long_name("EU"), long_name("European"), long_name("Koton")
    ('Texas', 'European Union', 'Europe', 'Koton')
    """
    bare = name.replace(".", "").replace(" ", "")
    if "." in name and bare in _AP:
        return _AP[bare]
    if bare in _LONG:
        return _LONG[bare]
    text = tidy(name)
    return _REGION_OF.get(text) or _REGION_OF.get(text.removesuffix("s")) or (text[:-1] if text[-1:] == "." and text[-2:-1].islower() else text)


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
            id_ = place.admin1_id if place.kind != "country" else None
            if id_:
                admin1s[id_] += name.p * (1.0 if place.kind == "admin1" else 0.5)
            if place.lat is not None and place.lon is not None and place.kind in ("town", "admin2", "facility"):
                points.append((place.lat, place.lon, name.p, name.key))
        total = sum(admin1s.values())
        return cls(shares, {k: v / total for k, v in admin1s.items()} if total else {}, tuple(points), home)


def _told_countries(names: Sequence[_Name], votes: Votes, *, first: bool) -> Votes:
    """The votes of the text's words for countries, with those of the areas beside names and of what is already chosen."""
    named, by_name = dict(votes.named), dict(votes.by_name)
    for name in names:
        for code in {code for area in name.areas for code in area.countries}:
            named[code] = named.get(code, 0.0) + 1.0
        place = name.chosen
        if not first and place is not None and place.country is not None and place.kind != "country" and name.key not in by_name:
            by_name[name.key] = (place.country, 0.7 * name.p)
    return Votes(named, by_name)


def _signs(place: Place, name: _Name, context: _Context) -> Signs:
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
        not_spoken_of=1.0 if shares and not share else 0.0,
        in_area=math.sqrt(area),
        near=_nearness(at, name.key, context.points) if local else 0.0,
        near_home=home.p * math.exp(-distance_km(at, (home.lat, home.lon)) / 100.0) if home and at and local else 0.0,
        home_area=home.p if home and home.admin1_id is not None and place.admin1_id == home.admin1_id else 0.0,
        large=1.0 if place.kind == "town" and place.weight >= 5.0 else 0.0,
        usual=1.0 if _USUAL.get(name.key) == place.id and not name.areas else 0.0,
    )


def _signs_of_none(context: _Context) -> Signs:
    return Signs(unknown=1.0, unknown_near_home=context.home.p if context.home else 0.0)


def _nearness(at: tuple[float, float] | None, key: str, points: Iterable[tuple[float, float, float, str]]) -> float:
    """How near the nearest other places lie: a place at hand counts 1, one at 100 km a third."""
    if at is None:
        return 0.0
    near = sorted((p * math.exp(-distance_km(at, (lat, lon)) / 100.0) for lat, lon, p, other in points if other != key), reverse=True)
    return sum(near[:3]) / 2.0


def _surroundings(span: Span, known: Mapping[tuple[int, int], _Name], home: Home | None) -> tuple[float, float] | None:
    """Where an unknown name most likely lies: at the publisher's home, else at the nearest town, district or state that the text names."""
    if home is not None and home.p >= SURE_HOME:
        return home.lat, home.lon
    placed = [(abs(start - span.start), n.chosen) for (start, _), n in known.items() if n.chosen is not None and n.p >= 0.5 and not n.part]
    near = [(gap, p.id, p.lat, p.lon) for gap, p in placed if p.kind in ("town", "admin2", "admin1", "facility") and p.lat is not None and p.lon is not None]
    if near:
        return min(near)[2:]
    return (home.lat, home.lon) if home is not None else None


def _reason(place: Place, name: _Name, home: Home | None) -> str:
    if any(area.holds(place) or area.countries & set(place.countries) for area in name.areas):
        return f"{place.match}; in the area named"
    if home is not None and home.admin1_id is not None and place.admin1_id == home.admin1_id:
        return f"{place.match}; in the publisher's area"
    return f"{place.match}; by its size and the places of the text"
