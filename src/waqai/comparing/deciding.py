"""Which pairs are one happening: one of ours with one of theirs, the weightiest first, and what belongs to such a pair besides.

A pair is a match where it is probable enough and nothing else fits nearly as well; where something does, or it is less probable, it is a possible one, and
what else fits is named. One record may split what the other tells as one: UCDP and ACLED code an event for each day, ours may span several. What is left over
then joins the pair whose span of days holds it; where a row is one report's telling (POLECAT), any number of rows may join. What is left over otherwise is
in one record only; where it fits a pair that is taken, that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from waqai.comparing.matching import Pair
from waqai.comparing.sides import Side

Verdict: TypeAlias = Literal["match", "possible"]
MATCH, POSSIBLE = 0.9, 0.5
MARGIN_BITS = 1.0
"""A pair within one bit of another (half as probable) fits nearly as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Ours and theirs that are one happening, by place in their lists: the pair itself first, then what joined it. `rivals` fit nearly as well."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    weight: float
    probability: float
    verdict: Verdict
    because: tuple[str, ...]
    rivals: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The matches, weightiest first. Of those in one record only, `near` says by place which of the other record, matched elsewhere, they fit."""

    matches: tuple[Match, ...]
    near_ours: Mapping[int, int]
    near_theirs: Mapping[int, int]


def decide(pairs: Sequence[Pair], ours: Sequence[Side], theirs: Sequence[Side], *, per_telling: bool = False) -> Decided:
    """What the pairs, weightiest first, come to. `per_telling`: a row of theirs is one report's telling, so several may be one happening."""
    probable = [pair for pair in pairs if pair.probability >= POSSIBLE]
    chosen = _choose(probable)
    held_ours = {pair.ours: number for number, pair in enumerate(chosen)}
    held_theirs = {pair.theirs: number for number, pair in enumerate(chosen)}
    rivals = _find_rivals(chosen, probable, held_ours, held_theirs)
    matches = [_match(pair, rivals[number]) for number, pair in enumerate(chosen)]
    near_ours: dict[int, int] = {}
    near_theirs: dict[int, int] = {}
    for pair in probable:  # of each that is left over, the one that it fits best is taken: else the two would have been chosen
        if pair.theirs not in held_theirs and pair.theirs not in near_theirs:
            near_theirs[pair.theirs] = pair.ours
            if pair.probability >= MATCH and (per_telling or _holds(ours[pair.ours], theirs[pair.theirs])):
                number = held_ours[pair.ours]
                matches[number] = replace(matches[number], theirs=(*matches[number].theirs, pair.theirs))
        elif pair.ours not in held_ours and pair.ours not in near_ours:
            near_ours[pair.ours] = pair.theirs
            if pair.probability >= MATCH and _holds(theirs[pair.theirs], ours[pair.ours]) and pair.theirs in held_theirs:
                number = held_theirs[pair.theirs]
                matches[number] = replace(matches[number], ours=(*matches[number].ours, pair.ours))
    return Decided(matches=tuple(matches), near_ours=near_ours, near_theirs=near_theirs)


def _choose(pairs: Iterable[Pair]) -> list[Pair]:
    """One to one, the weightiest first."""
    ours: set[int] = set()
    theirs: set[int] = set()
    chosen = []
    for pair in pairs:
        if pair.ours not in ours and pair.theirs not in theirs:
            chosen.append(pair)
            ours.add(pair.ours)
            theirs.add(pair.theirs)
    return chosen


def _find_rivals(chosen: Sequence[Pair], pairs: Iterable[Pair], held_ours: Mapping[int, int], held_theirs: Mapping[int, int]) -> dict[int, list[Pair]]:
    """By number of a chosen pair, others with one of its two that fit nearly as well and are not clearly better placed where they are."""
    found: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        mine, other = held_ours.get(pair.ours), held_theirs.get(pair.theirs)
        for number, elsewhere in ((mine, other), (other, mine)):
            if number is None or number == elsewhere:
                continue
            close = pair.weight > chosen[number].weight - MARGIN_BITS
            if close and (elsewhere is None or chosen[elsewhere].weight < pair.weight + MARGIN_BITS):
                found[number].append(pair)
    return found


def _match(pair: Pair, rivals: Sequence[Pair]) -> Match:
    verdict: Verdict = "match" if pair.probability >= MATCH and not rivals else "possible"
    return Match(
        ours=(pair.ours,),
        theirs=(pair.theirs,),
        weight=pair.weight,
        probability=pair.probability,
        verdict=verdict,
        because=pair.because,
        rivals=tuple(rivals),
    )


def _holds(wide: Side, one: Side) -> bool:
    """Whether the one's days lie within the other's several."""
    if wide.first is None or wide.last is None or one.first is None or one.last is None:
        return False
    return wide.first < wide.last and wide.first <= one.first and one.last <= wide.last
