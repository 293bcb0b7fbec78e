"""Which pairs are one happening: one of ours with one of theirs, the most probable first, and what belongs to such a pair besides.

A pair is a match where it is probable beside all that either could be instead (weighing.py), else a possible one, and what else fits is named. One record may
split what the other tells as one: UCDP and ACLED code an event for each day, ours may span several. What is left over joins the pair whose span of several
days holds it; where a row is one report's telling (POLECAT), any number of rows may join. What is left over otherwise is in one record only; where it fits a
pair that is taken, that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from waqai.comparing.matching import Pair
from waqai.comparing.sides import Side
from waqai.comparing.weighing import weigh_together

Verdict: TypeAlias = Literal["match", "possible"]
MATCH, POSSIBLE = 0.7, 0.3
JOIN = 0.9
"""How probable a pair has to be by itself for what is left over to join it."""
RIVAL = 0.25
"""What is at least so probable beside a possible pair is named with it, as a share of the pair's own probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Ours and theirs that are one happening, by place in their lists: the pair itself first, then what joined it. `rivals` fit nearly as well."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    probability: float
    verdict: Verdict
    because: tuple[str, ...]
    rivals: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The matches, most probable first. Of what is in one record only, `near` says by place which of the other record, matched elsewhere, it fits."""

    matches: tuple[Match, ...]
    near_ours: Mapping[int, int]
    near_theirs: Mapping[int, int]


def decide(pairs: Sequence[Pair], ours: Sequence[Side], theirs: Sequence[Side], *, per_telling: bool = False) -> Decided:
    """What the pairs come to. `per_telling`: a row of theirs is one report's telling, so several may be one happening."""
    weighed = weigh_together(pairs, fewest=min(len(ours), len(theirs)), per_telling=per_telling)
    chosen, further = _choose([pair for pair in weighed if pair.probability >= POSSIBLE], per_telling=per_telling)
    matches = [_match(pair, rivals) for pair, rivals in _with_rivals(chosen, weighed, per_telling=per_telling)]
    joining = _Joining(matches, ours, theirs)
    for pair in further:
        joining.join(pair)
    for pair in sorted(pairs, key=lambda one: (-one.weight, one.ours, one.theirs)):
        joining.offer(pair)
    return Decided(matches=tuple(joining.matches), near_ours=joining.near_ours, near_theirs=joining.near_theirs)


def _choose(pairs: Iterable[Pair], *, per_telling: bool) -> tuple[list[Pair], list[Pair]]:
    """One to one, in their order; and, of tellings, the pairs that tell of one that is chosen already."""
    ours: set[int] = set()
    theirs: set[int] = set()
    chosen: list[Pair] = []
    further: list[Pair] = []
    for pair in pairs:
        if pair.theirs not in theirs and (per_telling or pair.ours not in ours):
            (further if pair.ours in ours else chosen).append(pair)
            ours.add(pair.ours)
            theirs.add(pair.theirs)
    return chosen, further


def _with_rivals(chosen: Sequence[Pair], weighed: Iterable[Pair], *, per_telling: bool) -> list[tuple[Pair, list[Pair]]]:
    """Each chosen pair with others of one of its two that are nearly as probable; several tellings of one happening are no rivals."""
    by_ours = {} if per_telling else {pair.ours: number for number, pair in enumerate(chosen)}
    by_theirs = {pair.theirs: number for number, pair in enumerate(chosen)}
    found: list[tuple[Pair, list[Pair]]] = [(pair, []) for pair in chosen]
    for pair in weighed:
        numbers = {by_ours.get(pair.ours), by_theirs.get(pair.theirs)} - {None}
        for number in sorted(one for one in numbers if one is not None):
            if pair is not chosen[number] and pair.probability >= RIVAL * chosen[number].probability:
                found[number][1].append(pair)
    return found


def _match(pair: Pair, rivals: Sequence[Pair]) -> Match:
    sure = pair.probability >= MATCH
    return Match(
        ours=(pair.ours,),
        theirs=(pair.theirs,),
        probability=pair.probability,
        verdict="match" if sure else "possible",
        because=pair.because,
        rivals=() if sure else tuple(rivals),
    )


class _Joining:
    """Finds where what is left over belongs. Mutable: matches grow."""

    def __init__(self, matches: list[Match], ours: Sequence[Side], theirs: Sequence[Side]) -> None:
        self.matches = matches
        self.near_ours: dict[int, int] = {}
        self.near_theirs: dict[int, int] = {}
        self._ours, self._theirs = ours, theirs
        self._by_ours = {match.ours[0]: number for number, match in enumerate(matches)}
        self._by_theirs = {match.theirs[0]: number for number, match in enumerate(matches)}

    def join(self, pair: Pair) -> None:
        """One of theirs joins the match of ours that it is paired with."""
        number = self._by_ours[pair.ours]
        self._by_theirs[pair.theirs] = number
        self.matches[number] = replace(self.matches[number], theirs=(*self.matches[number].theirs, pair.theirs))

    def offer(self, pair: Pair) -> None:
        """A pair by its own probability, the weightiest first: one end may be left over, and the other matched."""
        mine, other = self._by_ours.get(pair.ours), self._by_theirs.get(pair.theirs)
        if pair.probability < POSSIBLE or (mine is None) == (other is None):
            return
        joins = pair.probability >= JOIN
        if mine is not None and pair.theirs not in self.near_theirs:
            self.near_theirs[pair.theirs] = pair.ours
            if joins and _holds(self._ours[pair.ours], self._theirs[pair.theirs]):
                self.matches[mine] = replace(self.matches[mine], theirs=(*self.matches[mine].theirs, pair.theirs))
        elif other is not None and pair.ours not in self.near_ours:
            self.near_ours[pair.ours] = pair.theirs
            if joins and _holds(self._theirs[pair.theirs], self._ours[pair.ours]):
                self.matches[other] = replace(self.matches[other], ours=(*self.matches[other].ours, pair.ours))


def _holds(wide: Side, one: Side) -> bool:
    """Whether the one's days lie within the other's several."""
    if wide.first is None or wide.last is None or one.first is None or one.last is None:
        return False
    return wide.first < wide.last and wide.first <= one.first and one.last <= wide.last
