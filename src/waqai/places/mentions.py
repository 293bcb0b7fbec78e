"""The stretches of a text that name a place, whatever a parser's labels say.

Every run of capitalised words is cut into the longest names that the gazetteer knows; what is left counts where the parser calls it a place or a word for a
street, a river, a park ends it. Each such candidate is then judged by a few clues: the label, what the gazetteer holds, the words before and behind, and how
the rest of the text uses the name. No word list of places and no training text is needed; the weights are few and stand in the code.
"""

from __future__ import annotations

import math
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from waqai.core import Span, Word
from waqai.places.common import is_common_word
from waqai.places.document import REGIONS, long_name
from waqai.places.gazetteer import Gazetteer
from waqai.places.names import fold, tidy
from waqai.places.outlets import Home
from waqai.places.place import Place, distance_km

_LONGEST = 6  # words
LEAST = 0.45
_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
_IN = frozenset("in at near from around outside inside throughout across into toward towards through between beyond via within".split())
_OF = frozenset("of to for on and the".split())
_TITLES = frozenset(
    "mr mrs ms dr president minister sheikh general colonel maj capt gen lt lieutenant sgt sergeant secretary ambassador sen senator rep representative gov governor "
    "judge king queen prince imam pope professor prof coach chief officer deputy detective attorney mayor councilman councilwoman commissioner sheriff rev reverend "
    "pastor father sister director chairman chairwoman justice miss sir lord lady dame captain major".split()
)
_ROADS = frozenset("street st road rd avenue ave drive dr lane ln boulevard blvd highway hwy parkway pkwy court ct circle trail way pike freeway bypass terrace turnpike".split())
_WATERS = frozenset("river creek lake bay valley mountain mountains mount island islands hills ridge beach falls forest wilderness canyon sea ocean peninsula pond reservoir".split())
_AREAS = frozenset("county counties parish township twp province district region state co territory governorate prefecture oblast".split())
_SITES = frozenset("park airport stadium hospital university college school center centre bridge dam refuge preserve cemetery church mall arena plaza square zoo museum hall".split())
_KINDS_BEHIND = frozenset(
    "city town village hamlet district province state region area county counties island islands governorate prefecture territory suburb neighborhood neighbourhood slum "
    "capital municipality parish camp camps port resident residents native border coast countryside mayor police officials residents' streets roads and-area".split()
)
_BODIES = frozenset(
    "police department council association committee commission court board company inc corp corporation co. group bank party army ministry agency authority club "
    "team league union institute society foundation services service system schools press news times herald post high elementary middle community medical fire "
    "city public national american international federal regional district sheriff chamber".split()
)
_NUMBERED = re.compile(
    r"\b(?:(?:U\.?S\.?|State|County|Interstate|[A-Z][a-z]+\.?) )?(?:Highway|Hwy\.?|Route|Rte\.?|Road|Interstate|Freeway) \d+[A-Z]?\b|\b(?:I|US|SR)-\d+\b|\b[A-Z]{2} \d{1,3}\b"
    r"|\b\d+(?:st|nd|rd|th) (?:Street|St\.|Avenue|Ave\.|Road)"
)


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
    always=-3.3,
    is_gpe=1.6,
    is_loc=0.4,
    is_fac=0.7,
    is_org=-0.4,
    is_person=-0.8,
    is_people=0.2,
    is_other=-0.8,
    whole_label=0.2,
    known=1.1,
    own=0.5,
    short=2.1,
    land=1.9,
    state=1.6,
    size=0.2,
    common=-2.1,
    words=0.9,
    after_in=1.4,
    after_of=0.7,
    after_title=-2.0,
    after_name=-0.4,
    after_kind=0.7,
    after_party=2.6,
    after_place=0.8,
    listed=1.4,
    before_kind=1.8,
    before_area=1.7,
    before_body=0.1,
    before_name=-0.7,
    begins=0.1,
    road=1.8,
    water=1.7,
    area=0.6,
    site=-1.4,
    said_place=0.9,
    surname=-1.9,
    capitals=0.3,
    near_home=3.7,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place name as written; `people`: an adjective or people of a place ("Syrian"); `road`: a street or numbered road. `p`: how sure."""

    phrase: Span
    name: str
    people: bool
    road: bool
    p: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of words [first, last) that may name a place, and the places of that name."""

    first: int
    last: int
    name: str
    places: tuple[Place, ...]
    kind: str


def find_mentions(text: str, words: Sequence[Word], gazetteer: Gazetteer, *, home: Home | None = None, least: float = LEAST) -> tuple[Mention, ...]:
    """The place names of a text whose probability is `least` or more, in order; `words` are those of the text, from any parser."""
    judged = judge_candidates(text, words, gazetteer, home=home)
    found = [_mention(candidate, words, p) for candidate, p in judged if p >= least]
    taken = [(m.phrase.start, m.phrase.end) for m in found]
    for match in _NUMBERED.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Mention(phrase=Span(match.start(), match.end()), name=match.group(), people=False, road=True, p=0.6))
    return tuple(sorted(found, key=lambda m: m.phrase.start))


def judge_candidates(text: str, words: Sequence[Word], gazetteer: Gazetteer, *, home: Home | None = None) -> list[tuple[Candidate, float]]:
    """Every candidate of a text with its probability."""
    candidates = list(iter_candidates(text, words, gazetteer))
    return [
        (candidate, 1.0 if candidate.kind == "people" else 1.0 / (1.0 + math.exp(-sum(map(operator.mul, WEIGHTS, clues)))))
        for candidate, clues in zip(candidates, clues_of(candidates, words, home), strict=True)
    ]


def iter_candidates(text: str, words: Sequence[Word], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The candidates of a text, in order, none over another."""
    at = 0
    while at < len(words):
        run = words[at].run
        if run is None:
            at += 1
            continue
        end = at
        while end < len(words) and words[end].run == run:
            end += 1
        yield from _of_run(text, words, at, end, gazetteer)
        at = end


def _of_run(text: str, words: Sequence[Word], start: int, end: int, gazetteer: Gazetteer) -> Iterator[Candidate]:
    at = start
    while at < end:
        found = next((c for last in range(min(end, at + _LONGEST), at, -1) if (c := _known(text, words, at, last, gazetteer)) is not None), None)
        if found is not None:
            found = _extended(text, words, found, end)
        else:
            found = _labelled(text, words, at, end) or _by_kind(text, words, at, end)
        if found is not None:
            yield found
        at = found.last if found is not None else at + 1


def _text_of(text: str, words: Sequence[Word], first: int, last: int) -> str:
    return text[words[first].start : words[last - 1].end]


def _known(text: str, words: Sequence[Word], first: int, last: int, gazetteer: Gazetteer) -> Candidate | None:
    """The words as a name of the gazetteer's."""
    if not words[first].text[0].isalnum() or not words[last - 1].text[0].isalnum():
        return None
    written = " ".join(_text_of(text, words, first, last).split())
    name = long_name(written)
    places = gazetteer.named(name)
    if not places or (fold(name) in _NEVER and not written.isupper()):
        return None
    if last == first + 1 and (words[first].text.lower() in _KIND_WORDS or (len(name) < 3 and not name.isupper())):
        return None
    demonym = name != tidy(written) and name in REGIONS or (any(p.match == "demonym" for p in places) and words[first].label not in ("GPE", "LOC"))
    return Candidate(first, last, name, places, "people" if demonym else "name")


def _extended(text: str, words: Sequence[Word], found: Candidate, end: int) -> Candidate:
    """With the word for a river, a street or a park behind it: "Neches | River"."""
    for last in range(found.last, min(end, found.last + 3)):
        kind = _kind_of(words[last])
        if kind is not None and found.kind == "name":
            return Candidate(found.first, last + 1, found.name, found.places if kind == "area" else found.places, kind)
        if words[last].text.lower() not in ("memorial", "national", "state", "community"):
            break
    return found


def _kind_of(word: Word) -> str | None:
    return _KIND_WORDS.get(word.text.lower().rstrip("."))


_KIND_WORDS: Mapping[str, str] = {
    word: kind for kind, group in (("road", _ROADS), ("water", _WATERS), ("area", _AREAS), ("site", _SITES)) for word in group
}
_NEVER = frozenset(("us", "of", "the"))  # in small letters or with one capital


def _labelled(text: str, words: Sequence[Word], at: int, end: int) -> Candidate | None:
    """What the parser calls a place though no gazetteer holds it."""
    if words[at].label not in _PLACE_LABELS or not words[at].text[0].isupper():
        return None
    last = at + 1
    while last < end and words[last].label == words[at].label and words[last].inside:
        last += 1
    return Candidate(at, last, _text_of(text, words, at, last), (), _kind_of(words[last - 1]) or "name")


def _by_kind(text: str, words: Sequence[Word], at: int, end: int) -> Candidate | None:
    """An unknown name with a word for a street, river, county or park at its end."""
    for last in range(at + 1, min(end, at + 4)):
        kind = _kind_of(words[last])
        if kind is not None and words[at].text[0].isupper() and words[at].text.lower() not in _KIND_WORDS:
            return Candidate(at, last + 1, _text_of(text, words, at, last + 1), (), kind)
    return None


def clues_of(candidates: Sequence[Candidate], words: Sequence[Word], home: Home | None) -> list[Clues]:
    """The clues of each candidate."""
    said: dict[str, Counter[bool]] = defaultdict(Counter)
    for c in candidates:
        said[fold(c.name)][words[c.first].label in ("GPE", "LOC")] += 1
    surnames = _surnames(words)
    by_end = {c.last: c for c in candidates if c.kind in ("name", "area")}
    starts = {c.first: c for c in candidates if c.kind in ("name", "area")}
    return [_clues(c, words, said[fold(c.name)], surnames, by_end, starts, home) for c in candidates]


def _surnames(words: Sequence[Word]) -> frozenset[str]:
    """The last words of names of persons of two words and more."""
    ends = []
    for i, word in enumerate(words):
        if word.label == "PERSON" and word.inside and (i + 1 == len(words) or not (words[i + 1].label == "PERSON" and words[i + 1].inside)):
            end = i - 1 if word.text in ("'s", "’s", "'") and i else i
            if words[end].inside or end < i:
                ends.append(words[end].text.lower())
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
    body = follows and after is not None and after.text.lower() in _BODIES
    begins_label = not first.inside or (before is not None and before.text.lower() == "the")
    whole = bool(label) and begins_label and last.label == label and not (after is not None and after.inside and after.text not in ("'s", "’s", "'"))
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
        common=is_common_word(fold(c.name)),
        words=min(2, c.last - c.first - 1),
        after_in=low in _IN,
        after_of=low in _OF and not inside_run,
        after_title=low in _TITLES,
        after_name=inside_run and low not in _IN and low not in _OF and low not in _TITLES and (c.first not in by_end) and bool(low) and low[0].isalpha(),
        after_kind=low in _KINDS_BEHIND or (low == "of" and c.first > 1 and words[c.first - 2].text.lower() in _KINDS_BEHIND),
        after_party=low == "-" and c.first > 1 and words[c.first - 2].text in ("R", "D", "DFL", "I"),
        after_place=behind_comma,
        listed=_is_listed(c, words, by_end, starts),
        before_kind=after is not None and after.text in _KINDS_BEHIND,
        before_area=ahead,
        before_body=body,
        before_name=follows and not body,
        begins=first.begins,
        road=c.kind == "road",
        water=c.kind == "water",
        area=c.kind == "area",
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


def _mention(c: Candidate, words: Sequence[Word], p: float) -> Mention:
    span = Span(words[c.first].start, words[c.last - 1].end)
    return Mention(phrase=span, name=c.name, people=c.kind == "people", road=c.kind == "road", p=round(p, 3))
