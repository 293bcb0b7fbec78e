"""How many were killed, in all, by a rule for competing figures.

Reports give a whole ("12 people") or its parts ("three soldiers and nine civilians"). Parts are added only where one speaker gives them in one report: two
speakers' parts may be the same people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from waqai.bounds.counts import FEW
from waqai.codebook import FigureKey, FigureRange, group_figures
from waqai.core import Figure
from waqai.export.figures import Combiner

KILLED = "killed"
WHOLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Low, best and high of all who were killed; `groups` by of whom, as the codebook normalises it. `masked`: it rests on one told as fewer than three."""

    whole: FigureRange
    groups: Mapping[str, FigureRange]
    masked: bool


def find_toll(figures: Iterable[Figure], combiner: Combiner) -> Toll | None:
    """The toll by the combiner's rule; None where no figure of killed persons counts."""
    killed = [f for f in figures if f.measure == KILLED and not f.unit]
    counting = [f for f in killed if f.stance != "denies" and not f.unreliable]
    wholes = [whole for said in _by_voice(counting).values() for whole in _wholes(said)]
    if not wholes:
        return None
    found = combiner.combine(wholes)
    groups = {key.of_whom: combiner.combine(group) for key, group in group_figures(counting).items() if key.of_whom != WHOLE}
    return Toll(whole=found, groups=groups, masked=any(FEW in f.expr for f in found.used))


def _by_voice(figures: Iterable[Figure]) -> dict[tuple[str, str], list[Figure]]:
    said: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        said.setdefault((figure.report, figure.speaker), []).append(figure)
    return said


def _wholes(said: Iterable[Figure]) -> list[Figure]:
    """What one speaker says in one report of all who were killed: the whole as given, else the sum of its parts."""
    groups = group_figures(said)
    given = groups.get(FigureKey(measure=KILLED, of_whom=WHOLE))
    if given:
        return list(given)
    parts = [max(group, key=lambda f: f.low) for group in groups.values()]
    return [parts[0] if len(parts) == 1 else _add(parts)]


def _add(parts: list[Figure]) -> Figure:
    best = [f.best for f in parts if f.best is not None]
    high = [f.high for f in parts if f.high is not None]
    return replace(
        parts[0],
        of_whom=None,
        low=sum(f.low for f in parts),
        best=sum(best) if len(best) == len(parts) else None,
        high=sum(high) if len(high) == len(parts) else None,
        expr=" + ".join(f.expr for f in parts),
    )
