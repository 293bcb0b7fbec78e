"""How often the coder is right when it is so sure, on reports that it had not seen, by the pairing of the gold set's scorer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.gold import ONTOLOGY, load_scorer
from scripts.training.folds import FOLDS
from scripts.training.stages import Lesson, Trained
from waqai.coding.coder import Coder
from waqai.coding.view import Viewer
from waqai.core import Account, ReaderStamp, Reading, Report
from waqai.export import reading_as_gold
from waqai.learned.calibration import Steps, calibration_error, rising_steps

Resolve = Callable[[Report, tuple[Account, ...]], tuple[Account, ...]]

_STAMP = ReaderStamp(name="training", version="0", settings_hash="0" * 16)


@dataclass(slots=True)
class Outcomes:
    """Probabilities with whether the thing was right, and the part of the reports that each is from."""

    p: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)

    def add(self, p: float, right: bool, fold: int) -> None:
        """One thing more."""
        self.p.append(p)
        self.right.append(right)
        self.folds.append(fold)

    def of(self, *, fold: int, seen: bool) -> tuple[list[float], list[bool]]:
        """Those of this part, or (`seen`) of all others."""
        kept = [(p, right) for p, right, f in zip(self.p, self.right, self.folds, strict=True) if (f != fold) == seen]
        return [p for p, _ in kept], [right for _, right in kept]


def watch(trained: Trained, lessons: Sequence[Lesson], *, viewers: Sequence[Viewer], resolve: Resolve) -> dict[str, Outcomes]:
    """Accounts (right: paired with a coded one of the same type) and counts (right: the coded account has it) of every gold report by an unseeing coder."""
    scorer = load_scorer()
    ontology = scorer.Ontology(str(ONTOLOGY))
    outcomes = {"accounts": Outcomes(), "counts": Outcomes()}
    for lesson in lessons:
        if lesson.set == "gold":
            report = lesson.scene.report
            accounts = resolve(report, Coder(trained.unseen[lesson.fold], viewers[lesson.fold]).code(lesson.scene, stamp=_STAMP, claims=()).accounts)
            reading = Reading(report=report.id, report_sha256=report.sha256, reader=_STAMP, accounts=tuple(accounts))
            _compare(scorer, ontology, lesson, reading_as_gold(report, reading)["accounts"], outcomes)
    return outcomes


def _compare(scorer: Any, ontology: Any, lesson: Lesson, read: Sequence[Mapping[str, Any]], outcomes: Mapping[str, Outcomes]) -> None:
    sentences = scorer.Sentences(lesson.scene.report.text)
    pairs = {j: i for i, j in scorer.pair_items(lesson.accounts, read, lambda a, b: scorer.incident_weight(a, b, sentences, ontology, True))}
    for j, account in enumerate(read):
        coded = lesson.accounts[pairs[j]] if j in pairs else None
        outcomes["accounts"].add(account["p"], coded is not None and coded["type"] == account["type"], lesson.fold)
        matched = {k for _, k in scorer.pair_items(coded["counts"], account["counts"], scorer.count_weight)} if coded is not None else set()
        for k, count in enumerate(account["counts"]):
            outcomes["counts"].add(count["p"], k in matched, lesson.fold)


def calibrate(outcomes: Mapping[str, Outcomes]) -> tuple[dict[str, Steps], dict[str, float]]:
    """A curve for each kind of thing from all outcomes, and the calibration error before and after: after by curves that had not seen the part."""
    curves, figures = {}, {}
    for name, found in outcomes.items():
        curves[name] = rising_steps(found.p, found.right)
        given: list[float] = []
        truth: list[bool] = []
        for fold in range(FOLDS):
            steps = rising_steps(*found.of(fold=fold, seen=True))
            p, right = found.of(fold=fold, seen=False)
            given += [steps.at(one) for one in p]
            truth += right
        figures[f"{name}: right"] = sum(found.right) / max(1, len(found.right))
        figures[f"{name}: calibration error, raw"] = calibration_error(found.p, found.right)
        figures[f"{name}: calibration error"] = calibration_error(given, truth)
    return curves, figures
