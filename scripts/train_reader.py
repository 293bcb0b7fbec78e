"""Train the learned reader on the coded reports of the repository.

    python -m scripts.train_reader [--second]

writes src/waqai/coding/models/coder.npz with its training card, and beside it (in the git-ignored .cache/unseen) the five models that each have not seen one
part of the reports: `make bench` reads every gold report with the one that has not seen it. Its second look learns from what the viewers of
`python -m scripts.train_view` see, which has to be run first. `--second` keeps what the models that lie there learned at first sight. Needs the extra `train`;
some thirty-five minutes on two cores, 14 GB; with `--second` ten.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import ROOT, data_digest
from scripts.learnable import check_learnable
from scripts.training.calibrating import calibrate, watch
from scripts.training.folds import FOLDS, unseen_file
from scripts.training.stages import First, Lesson, Trained, first_of, train_first, train_second
from waqai.attribution import find_claims_with
from waqai.codebook import load_codebook
from waqai.coding.reader import MODEL_FILE, load_coder
from waqai.coding.scene import Scene
from waqai.coding.view import Viewer, load_viewer
from waqai.core import Report, short_hash, text_sha256
from waqai.flow import shipped_settings
from waqai.flow.clock import now
from waqai.flow.parts import lay_ground
from waqai.learned.card import TrainingCard, TrainingData
from waqai.learned.files import save_model
from waqai.parsing.text import prepare
from waqai.places import Resolver
from waqai.reading.reader import RuleReader
from waqai.reading.timing import Timeline

SETS = {"gold": ROOT / "data" / "gold" / "reports", "composed": ROOT / "data" / "composed" / "reports"}

MADE_BY = ("scripts/training", "src/waqai/coding")
"""The folders whose code makes the model what it is, beside its data; a change there gives it another version."""


def load_lessons(sets: Sequence[str] = tuple(SETS)) -> list[Lesson]:
    """Every coded report of these sets, parsed and laid out as the learned reader lays it out."""
    ground = lay_ground(shipped_settings())
    reader = RuleReader(places=ground.gazetteer, actors=ground.actors)
    families = {type.id: type.family for type in load_codebook().types.values()}
    coded = [(name, json.loads(path.read_text(encoding="utf-8"))) for name in sets for path in sorted(SETS[name].glob("*.json"))]
    check_learnable((raw for _, raw in coded), source="data")
    texts = [prepare(raw["text"], title=raw["title"]) for _, raw in coded]
    lessons = []
    for (name, raw), text, doc in zip(coded, texts, reader.nlp.pipe(t.text for t in texts), strict=True):
        report = report_of(raw)
        drafts = find_claims_with(None, doc)
        timeline = Timeline(report, doc, drafts, types=reader.lexicon.types)
        told = reader.account_reader.tell(doc, text, timeline=timeline)
        scene = Scene(report, doc, text, drafts, timeline, told, reader.lexicon, ground.actors, families)
        lessons.append(Lesson(scene=scene, accounts=raw["accounts"], set=name))
    return lessons


def report_of(raw: dict[str, Any]) -> Report:
    """A coded report without its coding."""
    published = date.fromisoformat(raw["published"]) if raw.get("published") else None
    return Report(id=raw["id"], text=raw["text"], sha256=text_sha256(raw["text"]), title=raw["title"], publisher=raw["publisher"], published=published)


def save(trained: Trained, *, figures: dict[str, float], file: Path = MODEL_FILE) -> TrainingCard:
    """Write the model and those that have not seen a part; the card that they share."""
    data = tuple(
        TrainingData(name=name, reports=len(list(folder.glob("*.json"))), digest=data_digest([f"data/{name}/reports"])) for name, folder in SETS.items()
    )
    card = TrainingCard(
        name="coder",
        version=short_hash(
            *(d.digest for d in data), *(path.read_text(encoding="utf-8") for folder in MADE_BY for path in sorted((ROOT / folder).glob("*.py")))
        )[:8],
        trained=now().date().isoformat(),
        data=data,
        command="python -m scripts.train_reader",
        measured=f"each of {FOLDS} parts of data/gold by a model that has not seen it; figures of whole reports: docs/quality.md",
        figures=figures,
    )
    save_model(file, trained.model.to_arrays(), card=card)
    for fold, model in enumerate(trained.unseen):
        save_model(unseen_file("coder", fold), model.to_arrays(), card=card)
    return card


def firsts_before() -> tuple[list[First], First]:
    """The first stage of the models that lie in their files."""
    first, *firsts = (first_of(load_coder(file)[0]) for file in (MODEL_FILE, *(unseen_file("coder", fold) for fold in range(FOLDS))))
    return firsts, first


def calibrated(trained: Trained, lessons: Sequence[Lesson], viewers: Sequence[Viewer]) -> tuple[Trained, dict[str, float]]:
    """The models with curves for what they say; and how well calibrated that is."""
    resolve = Resolver(lay_ground(shipped_settings()).gazetteer).resolve_accounts
    curves, figures = calibrate(watch(trained, lessons, viewers=viewers, resolve=resolve))
    return Trained(model=replace(trained.model, curves=curves), unseen=[replace(model, curves=curves) for model in trained.unseen]), figures


def main() -> None:
    """Train, save, and say how well the models did on what they had not seen."""
    options = argparse.ArgumentParser(description="Train the learned reader on the coded reports of the repository.")
    options.add_argument("--second", action="store_true", help="keep what the models learned at first sight, train the second look and the probabilities")
    second = options.parse_args().second
    began = time.monotonic()
    lessons = load_lessons()
    print(f"{len(lessons)} reports laid out, {time.monotonic() - began:.0f} s", flush=True)
    viewers = [load_viewer(unseen_file("view", fold))[0] for fold in range(FOLDS)]
    firsts, first = firsts_before() if second else train_first(lessons, families=lessons[0].scene.families)
    trained, figures = calibrated(train_second(lessons, firsts, first, viewers=viewers), lessons, viewers)
    card = save(trained, figures=figures)
    for name, value in card.figures.items():
        print(f"{name:40s} {value:.4f}")
    print(f"{MODEL_FILE.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
