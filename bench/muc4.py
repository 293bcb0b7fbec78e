"""MUC-4's development part, read by a bench model that was taught on its training part.

    python -m bench.muc4

The model has the shipped coder's means (linear models, a small language model, boosted trees); it learned from data that we may measure on and not ship, lies
in a folder that git ignores, and `waqai` never loads it. The first run trains it. GTT F1 is by the scorer beside the data; the five slots of the official form
by `bench.muc4_scoring`. Peers, on the withheld test part: GE's rules of 1992 54.3, IterX 53.0, GTT 50.2 (GTT F1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from bench.figures import Figure, Skipped
from bench.muc4_scoring import Tally, Template, read_template, score_templates
from bench.scorers import load_module
from waqai.core import MissingPart

NOTE = "bench model, not shipped"
_GTT_TARGET = 50.0
_SLOT_TARGETS = {"date": 59.0, "location": 61.0, "stage": 73.0, "effect": 57.0, "number": 61.0}
"""GE's figures on TST3 in 1992, where people judged partial credit."""

Forms = Sequence[tuple[Sequence[Template], Sequence[Template]]]


def measure_muc4() -> Iterator[Figure]:
    """GTT F1 whole and by slot, CEAF-REE F1, and the F1 of five slots of the official form. Raises Skipped where MUC-4 or the extra `train` is absent."""
    try:
        from scripts.training.muc4 import model, sources  # noqa: F401 - the model's own parts are asked for here
    except ImportError as error:
        raise Skipped(f"the bench model cannot be trained here ({error}); the extra 'train' is needed") from error
    found, forms = read_development()
    scorer = load_module(sources.MUC4 / "score_templates.py")
    gold = scorer.load(sources.MUC4 / "gtt" / "dev.jsonl")
    predicted = {name: [as_scored(record, scorer) for record in records] for name, records in found.items()}
    yield from gtt_figures(scorer, gold, predicted)
    yield from form_figures(score_templates(forms))


def read_development() -> tuple[Mapping[str, Sequence[Mapping[str, Any]]], Forms]:
    """The templates that the bench model writes: those of the GTT form by text, and (wanted, written) ones of the official form."""
    from scripts.training.muc4.model import load_bench_model
    from scripts.training.muc4.parsed import load_parsed
    from scripts.training.muc4.train import train_and_keep

    texts = load_parsed("dev")
    try:
        model, _ = load_bench_model()
    except MissingPart:
        model = train_and_keep(load_parsed("train"))
    read = [(text.document, *model.read(text)) for text in texts]
    forms = [([read_template(key) for key in document.full_keys], written) for document, _, written in read]
    return {document.id: records for document, records, _ in read}, forms


def as_scored(record: Mapping[str, Any], scorer: ModuleType) -> dict[str, Any]:
    """A template of the GTT form as the scorer holds it."""
    return {"incident_type": record["incident_type"], **{role: [scorer.entity(entity) for entity in record[role]] for role in scorer.ROLES}}


def gtt_figures(scorer: ModuleType, gold: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Figure]:
    """GTT F1, each of its slots, and CEAF-REE F1."""
    tally = scorer.gtt(gold, found)
    yield _figure("GTT", scorer.prf(*sum(tally.values()))[2], sum(t[2] for t in tally.values()), _GTT_TARGET)
    for slot, counts in tally.items():
        yield _figure(f"GTT {slot}", scorer.prf(*counts)[2], counts[2], None)
    pooled = scorer.ree(gold, found)
    yield _figure("CEAF-REE", scorer.prf(*sum(pooled.values()))[2], sum(t[2] for t in pooled.values()), None)


def form_figures(tallies: Mapping[str, Tally]) -> Iterator[Figure]:
    """The slots of the official form."""
    for slot, tally in tallies.items():
        yield _figure(f"full {slot}", tally.f1, tally.wanted, _SLOT_TARGETS[slot])


def _figure(name: str, value: float, n: float, target: float | None) -> Figure:
    return Figure(f"{name} ({NOTE})", float(value), "F1", target, int(n), noise=1.0)


if __name__ == "__main__":
    try:
        for figure in measure_muc4():
            print(f"{figure.name:45} {figure.value:5.1f}  n={figure.n}" + ("" if figure.target is None else f"  target {figure.target:.0f}"))
    except Skipped as skipped:
        print(f"muc4 not run: {skipped}")
