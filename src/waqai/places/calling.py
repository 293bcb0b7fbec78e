"""What the words of a report call its places, and how they put a happening to them, with the gazetteer at hand for what is part of a name.

"North Sinai" is a name and "northern Syria" is none; "prisoners left at Guantanamo" speaks of the prison; "two villages in Idlib" of the province.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from waqai.core import PlaceMention
from waqai.places.gazetteer import Gazetteer
from waqai.places.kinds import Level, level_of, split_direction, split_kind
from waqai.places.names import fold, tidy
from waqai.places.place import Place
from waqai.places.seats import SEAT_WEIGHT
from waqai.places.words_beside import (
    called_level,
    custody_behind,
    custody_beside,
    custody_called,
    holds_towns,
    is_area,
    is_called,
    is_district_before,
    is_near,
    is_of_site,
)

PARTED = 6.0  # log10 of a million: a town that has parts and districts of its own
_NEAR = ("near", "countryside", "outskirts", "rural", "outside")
_WIDE = ("country", "admin1", "region")


class Calling:
    """The words around the names of one report. `countries` are those that the report speaks of."""

    def __init__(self, gazetteer: Gazetteer, text: str, countries: Container[str]) -> None:
        self._gazetteer, self._text, self._countries = gazetteer, text, countries
        self._called = cache(lambda name, at: called_level(text, name, at))
        self._custody = cache(lambda name: custody_called(text, name))

    def level(self, mention: PlaceMention) -> Level | None:
        """What the words call the place: its kind, a word in its name or beside it, what it is called elsewhere; "town" when the event is near it."""
        base, told = split_kind(mention.name)
        if told is not None and self._gazetteer.has_name(mention.name) and told not in self._gazetteer.kinds_of(mention.name):
            base, told = mention.name, None
        if level_of(mention.kind) or told:
            return level_of(mention.kind) or told
        written, told = split_kind(mention.phrase.of(self._text))
        if told is not None and fold(written) == fold(base):
            return told
        behind = self._text[mention.phrase.end : mention.phrase.end + 30].split()[:1]
        level = level_of(behind[0].strip(".,;:")) if behind else None
        if level in ("admin1", "admin2"):
            return level
        if is_district_before(self._text, mention.phrase):
            return "admin2"
        if mention.relation in _NEAR:
            return "town"
        if holds_towns(self._text, mention.phrase) and self._is_area(mention.name) and not self._is_large_town(mention.name, weight=PARTED):
            return "admin1"
        return self._called(mention.name, mention.phrase.start)

    def coded_level(self, mention: PlaceMention) -> Level | None:
        """The same as it is coded: an island as a town, since those that are large are regions of the gazetteer."""
        level = self.level(mention)
        return "town" if level == "region" and is_called(mention, self._text, "island") else level

    def relation(self, mention: PlaceMention, place: Place | None) -> str:
        """How the words put the event to the place: by a compass word in the name, by the words beside it, else as the mention has it."""
        way = self.direction(mention)
        if way is not None:
            return way
        if mention.kind is None and is_of_site(self._text, mention.phrase):
            return "in"  # "outside the Koton office of the agency"
        wide = place is not None and place.kind in _WIDE
        if mention.relation in ("in", "at") and not wide and is_near(self._text, mention.phrase):
            return "near"
        if mention.relation == "in" and place is not None and place.kind == "town" and is_area(self._text, mention.phrase):
            return "near"
        return mention.relation

    def direction(self, mention: PlaceMention) -> str | None:
        """The compass word that stands in the name itself ("northern Syria"), if that name is no place's own."""
        base, way = split_direction(mention.name)
        own = self._gazetteer.kinds_of(self.full_name(mention)) if base else self.is_area_by_compass(mention.name)
        return way if way is not None and not own else None

    def is_area_by_compass(self, name: str) -> bool:
        """Whether compass words alone, in capitals, are the name of a first-order area of the report's countries: "the Far North" of Cameroon."""
        words = tidy(name).split()
        return len(words) > 1 and all(word[0].isupper() for word in words) and self._is_area(name)

    def full_name(self, mention: PlaceMention) -> str:
        """The name with the word for what it is, where the gazetteer holds it so: "al-Eis | crossing"; "prisoners left at | Guantanamo"."""
        full = f"{mention.name} {mention.kind}"
        if mention.kind and self._gazetteer.has_name(full):
            return full
        site = custody_beside(self._text, mention.phrase) or custody_behind(self._text, mention.phrase.end)
        if site is None and not self._is_large_town(mention.name, weight=SEAT_WEIGHT):
            site = self._custody(mention.name)
        full = f"{mention.name} {site}"
        return full if site and self._gazetteer.has_name(full) else mention.name

    def calls_village(self, mention: PlaceMention) -> bool:
        """Whether the words at the mention call the place a village."""
        return is_called(mention, self._text, "village", "hamlet")

    def is_foreign_border(self, mention: PlaceMention, place: Place) -> bool:
        """Whether the words name a border by the people behind it: "the Syrian border", as it is called on its other side."""
        return place.kind == "country" and place.match == "demonym" and is_called(mention, self._text, "border", "frontier")

    def _is_area(self, name: str) -> bool:
        """Whether a first-order area of the report's countries bears the name."""
        return any(p.kind == "admin1" and p.country in self._countries for p in self._gazetteer.named(name))

    def _is_large_town(self, name: str, *, weight: float) -> bool:
        return any(p.kind == "town" and p.weight >= weight and p.country in self._countries for p in self._gazetteer.find(name))
