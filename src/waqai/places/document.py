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
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from waqai.core import Span
from waqai.places.common import is_common_word
from waqai.places.context import count_countries, names_beside
from waqai.places.gazetteer import Gazetteer, rank
from waqai.places.kinds import Level, level_of, split_kind
from waqai.places.long_names import written_name
from waqai.places.names import fold, loose
from waqai.places.outlets import Home
from waqai.places.place import Place
from waqai.places.rank import Area, make_area
from waqai.places.seats import prefer_seat
from waqai.places.signs import WEIGHTS, Signs, TextContext, TextName, signs_of, signs_of_none

ROUNDS = 3
SURE_HOME = 0.3  # of a home that an unknown name is put at
_MOST_CANDIDATES = 80
BEARS, BESIDE, AMONG = "bears its name", "in the area beside it", "among the places of the text"
"""Why an unknown name has a holder, or only surroundings."""


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


class DocumentResolver:
    """Places the names of a text. Without a state of its own: one serves many threads and texts."""

    def __init__(self, gazetteer: Gazetteer, *, weights: Signs = WEIGHTS) -> None:
        self._gazetteer, self._weights = gazetteer, weights

    def resolve(self, text: str, mentions: Iterable[Span], *, home: Home | None = None) -> tuple[Located, ...]:
        """What these stretches of the text mean, in their order. `home` is where its publisher is at home."""
        spans = list(mentions)
        names, _ = self._settle(text, spans, home)
        known = {(span.start, span.end): name for name in names for span in name.mentions}
        return tuple(self._located(known[span.start, span.end], span, known, home) for span in spans)

    def _located(self, name: TextName, span: Span, known: Mapping[tuple[int, int], TextName], home: Home | None) -> Located:
        place = name.chosen
        if place is not None and not name.part and not self._only_bears(name, place):
            return Located(phrase=span, name=name.name, place=place, p=round(name.p, 3), because=_reason(place, name, home))
        if place is not None:
            return Located(phrase=span, name=name.name, place=None, p=0.0, because=BEARS, holder=place)
        if name.areas and name.areas[0].place is not None:
            return Located(phrase=span, name=name.name, place=None, p=0.0, because=BESIDE, holder=name.areas[0].place)
        return Located(phrase=span, name=name.name, place=None, p=0.0, because=AMONG, around=_surroundings(span, known, home))

    def _only_bears(self, name: TextName, place: Place) -> bool:
        """A street, site or water that the gazetteer does not hold has the name of a place, and is not it: "Baghdad Street"."""
        own = name.level in ("facility", "region", "sea") and place.kind not in ("facility", "region")
        return own and split_kind(name.name)[1] == name.level and not self._gazetteer.has_name(name.name)

    def signs(self, text: str, mentions: Iterable[Span], *, home: Home | None = None) -> list[tuple[TextName, list[Signs]]]:
        """For each name the signs of its candidates, and last of its being unknown, when all is settled: what weights are fitted on."""
        names, context = self._settle(text, list(mentions), home)
        return [(name, [*(signs_of(place, name, context) for place in name.candidates), signs_of_none(context)]) for name in names]

    def _settle(self, text: str, spans: Sequence[Span], home: Home | None) -> tuple[list[TextName], TextContext]:
        """The names of the text with what each means, and the context of the last round."""
        names = self._names(text, spans)
        votes = count_countries(text, self._gazetteer.country_keys)
        for round_ in range(ROUNDS):
            context = TextContext.of(names, votes, home, first=round_ == 0)
            holding = _holding(names)
            for name in names:
                self._choose(name, context, holding)
        return names, context

    def _names(self, text: str, spans: Sequence[Span]) -> list[TextName]:
        """The names of the text, each with its mentions; a mention with areas of its own beside it stands apart when these differ from the others'."""
        written = [(span, written_name(text, span), self._areas_beside(text, span)) for span in spans]
        first_areas: dict[str, tuple[str, ...]] = {}
        for _, name, areas in written:
            if areas:
                first_areas.setdefault(fold(name), areas)
        groups: dict[tuple[str, Level | None, tuple[str, ...]], TextName] = {}
        for span, name, areas in written:
            key = fold(name), _level(text, span, name), areas or first_areas.get(fold(name), ())
            if key not in groups:
                groups[key] = self._name(name, *key[1:])
            groups[key].mentions.append(span)
        return list(groups.values())

    def _name(self, name: str, level: Level | None, around: tuple[str, ...]) -> TextName:
        candidates = _without_lenders(self._candidates(name))
        areas = tuple(area for area in map(self._area, around) if area is not None)
        return TextName(name, fold(name), level, [], candidates or self._candidates_of_part(name), areas, part=not candidates, beside=around)

    def _areas_beside(self, text: str, span: Span) -> tuple[str, ...]:
        return tuple(name for name in names_beside(text, span) if self._area(name) is not None)[:1]

    def _area(self, name: str) -> Area | None:
        places = [p for p in self._candidates(name) if p.kind != "facility"]
        places.sort(key=lambda p: (-rank(p, level=split_kind(name)[1]), p.id))
        return make_area(places[:3]) if places else None

    def _candidates(self, name: str) -> list[Place]:
        return list(self._gazetteer.find(name)[:_MOST_CANDIDATES])

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

    def _choose(self, name: TextName, context: TextContext, holding: Container[tuple[str, str | None]]) -> None:
        scored: list[tuple[float, Place | None]] = [(self._score(signs_of(place, name, context)), place) for place in name.candidates]
        scored.append((self._score(signs_of_none(context)), None))
        best, chosen = max(scored, key=lambda pair: (pair[0], pair[1].id if pair[1] else ""))
        holds = chosen is not None and (name.key, chosen.id) in holding
        name.chosen = chosen if chosen is None or name.part or holds else _seat(chosen, [(s, p) for s, p in scored if p is not None], name)
        shares = [(math.exp(score - best), place) for score, place in scored]
        spot = _spot(chosen, name.chosen)
        name.p = sum(share for share, place in shares if (place.id if place else None) in spot) / sum(share for share, _ in shares)

    def _score(self, signs: Signs) -> float:
        return float(sum(map(operator.mul, self._weights, signs)))


def _without_lenders(places: list[Place]) -> list[Place]:
    """Without towns that are only called by a country's own name (Mexico is not its capital), and countries by that of an area of theirs (England)."""
    land = any(p.kind == "country" and p.match == "name" for p in places)
    parts = {p.country for p in places if p.kind == "admin1" and p.match == "name"}
    lent = {"town"} if land else set()
    return [p for p in places if p.match == "name" or not (p.kind in lent or (p.kind == "country" and p.match == "alternate" and p.country in parts))]


def _holding(names: Iterable[TextName]) -> frozenset[tuple[str, str | None]]:
    """Folded names that stand behind a town or district as the area that it lies in ("Albany, New York"), each with that area's id."""
    held = [(fold(area), name.chosen) for name in names for area in name.beside if name.chosen is not None and name.chosen.kind in ("town", "admin2")]
    return frozenset((key, id_) for key, place in held for id_ in (place.admin1_id, place.admin2_id))


def _seat(chosen: Place, scored: Sequence[tuple[float, Place]], name: TextName) -> Place:
    """The town of its own name in the area chosen, for a bare name: "Kirkuk" is the city, "Oklahoma" is not Oklahoma City."""
    own = loose(name.key), loose(fold(chosen.name))
    best = max(score for score, _ in scored)
    towns = [pair for pair in scored if pair[1].kind == "town" and loose(fold(pair[1].name)) in own]
    return prefer_seat([(best, chosen), *sorted(towns, key=lambda pair: (-pair[0], pair[1].id))], name.level)


def _spot(best: Place | None, taken: Place | None) -> frozenset[str | None]:
    """The ids of what is taken, with the areas that it is the seat of: they share the name for a reason and are no rivals."""
    if best is None or taken is None:
        return frozenset({None})
    return frozenset({best.id, taken.id, *(id_ for id_ in (taken.admin1_id, taken.admin2_id) if id_ is not None)})


def _level(text: str, span: Span, name: str) -> Level | None:
    """What the name's own words or the word behind it call the place."""
    told = split_kind(name)[1]
    if told is not None:
        return told
    behind = re.match(r"\s+(\w+)", text[span.end : span.end + 30])
    level = level_of(behind.group(1)) if behind else None
    return level if level in ("admin1", "admin2") else None


def _surroundings(span: Span, known: Mapping[tuple[int, int], TextName], home: Home | None) -> tuple[float, float] | None:
    """Where an unknown name most likely lies: at the publisher's home, else at the nearest town, district or state that the text names."""
    if home is not None and home.p >= SURE_HOME:
        return home.lat, home.lon
    placed = [(abs(start - span.start), n.chosen) for (start, _), n in known.items() if n.chosen is not None and n.p >= 0.5 and not n.part]
    near = [(gap, p.id, p.lat, p.lon) for gap, p in placed if p.kind in ("town", "admin2", "admin1", "facility") and p.lat is not None and p.lon is not None]
    if near:
        return min(near)[2:]
    return (home.lat, home.lon) if home is not None else None


def _reason(place: Place, name: TextName, home: Home | None) -> str:
    if any(area.holds(place) or area.countries & set(place.countries) for area in name.areas):
        return f"{place.match}; in the area named"
    if home is not None and home.admin1_id is not None and place.admin1_id == home.admin1_id:
        return f"{place.match}; in the publisher's area"
    return f"{place.match}; by its size and the places of the text"
