"""Which competing figures speak of the same people: grouped by measure, by of whom, and by unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from waqai.core import Figure

_CUSTODY = frozenset({"held", "detained", "escaped", "at_large", "recaptured", "released", "transferred", "abducted"})
"""Measures whose people are held people by definition: "25 prisoners escaped" and "25 escaped" are one group."""
_ANYBODY = frozenset({"people", "person", "human", "individual", "other", "man and woman"})
_HELD = frozenset({"prisoner", "inmate", "detainee", "convict", "captive", "escapee", "fugitive", "runaway", "hostage", "internee", "held person"})
_IMPLIED = {"killed": frozenset({"dead", "death", "fatality"}), "wounded": frozenset({"injured", "wounded", "casualty"})}
_SYNONYMS = {
    "isis": "islamic state",
    "is": "islamic state",
    "isil": "islamic state",
    "daesh": "islamic state",
    "troop": "soldier",
    "serviceman": "soldier",
    "policeman": "police",
    "policewoman": "police",
    "officer": "police",
    "militant": "fighter",
    "jihadist": "fighter",
    "insurgent": "fighter",
    "terrorist": "fighter",
    "operative": "fighter",
    "member": "fighter",
    "element": "fighter",
    "attacker": "assailant",
    "warder": "guard",
    "guardsman": "guard",
}
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "persons": "person",
    "policemen": "policeman",
    "servicemen": "serviceman",
    "families": "family",
}
_LEADING = re.compile(r"^(?:(?:the|a|an|all|some|other|its|their|his|her|our|of|these|those|people|persons)\s+)+(?=\w)")
_KEPT_S = ("ss", "us", "sis")  # endings that are no plural: "press", "virus", "isis"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FigureKey:
    """What a group of figures counts. `of_whom` is normalised; "people" stands for the whole."""

    measure: str
    of_whom: str
    unit: str = ""


def group_figures(figures: Iterable[Figure]) -> dict[FigureKey, tuple[Figure, ...]]:
    """The figures by what they count, in order of first appearance; every figure is in exactly one group."""
    groups: dict[FigureKey, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure_key(figure), []).append(figure)
    return {key: tuple(group) for key, group in groups.items()}


def figure_key(figure: Figure) -> FigureKey:
    """The group of one figure. A unit (families, USD) keeps its figures apart from those of people."""
    return FigureKey(measure=figure.measure, of_whom=normalise_of_whom(figure.of_whom, measure=figure.measure), unit=(figure.unit or "").casefold())


@lru_cache(maxsize=10_000)
def normalise_of_whom(of_whom: str | None, *, measure: str) -> str:
    """The group as bare singular words, "people" for the whole.

    The whole is None, "people", and for measures of custody also "prisoners", "inmates", "escapees" and the like.

    >>> normalise_of_whom("the prisoners", measure="escaped"), normalise_of_whom("inmates", measure="killed")
    ('people', 'prisoner')
    >>> normalise_of_whom("ISIS militants", measure="killed") == normalise_of_whom("Islamic State fighters", measure="killed")
    True
    """
    words = _LEADING.sub("", " ".join(re.sub(r"[^\w\s]", " ", (of_whom or "").casefold()).split()))
    bare = " ".join(_SYNONYMS.get(w, w) for w in map(_singular, words.split()))
    bare = re.sub(r"\b(police|fighter|guard)( \1)+\b", r"\1", bare)
    if not bare or bare in _ANYBODY or bare in _IMPLIED.get(measure, ()):
        return "people"
    if bare in _HELD:
        return "people" if measure in _CUSTODY else "prisoner"
    return bare


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.endswith("s") or word.endswith(_KEPT_S):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
