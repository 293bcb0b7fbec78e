"""The codebook as typed, frozen objects: what `load_codebook` gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from waqai.codebook.expressions import Node, parse_expression
from waqai.core import AttrValue, CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When an account becomes which code. `when` None always holds; `code` None drops the row on purpose, and `note` says why."""

    when: str | None = None
    code: str | None = None
    mode: str | None = None
    note: str | None = None

    @property
    def condition(self) -> Node | None:
        return None if self.when is None else parse_expression(self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCode:
    """A code of another scheme: ACLED's event and disorder type, PLOVER's modes, where the scheme has them."""

    id: str
    definition: str
    type: str | None = None
    disorder: str | None = None
    modes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A scheme that records are translated into. `statuses` are those it records; `before` are rules tried ahead of a type's own."""

    id: str
    basis: str
    statuses: tuple[str, ...]
    before: tuple[Rule, ...]
    codes: Mapping[str, TargetCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """What happened, as one of the codebook's types. `crosswalk` gives the rules by target; a target that is not in it has no home for the type."""

    id: str
    family: str
    definition: str
    roles: tuple[str, ...]
    counts: tuple[str, ...]
    example: str
    crosswalk: Mapping[str, tuple[Rule, ...]]
    shipped: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A coder's word for a type with a status or attrs. `type` None: ambiguous, and `note` says what to ask."""

    word: str
    type: str | None
    status: str | None = None
    attrs: Mapping[str, AttrValue] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """How far a speaker commits to what is said: `value` on -3..+3, None where it says nothing about the event; `cues` are lemmas or short phrases."""

    id: str
    value: float | None
    cues: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceModifier:
    """Words beside a cue: value * `factor` + `shift`. `effect`: hedge, count, negate or condition."""

    effect: str
    match: tuple[str, ...]
    shift: float = 0.0
    factor: float = 1.0
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VagueWord:
    """A word for a number, as a range; `high` None is open. `acled` is the number that ACLED's export rule puts in its place."""

    word: str
    low: int
    high: int | None
    acled: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproxWord:
    """A word beside a number n: low = n * (1 - below), high = n * (1 + above); `above` None is open."""

    word: str
    below: float
    above: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """A precision code with UCDP's and ACLED's codes for it, None where they have none. `days`: the longest span that it still covers."""

    id: str
    ucdp: int | None
    acled: int | None
    days: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attr:
    """A property of an account with a closed list of values."""

    id: str
    values: tuple[AttrValue, ...]
    definition: str


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """Everything that a coder may write down. Mappings keep the codebook's own order; ids are their keys.

    `version` is the shipped codebook's; `digest` changes with any word of it, and with what an installation adds.
    """

    version: str
    digest: str
    mapping_basis: Mapping[str, str]
    families: Mapping[str, str]
    types: Mapping[str, EventType]
    roles: Mapping[str, str]
    statuses: Mapping[str, str]
    aliases: Mapping[str, Alias]
    stances: Mapping[str, Stance]
    stance_modifiers: tuple[StanceModifier, ...]
    claim_types: tuple[str, ...]
    measures: tuple[str, ...]
    count_kinds: tuple[str, ...]
    vague: Mapping[str, VagueWord]
    approx: Mapping[str, ApproxWord]
    units: tuple[str, ...]
    time_precisions: Mapping[str, Precision]
    place_precisions: Mapping[str, Precision]
    time_bases: tuple[str, ...]
    grades: Mapping[str, str]
    attrs: Mapping[str, Attr]
    relations: tuple[str, ...]
    checks: tuple[str, ...]
    ethics: tuple[str, ...]
    patterns: Mapping[str, str]
    targets: Mapping[str, Target]

    def get_type(self, type_id: str) -> EventType:
        """The type of that id. Raises CodebookError for an unknown one, and for an alias names the type to use."""
        if type_id in self.types:
            return self.types[type_id]
        alias = self.resolve_alias(type_id)
        if alias is not None:
            raise CodebookError(f"{type_id!r} is an alias, not a type: {alias.note or f'use {alias.type!r}'}")
        raise CodebookError(f"no type {type_id!r} in codebook {self.version}; `waqai codebook` lists the {len(self.types)} types")

    def family_of(self, type_id: str) -> str:
        """The family of a type. Raises CodebookError."""
        return self.get_type(type_id).family

    def resolve_alias(self, word: str) -> Alias | None:
        """The alias that a coder's word stands for, whatever its case, spaces or hyphens; None when it is none."""
        return self.aliases.get(re.sub(r"[\s-]+", "_", word.strip().casefold()))

    def stance_of_cue(self, lemma: str) -> str | None:
        """The stance of a cue's lemma or phrase ("say", "according to"), or None."""
        return self._stance_by_cue.get(" ".join(lemma.casefold().split()))

    @cached_property
    def phrase_cues(self) -> Mapping[str, str]:
        """The cues of more than one word with their stance, longest first."""
        phrases = {cue: stance for cue, stance in self._stance_by_cue.items() if " " in cue}
        return dict(sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])))

    def find_vague(self, phrase: str) -> VagueWord | None:
        """The vague word in a figure's words, the longest that fits ("tens of thousands" before "tens"), or None."""
        words = " ".join(phrase.casefold().replace("_", " ").split())
        for word in sorted(self.vague.values(), key=lambda v: -len(v.word)):
            if re.search(rf"\b{re.escape(word.word)}\b", words):
                return word
        return None

    def time_precision(self, earliest: date | None, latest: date | None) -> Precision:
        """The precision of a span of days, both ends included; without both, T0_unknown. Raises ValueError when it ends before it starts."""
        if earliest is None or latest is None:
            return self.time_precisions["T0_unknown"]
        if latest < earliest:
            raise ValueError(f"a span of days needs earliest <= latest, not {earliest!s} to {latest!s}")
        days = (latest - earliest).days + 1
        known = [p for p in self.time_precisions.values() if p.id != "T0_unknown"]
        return next(p for p in known if p.days is None or days <= p.days)

    def place_precision(self, precision: str) -> Precision:
        """UCDP's and ACLED's codes for one of ours. Raises CodebookError."""
        if precision not in self.place_precisions:
            raise CodebookError(f"no place precision {precision!r}; known: {', '.join(self.place_precisions)}")
        return self.place_precisions[precision]

    @cached_property
    def _stance_by_cue(self) -> Mapping[str, str]:
        return {cue.casefold(): stance.id for stance in self.stances.values() for cue in stance.cues}
