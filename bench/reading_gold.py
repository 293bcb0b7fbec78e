"""The readers on the gold texts, scored by the gold set's own scorer: the learned one by models that have not seen the report, the rules as they are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from bench.figures import ROOT, Figure, Skipped
from bench.gold import GOLD, score_predictions
from bench.unseeing import iter_unseen
from waqai.core import MissingPart, Report, text_sha256
from waqai.export import reading_as_gold
from waqai.flow import Chain, Outcome, build_chain, iter_outcomes, shipped_settings

# What is to be reached on this set (its development part; a second coder's agreement is in data/gold/README.md).
TARGETS = {
    "incident_family": 0.78,
    "incident_type": 0.70,
    "actors": 0.58,
    "counts": 0.72,
    "claims": 0.70,
    "OVERALL": 0.64,
    "date_overlap": 0.72,
    "country": 0.74,
    "place_25km": 0.75,
    "date_overlap_matched, of paired incidents with a date": 0.90,
    "country_matched, of paired incidents with a country": 0.90,
    "place_25km_matched, of paired incidents with a point": 0.85,
    "place_precision, of paired incidents with two places": 0.80,
    "status, of paired incidents": 0.92,
    "stance, of matched claims": 0.76,
    "false alarms on hard negatives": 2,
}


@cache
def shipped_chain() -> Chain:
    """The chain of the default settings, whatever settings file lies about."""
    return build_chain(shipped_settings())


def gold_reports(folder: Path = GOLD / "reports") -> list[Report]:
    """The gold texts as reports, without their coding."""
    return [_report(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


@cache
def rules_chain() -> Chain:
    """The chain of the rules alone, the fast profile."""
    settings = shipped_settings()
    return build_chain(settings.model_copy(update={"reader": settings.reader.model_copy(update={"name": "rules"})}))


def measure_reading() -> Iterator[Figure]:
    """All figures of data/gold/score.py for the shipped reader, each report read by models that have not seen it. Raises Skipped without such models."""
    try:
        yield from _score(iter_unseen(gold_reports()))
    except MissingPart as error:
        raise Skipped(str(error)) from error


def measure_rules() -> Iterator[Figure]:
    """The same figures for the rules alone."""
    yield from _score(iter_outcomes(gold_reports(), rules_chain()))


def _score(outcomes: Iterable[Outcome]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="waqai-gold-") as folder:
        write_predictions(outcomes, Path(folder))
        yield from score_predictions(Path(folder), targets=TARGETS)


def write_predictions(outcomes: Iterable[Outcome], folder: Path) -> None:
    """One file in gold format 1 for each report."""
    for outcome in outcomes:
        if outcome.report is not None and outcome.reading is not None:
            (folder / f"{outcome.report.id}.json").write_text(json.dumps(reading_as_gold(outcome.report, outcome.reading)), encoding="utf-8")


def _report(raw: dict[str, str]) -> Report:
    published = date.fromisoformat(raw["published"]) if raw.get("published") else None
    return Report(id=raw["id"], text=raw["text"], sha256=text_sha256(raw["text"]), title=raw.get("title"), publisher=raw.get("publisher"), published=published)


if __name__ == "__main__":
    for figure in measure_reading():
        print(f"{figure.name:50s} {figure.value:7.3f} {figure.unit}  (target {figure.target}, n={figure.n})")
    print(f"data: {ROOT.name}/data/gold")
