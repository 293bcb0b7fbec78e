"""Competing figures with whether each counts, and low, best and high by the rule that was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from waqai.codebook import Codebook, FigureRange, FigureRule, FigureStanding, combine_figures, group_figures, sort_out
from waqai.core import ActorNames, Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Combiner:
    """How figures are looked at: the rule (None: none was chosen, so nothing is combined), and whose names are one speaker's."""

    rule: FigureRule | None = None
    codebook: Codebook | None = None
    actors: ActorNames | None = None

    def combine(self, group: Iterable[Figure]) -> FigureRange:
        """Low, best and high of one group. Raises ValueError when no rule was chosen."""
        if self.rule is None or self.codebook is None:
            raise ValueError("low, best and high need a rule and its codebook")
        return combine_figures(group, rule=self.rule, codebook=self.codebook, actors=self.actors)

    def sort_out(self, group: Iterable[Figure]) -> dict[Figure, FigureStanding]:
        """The figures of one group in the order in which they were said, with whether each counts."""
        return sort_out(group, actors=self.actors)


def figures_as_json(figures: Iterable[Figure], combiner: Combiner) -> list[dict[str, Any]]:
    """Every figure with who gave it; `standing`: counts, revised (by its own speaker, later), part (of a larger
    one), denied, or left_out (marked unreliable)."""
    told = tuple(figures)
    standing = {f: found for group in group_figures(told).values() for f, found in combiner.sort_out(group).items()}
    return [_figure(f, standing[f]) for f in told]


def ranges_as_json(figures: Iterable[Figure], combiner: Combiner) -> list[dict[str, Any]]:
    """Low, best and high of each group by the rule; `high` null: open, `best` null: the rule leaves it to a person."""
    rows = []
    for key, group in group_figures(figures).items():
        found = combiner.combine(group)
        bounds = {"low": found.low, "best": found.best, "high": found.high}
        told = {"rule": found.rule, "because": found.because, "figures": len(group), "counting": len(found.used)}
        rows.append({"measure": key.measure, "of_whom": key.of_whom, "unit": key.unit or None, **bounds, **told})
    return rows


def _figure(figure: Figure, standing: FigureStanding) -> dict[str, Any]:
    bounds = {"low": figure.low, "high": figure.high, "best": figure.best, "kind": figure.kind, "unit": figure.unit}
    said = {"speaker": figure.speaker, "stance": figure.stance, "report": figure.report, "said_at": figure.said_at.isoformat() if figure.said_at else None}
    return {
        "measure": figure.measure,
        "of_whom": figure.of_whom,
        **bounds,
        "expr": figure.expr,
        **said,
        "standing": standing,
        "corrected_by": figure.corrected_by,
    }
