"""The clues that tell whether a stretch of a text names a place, and what each counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from waqai.core import Word
from waqai.places.candidates import Candidate
from waqai.places.common import is_common_word
from waqai.places.mention_words import BEFORE_OR_BEHIND, BODIES, IN, OF, TITLES
from waqai.places.names import fold, is_abbreviation
from waqai.places.outlets import Home
from waqai.places.place import Place, distance_km

_POSSESSIVE = ("'s", "’s", "'")


class Clues(NamedTuple):
    """The clues of a candidate; of the weights, what each counts in a logistic model."""

    always: float = 1.0
    is_gpe: float = 0.0
    is_loc: float = 0.0
    is_fac: float = 0.0
    is_org: float = 0.0
    is_person: float = 0.0
    is_people: float = 0.0
    is_other: float = 0.0
    """The parser's label; other: of work, event, product, date; unlabelled: none of them."""
    whole_label: float = 0.0
    """The label covers the candidate and no more."""
    known: float = 0.0
    """The gazetteer holds the name,"""
    own: float = 0.0
    """as a place's own,"""
    short: float = 0.0
    """as an abbreviation only,"""
    land: float = 0.0
    """of a country or region,"""
    state: float = 0.0
    """a first-order area,"""
    size: float = 0.0
    """of a town or second-order area: decades of population over 1,000."""
    common: float = 0.0
    """A common word."""
    words: float = 0.0
    """Words beside the first, two at most."""
    after_in: float = 0.0
    after_of: float = 0.0
    after_title: float = 0.0
    after_name: float = 0.0
    """What stands before: "in", "of", a title, another capitalised word of the run that is no place."""
    after_kind: float = 0.0
    """A word for a kind of place, or one with "of": "the village of", "province"."""
    after_party: float = 0.0
    """"R-", "D-"."""
    after_place: float = 0.0
    """A comma behind another candidate."""
    listed: float = 0.0
    """Beside one that the parser calls a place, a comma or "and" between them."""
    before_kind: float = 0.0
    """A word for a kind of place or for who lives there stands behind it: "district", "residents"."""
    before_area: float = 0.0
    """Behind it a comma and an area."""
    before_body: float = 0.0
    """Behind it, in the run, a word for a body: "Council"."""
    before_name: float = 0.0
    """Behind it, in the run, some other word."""
    begins: float = 0.0
    """At the beginning of a sentence."""
    road: float = 0.0
    water: float = 0.0
    area: float = 0.0
    known_area: float = 0.0
    """A county, parish or province that the gazetteer holds under this name;"""
    site: float = 0.0
    """The word for what it is that ends it."""
    said_place: float = 0.0
    """The share of the name's other mentions that the parser calls a place."""
    surname: float = 0.0
    """The name ends that of a person of the text."""
    capitals: float = 0.0
    near_home: float = 0.0
    """A place of this name lies near the publisher's home."""


WEIGHTS = Clues(
    always=-3.2,
    is_gpe=1.5,
    is_loc=0.4,
    is_fac=0.6,
    is_org=-0.4,
    is_person=-0.9,
    is_people=0.3,
    is_other=-0.7,
    whole_label=0.2,
    known=0.8,
    own=0.7,
    short=1.7,
    land=1.9,
    state=1.6,
    size=0.2,
    common=-2.2,
    words=0.8,
    after_in=1.4,
    after_of=0.7,
    after_title=-2.0,
    after_name=-0.4,
    after_kind=0.7,
    after_party=2.5,
    after_place=0.8,
    listed=1.4,
    before_kind=1.7,
    before_area=1.7,
    before_body=0.1,
    before_name=-0.8,
    begins=0.3,
    road=1.9,
    water=1.8,
    area=1.2,
    known_area=0.5,
    site=-1.2,
    said_place=0.8,
    surname=-2.2,
    capitals=0.3,
    near_home=4.0,
)
"""A logistic model of the candidates of LGL and GeoVirus that are no peoples, rounded; on outlets that it was not fitted on it loses a third of a
point of F1."""


def clues_of(candidates: Sequence[Candidate], words: Sequence[Word], home: Home | None) -> list[Clues]:
    """The clues of each candidate."""
    said: dict[str, Counter[bool]] = defaultdict(Counter)
    for c in candidates:
        said[fold(c.name)][words[c.first].label in ("GPE", "LOC")] += 1
    surnames = _surnames(words, {fold(c.name) for c in candidates if c.places and c.last > c.first + 1})
    by_end = {c.last: c for c in candidates if c.kind in ("name", "area")}
    starts = {c.first: c for c in candidates if c.kind in ("name", "area")}
    return [_clues(c, words, said[fold(c.name)], surnames, by_end, starts, home) for c in candidates]


def _surnames(words: Sequence[Word], places: Container[str]) -> frozenset[str]:
    """The last words of names of persons of two words and more; what the parser calls a person though it is one of `places` is none."""
    ends, first = set(), 0
    for i, word in enumerate(words):
        if word.label != "PERSON":
            continue
        first = first if word.inside else i
        if i + 1 == len(words) or not (words[i + 1].label == "PERSON" and words[i + 1].inside):
            end = i - 1 if word.text in _POSSESSIVE and i > first else i
            if end > first and fold(" ".join(w.text for w in words[first : end + 1])) not in places:
                ends.add(words[end].text.lower())
    return frozenset(ends)


def _clues(
    c: Candidate,
    words: Sequence[Word],
    said: Counter[bool],
    surnames: frozenset[str],
    by_end: Mapping[int, Candidate],
    starts: Mapping[int, Candidate],
    home: Home | None,
) -> Clues:
    first, last = words[c.first], words[c.last - 1]
    before = words[c.first - 1] if c.first else None
    after = words[c.last] if c.last < len(words) else None
    label = first.label
    place = label in ("GPE", "LOC")
    others = said[True] + said[False] - 1
    inside_run = before is not None and before.run is not None and before.run == first.run
    low = before.text.lower().rstrip(".") if before is not None else ""
    follows = after is not None and after.run is not None and after.run == last.run and after.text[0].isalpha()
    body = follows and after is not None and after.text.lower() in BODIES
    begins_label = not first.inside or (before is not None and before.text.lower() == "the")
    whole = bool(label) and begins_label and last.label == label and not (after is not None and after.inside and after.text not in _POSSESSIVE)
    towns = [p for p in c.places if p.kind in ("town", "admin2", "facility")]
    behind_comma = before is not None and before.text == "," and c.first - 1 in by_end
    ahead = after is not None and after.text == "," and c.last + 1 in starts and any(p.kind in ("admin1", "country") for p in starts[c.last + 1].places)
    return Clues(
        is_gpe=label == "GPE",
        is_loc=label == "LOC",
        is_fac=label == "FAC",
        is_org=label == "ORG",
        is_person=label == "PERSON",
        is_people=label == "NORP",
        is_other=bool(label) and label not in ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"),
        whole_label=whole,
        known=bool(c.places),
        own=any(p.match == "name" for p in c.places),
        short=bool(c.places) and all(p.match == "abbreviation" for p in c.places),
        land=any(p.kind in ("country", "region") for p in c.places),
        state=any(p.kind == "admin1" for p in c.places),
        size=max((p.weight - 3.0 for p in towns), default=0.0),
        common=is_common_word(fold(c.name)) and not is_abbreviation(c.name),
        words=min(2, c.last - c.first - 1),
        after_in=low in IN,
        after_of=low in OF and not inside_run,
        after_title=low in TITLES,
        after_name=inside_run and low not in IN and low not in OF and low not in TITLES and (c.first not in by_end) and bool(low) and low[0].isalpha(),
        after_kind=low in BEFORE_OR_BEHIND or (low == "of" and c.first > 1 and words[c.first - 2].text.lower() in BEFORE_OR_BEHIND),
        after_party=low == "-" and c.first > 1 and words[c.first - 2].text in ("R", "D", "DFL", "I"),
        after_place=behind_comma,
        listed=_is_listed(c, words, by_end, starts),
        before_kind=after is not None and after.text in BEFORE_OR_BEHIND,
        before_area=ahead,
        before_body=body,
        before_name=follows and not body,
        begins=first.begins,
        road=c.kind == "road",
        water=c.kind == "water",
        area=c.kind == "area",
        known_area=c.kind == "area" and any(p.kind in ("admin1", "admin2") for p in c.places),
        site=c.kind == "site",
        said_place=(said[True] - place) / others if others else 0.0,
        surname=last.text.lower() in surnames,
        capitals=first.text.isupper() and len(first.text) > 3,
        near_home=home.p if home is not None and any(_is_near(p, home) for p in towns) else 0.0,
    )


def _is_listed(c: Candidate, words: Sequence[Word], by_end: Mapping[int, Candidate], starts: Mapping[int, Candidate]) -> bool:
    """Whether a comma or an "and" joins it to a neighbour that the parser calls a place."""
    left = by_end.get(c.first - 1) or (by_end.get(c.first - 2) if c.first > 1 and words[c.first - 2].text == "," else None)
    right = starts.get(c.last + 1) or (starts.get(c.last + 2) if c.last + 1 < len(words) and words[c.last].text == "," else None)
    if left is not None and words[c.first - 1].text in (",", "and", "or", "&") and words[left.first].label in ("GPE", "LOC"):
        return True
    return right is not None and words[c.last].text in (",", "and", "or", "&") and words[right.first].label in ("GPE", "LOC")


def _is_near(place: Place, home: Home) -> bool:
    return place.lat is not None and place.lon is not None and distance_km((place.lat, place.lon), (home.lat, home.lon)) < 150
