"""How words about what is to come are taken: bands of probability by strength word, default horizons, coverage, what a claim is about (strength.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, StrictStr, model_validator

from waqai.codebook.load import DATA, load_codebook
from waqai.codebook.shapes import Shape, list_faults, load_yaml, read_shape
from waqai.core import CodebookError

_MAY = re.compile(r"\bMay(?= \d)|(?<=\d )May\b|\bMay(?=,? (?:19|20)\d\d)")
_MONTH_OF_MAY = re.compile(r"\b((?i:in|by|since|until|till|of|late|early|mid|this|last|next|from|before|after|through|during|between|and)[ -])May\b")
HORIZONS = ("near", "usual", "far")
"""Classes of horizons that nobody named, in the order in which they are tried."""


class BandShape(Shape):
    low: float = Field(gt=0, lt=1)
    high: float = Field(gt=0, lt=1)

    @model_validator(mode="after")
    def _in_order(self) -> BandShape:
        if self.low >= self.high:
            raise ValueError(f"low {self.low} is not below high {self.high}")
        return self


class WordShape(BandShape):
    word: StrictStr
    words: tuple[StrictStr, ...] = Field(min_length=1)


class HorizonShape(Shape):
    days: int = Field(ge=1, le=730)
    words: tuple[StrictStr, ...] = ()
    families: tuple[StrictStr, ...] = ()


class CoverageShape(Shape):
    reports: int = Field(ge=1)
    of_family: int = Field(ge=1)
    publishers: int = Field(ge=1)
    lag_days: int = Field(ge=0, le=365)


class HappeningShape(Shape):
    words: tuple[StrictStr, ...] = Field(min_length=1)
    types: tuple[StrictStr, ...] = ()
    families: tuple[StrictStr, ...] = ()


class MovementShape(Shape):
    words: tuple[StrictStr, ...]
    types: tuple[StrictStr, ...]
    why: StrictStr


class StrengthShape(Shape):
    version: StrictStr
    basis: StrictStr
    strength: dict[StrictStr, tuple[WordShape, ...]]
    stances: dict[StrictStr, BandShape]
    horizons: dict[StrictStr, HorizonShape]
    coverage: CoverageShape
    happenings: tuple[HappeningShape, ...]
    movements: MovementShape
    arises: tuple[StrictStr, ...]
    more: tuple[StrictStr, ...]
    fewer: tuple[StrictStr, ...]
    not_: tuple[StrictStr, ...] = Field(alias="not")
    not_ruled_out: tuple[StrictStr, ...]
    conditions: tuple[StrictStr, ...]
    no_condition: tuple[StrictStr, ...]
    not_met: tuple[StrictStr, ...]
    generic: tuple[StrictStr, ...]
    after: tuple[StrictStr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Probabilities that words stand for, from `low` to `high`. `word` names the line of the table; `basis` says where the band comes from: the claim's
    words, its stance, or a person. `version` is the table's."""

    word: str
    low: float
    high: float
    basis: str
    version: str

    @property
    def middle(self) -> float:
        """
        >>> Band(word="likely", low=0.6, high=0.8, basis="words", version="1").middle
        0.7
        """
        return round((self.low + self.high) / 2, 4)


class Strength:
    """Looks words up in the table. What it holds is in `raw`."""

    def __init__(self, raw: StrengthShape) -> None:
        self.raw, self.version = raw, raw.version

    def find_band(self, words: str, *, stance: str, language: str = "en") -> Band:
        """The band of the first line whose words stand in the claim; else that of its stance (`expects` where the table lacks the stance).

        >>> table = load_strength()
        >>> found = table.find_band("the terrorists are expected to head into Turkish territory", stance="expects")
        >>> found.word, found.low, found.high, found.middle, found.basis
        ('expected to', 0.65, 0.85, 0.75, 'words')
        >>> table.find_band("an attack is unlikely", stance="expects").word, table.find_band("of an attack", stance="warns").basis
        ('unlikely', 'stance')
        """
        for line in self.raw.strength.get(language, self.raw.strength["en"]):
            if find_words(words, line.words) is not None:
                return Band(word=line.word, low=line.low, high=line.high, basis="words", version=self.version)
        band = self.raw.stances.get(stance, self.raw.stances["expects"])
        return Band(word=f"({stance})", low=band.low, high=band.high, basis="stance", version=self.version)

    def default_days(self, words: str, *, families: Iterable[str]) -> tuple[int, str]:
        """(days, class) of the horizon that is imputed where a claim names none.

        >>> load_strength().default_days("an attack is imminent", families=["combat"]), load_strength().default_days("aid", families=["policy_and_aid"])
        ((7, 'near'), (180, 'far'))
        """
        near, far = self.raw.horizons["near"], self.raw.horizons["far"]
        if find_words(words, near.words) is not None:
            return near.days, "near"
        of = tuple(families)
        name = "far" if of and all(family in far.families for family in of) else "usual"
        return self.raw.horizons[name].days, name


def find_words(text: str, words: Iterable[str]) -> str | None:
    """The first of these words or phrases that stands in the text as a whole; case and white space do not matter, and May with a day is no "may".

    >>> find_words("It is UNLIKELY that\\nthey go", ["likely", "that they"]), find_words("killed on May 17", ["may"])
    ('that they', None)
    """
    folded = fold_words(text)
    return next((one for one in words if _pattern(one).search(folded)), None)


def find_places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """(start, end) in the folded text (`fold_words`) of every one of these words that stands in it, in order."""
    folded = fold_words(text)
    return sorted(found.span() for one in words for found in _pattern(one).finditer(folded))


def fold_words(text: str) -> str:
    """The text in lower case with single blanks between, the month of May taken out.

    >>> fold_words("On May 17,  it may"), fold_words("in late May it may")
    ('on _ 17, it may', 'in late _ it may')
    """
    return _MONTH_OF_MAY.sub(r"\1_", _MAY.sub("_", " ".join(text.split()))).casefold()


@lru_cache(maxsize=2048)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words.casefold())}(?!\w)")


def load_strength(own: Path | None = None) -> Strength:
    """The shipped table; with `own` the sections of that file in place of the shipped ones. Raises CodebookError that lists the faults."""
    if own is None:
        return _shipped()
    given = load_yaml(own)
    if not isinstance(given, Mapping):
        raise CodebookError(f"{own.name} is no mapping of sections: {given!r:.60}")
    return build_strength({**load_yaml(DATA / "strength.yaml"), **given}, name=own.name)


def build_strength(raw: Any, *, name: str = "strength.yaml") -> Strength:
    """The table made of plain data. Raises CodebookError that lists the faults."""
    made = read_shape(StrengthShape, raw, name=name)
    if faults := list(_iter_faults(made)):
        raise CodebookError(list_faults(name, faults))
    return Strength(made)


@cache
def _shipped() -> Strength:
    return build_strength(load_yaml(DATA / "strength.yaml"))


def _iter_faults(raw: StrengthShape) -> Iterator[str]:
    codebook = load_codebook()
    lines = (*raw.happenings, HappeningShape(words=raw.movements.words, types=raw.movements.types))
    yield from (f"no type {one!r} in the codebook" for line in lines for one in line.types if one not in codebook.types)
    families = [family for line in lines for family in line.families] + [family for one in raw.horizons.values() for family in one.families]
    yield from (f"no family {one!r} in the codebook" for one in families if one not in codebook.families)
    yield from (f"no stance {one!r} in the codebook" for one in raw.stances if one not in codebook.stances)
    yield from (f"horizons lacks {one!r}" for one in HORIZONS if one not in raw.horizons)
    if "en" not in raw.strength or "expects" not in raw.stances:
        yield "it needs strength words in 'en' and a band of the stance 'expects'"
