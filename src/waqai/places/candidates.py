"""The stretches of a text that may name a place: names that the gazetteer knows, what a parser calls a place, and what a word for a street or river ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from waqai.core import Word
from waqai.places.gazetteer import Gazetteer
from waqai.places.long_names import REGIONS, long_name
from waqai.places.mention_words import AREAS, BODIES, ROADS, SITES, WATERS
from waqai.places.names import fold, tidy
from waqai.places.place import Place

_LONGEST = 6  # words
_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
_BEFORE = frozenset(("the", "a", "in", "at", "on", "from"))  # of a sentence's first words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of words [first, last) that may name a place, and the places of that name."""

    first: int
    last: int
    name: str
    places: tuple[Place, ...]
    kind: str


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
        known = next((c for last in range(min(end, at + _LONGEST), at, -1) if (c := _known(text, words, at, last, gazetteer)) is not None), None)
        if known is not None and _is_council(words, known, end):
            known = _known(text, words, at, known.last - 1, gazetteer) or known
        found = _extended(words, known, end) if known is not None else _labelled(text, words, at, end) or _by_kind(text, words, at, end)
        if found is not None:
            yield found
        at = found.last if found is not None else at + 1


def _is_council(words: Sequence[Word], found: Candidate, end: int) -> bool:
    """Whether the "City" of a name belongs to the body behind it ("Dublin | City Council"), there being no town that calls itself so."""
    if found.last - found.first < 2 or found.last == end or words[found.last - 1].text.lower() != "city":
        return False
    return words[found.last].text.lower() in BODIES and not any(place.kind == "town" and place.match == "name" for place in found.places)


def _text_of(text: str, words: Sequence[Word], first: int, last: int) -> str:
    return text[words[first].start : words[last - 1].end]


def _known(text: str, words: Sequence[Word], first: int, last: int, gazetteer: Gazetteer) -> Candidate | None:
    """The words as a name of the gazetteer's."""
    if not words[first].text[0].isalnum() or not words[last - 1].text[0].isalnum() or words[first].text.lower() in _BEFORE:
        return None
    written = " ".join(_text_of(text, words, first, last).split())
    name = long_name(written)
    places = gazetteer.named(name)
    if not places or (fold(name) in _NEVER and not written.isupper()):
        return None
    places = tuple(p for p in places if p.match == "abbreviation") or places  # "US" is no town in France
    if last == first + 1 and (words[first].text.lower() in _KIND_WORDS or (len(name) < 3 and not name.isupper())):
        return None
    demonym = (name != tidy(written) and name in REGIONS) or (any(p.match == "demonym" for p in places) and words[first].label not in ("GPE", "LOC"))
    area = last > first + 1 and _kind_of(words[last - 1]) == "area"
    return Candidate(first, last, name, places, "people" if demonym else "area" if area else "name")


def _extended(words: Sequence[Word], found: Candidate, end: int) -> Candidate:
    """With the word for a river, a street or a park behind it: "Neches | River"."""
    for last in range(found.last, min(end, found.last + 3)):
        kind = _kind_of(words[last])
        if kind is not None and found.kind == "name":
            return Candidate(found.first, last + 1, found.name, found.places, kind)
        if words[last].text.lower() not in ("memorial", "national", "state", "community"):
            break
    return found


def _kind_of(word: Word) -> str | None:
    return _KIND_WORDS.get(word.text.lower().rstrip("."))


_KIND_WORDS: Mapping[str, str] = {word: kind for kind, group in (("road", ROADS), ("water", WATERS), ("area", AREAS), ("site", SITES)) for word in group}
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
