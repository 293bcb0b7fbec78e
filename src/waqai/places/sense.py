"""What the names of one report mean, each taken in the light of the others.

The countries that the report speaks of, the areas that its words put a name into (anywhere in the report: one name, one sense), and the points of what is
already sure decide between places of one name.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from waqai.core import Account, PlaceMention, Report
from waqai.places.calling import Calling
from waqai.places.considered import MOST
from waqai.places.context import Votes, count_countries, names_beside
from waqai.places.gazetteer import Gazetteer
from waqai.places.kinds import Level, level_of, split_direction, split_kind
from waqai.places.names import fold
from waqai.places.place import Place
from waqai.places.rank import FAMOUS_WEIGHT, NOWHERE, Area, Context, make_area, probability, rank_candidates
from waqai.places.seats import SEAT_WEIGHT, prefer_seat

_CODING = ("event_place", "containing_area", "origin")
_COMMON_OF_PRISONS = frozenset({"", "national", "central", "federal", "state", "provincial", "district", "main", "military", "maximum security"})
_SITES = frozenset(("station", "square", "university", "airport", "market", "bridge", "mosque", "stadium", "hotel", "street", "road", "barracks", "bazaar"))
_LARGE_WEIGHT = 4.7  # a place this large may be meant in another country of the report than the one that stands beside its name
SURE_SHARE = 0.4
SURE, _MOSTLY = 0.6, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """The place that a name means here (None: not in the gazetteer, or only where it cannot be), how sure, and why."""

    place: Place | None
    p: float
    because: str
    areas: tuple[Place, ...] = ()
    ranked: tuple[tuple[float, Place], ...] = ()  # the best few of what it could mean, with their scores; minus infinity: ruled out


class Senses:
    """The names of one report and what they mean. `resolve` is the way in; nothing is read but the report and the gazetteer."""

    def __init__(self, gazetteer: Gazetteer, report: Report, accounts: Iterable[Account]) -> None:
        self._gazetteer, self.text = gazetteer, report.text
        mentions = [m for account in accounts for m in account.place_mentions]
        self._accounts = tuple(accounts)
        self._votes = self._count_votes(report, mentions)
        self.countries = self._votes.shares()
        self.calling = Calling(gazetteer, report.text, self.countries)
        self.resolve = cache(self._sense_of)
        self._resolve = cache(self._meaning)

    def _count_votes(self, report: Report, mentions: list[PlaceMention]) -> Votes:
        """What the text says of countries, and what the names of places say that can be in one country only, or are famous."""
        votes = count_countries(f"{report.title}\n{report.text}" if report.title else report.text, self._gazetteer.country_keys)
        by_name = dict(votes.by_name)
        for name in sorted({m.name for m in mentions}):
            candidates = self._gazetteer.find(name)
            code = candidates[0].country if candidates and candidates[0].kind != "country" else None
            unique = {p.country for p in candidates[:4]} == {code}
            if code is not None and (unique or candidates[0].weight >= FAMOUS_WEIGHT):
                by_name.setdefault(fold(name), (code, 0.7 if unique else 0.3))
        return Votes(votes.named, by_name)

    @cached_property
    def _areas_of(self) -> Mapping[str, tuple[str, ...]]:
        """For each folded name the containing names that stand with it, in any account or right behind it in the text."""
        areas: dict[str, dict[str, None]] = defaultdict(dict)
        for account in self._accounts:
            containing = [m for m in account.place_mentions if m.role == "containing_area"]
            for mention in account.place_mentions:
                if mention.role in _CODING:
                    beside = [n for n in names_beside(self.text, mention.phrase) if self._gazetteer.kinds_of(n) - {"facility", "demonym"}]
                    around = [m.name for m in containing if m is not mention] if mention.role == "event_place" else []
                    areas[fold(mention.name)] |= dict.fromkeys([*around, *beside])
        return {key: tuple(name for name in names if fold(name) != key) for key, names in areas.items()}

    @cached_property
    def _sure_points(self) -> tuple[tuple[float, float, str], ...]:
        """Points of towns and facilities that are sure without their neighbours, each with its folded name."""
        points = []
        for account in self._accounts:
            for mention in account.place_mentions:
                sense = self._resolve(mention.name, self.calling.level(mention), self._areas_of.get(fold(mention.name), ()), ())
                place = sense.place
                if place and sense.p >= 0.8 and place.kind in ("town", "facility", "admin2") and place.lat is not None and place.lon is not None:
                    points.append((place.lat, place.lon, fold(mention.name)))
        return tuple(points)

    def _sense_of(self, mention: PlaceMention) -> Sense:
        """What this mention means."""
        key = fold(mention.name)
        points = tuple((lat, lon) for lat, lon, name in self._sure_points if name != key)
        sense = self._resolve(self.calling.full_name(mention), self.calling.level(mention), self._areas_of.get(key, ()), points)
        place = sense.place
        if place is not None and place.match == "skeleton" and place.weight >= SEAT_WEIGHT and self.calling.calls_village(mention):
            ruled_out = tuple((-math.inf, other) for _, other in sense.ranked[:MOST])
            return Sense(place=None, p=0.0, because="not in gazetteer; spelled like a town that is no village", areas=sense.areas, ranked=ruled_out)
        return sense

    def resolve_name(self, name: str) -> Sense:
        """What a bare name means, by the countries of the report alone."""
        return self._resolve(name, split_kind(name)[1], (), ())

    def _meaning(self, name: str, level: Level | None, around: tuple[str, ...], points: tuple[tuple[float, float], ...]) -> Sense:
        areas, holders = self._areas(around)
        base, way = split_direction(name)
        if way is not None and not self._gazetteer.kinds_of(name) and not self.calling.is_area_by_compass(name):
            name, level = base, split_kind(base)[1] or level
        if not any(letter.isupper() or not letter.isascii() for letter in name):
            return Sense(place=None, p=0.0, because="no name", areas=holders)
        shares = self._votes.shares(without=fold(name))
        countries = {code for area in areas for code in area.countries} or _main_countries(shares)
        candidates = self._gazetteer.find(name, countries)
        context = Context(areas=tuple(areas), countries=shares, points=points)
        own = fold(split_kind(name)[0]) not in _COMMON_OF_PRISONS
        possible = [p for p in candidates if not _is_too_large(p, level) and (_is_of_overlay(p, own) or not _is_elsewhere(p, areas, shares))]
        scored = rank_candidates(name, possible, level=level, context=context)
        if not candidates:
            return Sense(place=None, p=0.0, because="not in gazetteer", areas=holders or self._town_inside(name))
        is_named_site = split_kind(name)[1] == "facility" and own and bool(scored) and _is_of_overlay(scored[0][1], own)
        if not scored or (scored[0][0] < NOWHERE and not is_named_site):
            elsewhere = tuple((-math.inf, place) for place in candidates[:MOST])
            because = "not in gazetteer; its namesakes lie elsewhere"
            return Sense(place=None, p=0.0, because=because, areas=holders or self._town_inside(name), ranked=elsewhere)
        place = prefer_seat(scored, level)
        because = "in the area named" if any(a.holds(place) or a.countries & set(place.countries) for a in areas) else _reason(place, shares)
        return Sense(place=place, p=probability(scored), because=f"{place.match}; {because}", areas=holders, ranked=tuple(scored[: MOST + 1]))

    def _town_inside(self, name: str) -> tuple[Place, ...]:
        """The town that a longer name holds ("Ramadi government compound", "University of Mosul"); none when it holds none in the report's countries."""
        words = name.split()
        tails = [name.rpartition(f" {link} ")[2] for link in ("of", "in") if f" {link} " in name]
        heads = [" ".join(words[:n]) for n in (2, 1) if len(words) > n and _says_what(words[n:])]
        for part in (*tails, *heads):
            towns = [p for p in self._gazetteer.find(part, _main_countries(self.countries)) if p.kind == "town" and set(p.countries) & set(self.countries)]
            if towns and "town" in self._gazetteer.kinds_of(part) and towns[0].weight >= SEAT_WEIGHT and towns[0].match != "skeleton":
                return (towns[0],)
        return ()

    def mentions_before(self, start: int, *, reach: int) -> list[PlaceMention]:
        """The mentions of all accounts that begin within `reach` characters before `start`, the last first."""
        found = {m.phrase: m for account in self._accounts for m in account.place_mentions if start - reach <= m.phrase.start < start}
        return sorted(found.values(), key=lambda m: m.phrase, reverse=True)

    @cached_property
    def main_country(self) -> tuple[str | None, float]:
        """The country where the places of the report's happenings lie that are known, if most of them lie in one; else the country that the report speaks of
        most. With its share; None when no country has two fifths."""
        acts = [account for account in self._accounts if account.type != "meeting"]  # held where nobody fights
        named = {fold(m.name): m for account in acts for m in account.place_mentions if m.role == "event_place"}
        known = [sense.place.country for m in named.values() if (sense := self.resolve(m)).place is not None and sense.p >= SURE and sense.place.country]
        code, times = max(Counter(known).items(), key=lambda pair: pair[1], default=(None, 0))
        if code is not None and times >= _MOSTLY * len(known) and (times > 1 or code in self.countries):
            return code, times / len(known)
        code = self.country_most_named
        return (code, self.countries[code]) if code is not None else (None, 0.0)

    @property
    def country_most_named(self) -> str | None:
        """The country that the report speaks of most; None when it has less than two fifths of what is said of countries."""
        code, share = next(iter(self.countries.items()), (None, 0.0))
        return code if share >= SURE_SHARE else None

    def _areas(self, around: tuple[str, ...]) -> tuple[list[Area], tuple[Place, ...]]:
        """The areas that the words give, and for each its likeliest place."""
        areas, holders = [], []
        for name in around:
            candidates = self._gazetteer.find(name, list(self.countries)[:8])
            context = Context(countries=self._votes.shares(without=fold(name)))
            ranked = rank_candidates(name, candidates, level=split_kind(name)[1], context=context)
            places = [place for score, place in ranked if score >= ranked[0][0] - 4.0]
            if places:
                areas.append(make_area(places))
                holders.append(prefer_seat(ranked, split_kind(name)[1]))
        return areas, tuple(holders)


def _says_what(words: Sequence[str]) -> bool:
    """Whether the words behind a town's name say what is there ("government compound", "General Hospital"), and are no name themselves ("Zarin")."""
    return not all(word[0].isupper() for word in words) or level_of(words[-1]) is not None or words[-1].lower() in _SITES


def _is_elsewhere(place: Place, areas: list[Area], shares: Mapping[str, float]) -> bool:
    """A small namesake outside the countries that the report speaks of, or outside that which the words seem to put it into ("Paris, Nigeria's president")."""
    if place.kind in ("country", "region"):
        return False
    told = {code for area in areas for code in area.countries}
    if told and not told & set(place.countries):
        return place.weight < (_LARGE_WEIGHT if set(place.countries) & set(shares) else FAMOUS_WEIGHT)
    return bool(shares) and not set(place.countries) & set(shares) and place.weight < FAMOUS_WEIGHT


def _reason(place: Place, shares: Mapping[str, float]) -> str:
    return "in a country of the report" if set(place.countries) & set(shares) else "most prominent of its name"


def _is_too_large(place: Place, level: Level | None) -> bool:
    """A country or province for what the words call a prison, a hospital, a village ("Saudi Hospital")."""
    return (level == "facility" and place.kind in ("country", "admin1", "region")) or (level in ("town", "admin2") and place.kind == "country")


def _main_countries(shares: Mapping[str, float]) -> set[str]:
    """The countries that are spoken of at least half as much as the first."""
    most = max(shares.values(), default=0.0)
    return {code for code, share in shares.items() if share >= most / 2}


def _is_of_overlay(place: Place, named: bool) -> bool:
    """A facility of the overlay under a name of its own: "Roj camp" is meant wherever the report is set, "National Penitentiary" is not."""
    return named and place.kind == "facility" and place.id.startswith("waqai:") and place.match in ("name", "alternate")
