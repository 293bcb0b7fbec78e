"""Tune the small language model that the learned reader asks beside its own models.

    python -m scripts.train_view [--lay-out | --take]

writes src/waqai/coding/models/view.npz with its training card, and beside it (in the git-ignored .cache/unseen) the five that each have not seen one part of
the reports: `python -m scripts.train_reader` learns from these how far to trust it, and `make bench` reads with them. Needs the extra `train`; six times some
eighty minutes on two cores. On a machine with a graphics card it is minutes: `--lay-out` only writes .cache/view/pack.pickle.gz, `python -m scripts.tune_view`
tunes there what comes back into .cache/view, `--take` writes the models from that.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.figures import ROOT, data_digest
from scripts.learnable import check_learnable
from scripts.training.folds import FOLDS, unseen_file
from scripts.training.graph import graph_of
from scripts.training.laying import lay_out
from scripts.training.viewing import Pack
from scripts.tune_view import tune_part
from waqai.coding.view import VIEW_FILE
from waqai.core import short_hash
from waqai.flow.clock import now
from waqai.learned.card import TrainingCard, TrainingData
from waqai.learned.files import Array, save_model
from waqai.learned.minilm import LAYERS

SETS = {name: f"data/{name}/reports" for name in ("composed", "gold")}
MADE_BY = ("scripts/training/graph.py", "scripts/training/viewing.py", "scripts/training/laying.py", "src/waqai/coding/view.py")
TUNED = ROOT / ".cache" / "view"
PARTS = (*map(str, range(FOLDS)), "all")


def main() -> None:
    """Lay out, tune, save, and say how large the file is."""
    options = argparse.ArgumentParser(description="Tune the small language model that the learned reader asks.")
    options.add_argument("--lay-out", action="store_true", help="only lay the reports out, to be tuned elsewhere")
    options.add_argument("--take", action="store_true", help="take the encoders that lie tuned in .cache/view")
    given = options.parse_args()
    if not given.take:
        torch.set_num_threads(2)
        pack = lay_out(*(_reports(name) for name in SETS))
        print(f"{len(pack.examples)} stretches, {len(pack.ids)} pieces", flush=True)
        if given.lay_out:
            _write(pack)
            return
        for part in PARTS:
            tune_part(pack, TUNED, part)
    _save()


def _write(pack: Pack) -> None:
    TUNED.mkdir(parents=True, exist_ok=True)
    with gzip.open(TUNED / "pack.pickle.gz", "wb") as file:
        pickle.dump(pack, file)


def _save() -> None:
    data = tuple(TrainingData(name=name, reports=len(_reports(name)), digest=data_digest([folder])) for name, folder in SETS.items())
    card = TrainingCard(
        name="view",
        version=short_hash(*(d.digest for d in data), *((ROOT / file).read_text(encoding="utf-8") for file in MADE_BY))[:8],
        trained=now().date().isoformat(),
        data=data,
        command="python -m scripts.train_view",
        measured="with the coder, by its own card",
        figures={},
    )
    for part in PARTS:
        save_model(VIEW_FILE if part == "all" else unseen_file("view", int(part)), {**_tuned(TUNED / f"view-{part}.npz"), "graph": graph_of(LAYERS)}, card=card)
    print(f"{VIEW_FILE.stat().st_size / 1e6:.1f} MB")


def _tuned(file: Path) -> dict[str, Array]:
    with np.load(file, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def _reports(name: str) -> list[dict[str, Any]]:
    found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / SETS[name]).glob("*.json")))
    return check_learnable(found, source=SETS[name])


if __name__ == "__main__":
    main()
