"""Figures of predictions in gold format 1 against data/gold, by its own scorer (data/gold/score.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from bench.figures import ROOT, Figure
from bench.scorers import load_module

GOLD = ROOT / "data" / "gold"
ONTOLOGY = ROOT / "src" / "waqai" / "codebook" / "ontology.yaml"
DATA = ("data/gold/reports", "data/gold/score.py")


def load_scorer() -> ModuleType:
    """The module data/gold/score.py."""
    return load_module(GOLD / "score.py")


def score_predictions(predictions: Path, *, targets: Mapping[str, float] | None = None, only: Iterable[str] | None = None) -> tuple[Figure, ...]:
    """The scorer's F1 for every measure, its accuracies, and the false alarms on hard negatives, of one JSON file a report in the folder `predictions`.

    `targets` maps a figure's name to what we want; `only` keeps the named figures. F1 and accuracies lie in [0, 1].
    """
    score, wanted = load_scorer(), dict(targets or {})
    totals, _, reports = score.run(str(predictions), str(GOLD / "reports"), score.Ontology(str(ONTOLOGY)))
    figures = [Figure(name, score.prf(totals[name])[2], "F1", wanted.get(name), totals[name][0] + totals[name][2]) for name in score.SHOWN]
    for measure, over in score.ACCURACIES.items():
        name = f"{measure}, of {over}"
        right, wrong, _ = totals[measure]
        figures.append(Figure(name, right / (right + wrong) if right + wrong else 0.0, "accuracy", wanted.get(name), right + wrong))
    alarms, _, hard = totals["false_alarms"]
    figures.append(
        Figure("false alarms on hard negatives", alarms, f"of {hard} reports", wanted.get("false alarms on hard negatives"), reports, better="lower")
    )
    keep = None if only is None else set(only)
    return tuple(figure for figure in figures if keep is None or figure.name in keep)
