"""Tune one of the encoders that `python -m scripts.train_view --lay-out` has laid the reports out for, where no parser is installed: with a graphics card.

    PYTHONPATH=src python -m scripts.tune_view PACK FOLDER PART

writes FOLDER/view-PART.npz; PART is the part of the reports that is left out, or "all" for none. Needs PyTorch, transformers and numpy.
"""

from __future__ import annotations

import argparse
import gzip
import pickle
from pathlib import Path

import numpy as np

from scripts.training.viewing import Pack, arrays_of, tune


def tune_part(pack: Pack, folder: Path, part: str) -> None:
    """Tune and write."""
    net = tune(pack, [example for example in pack.examples if str(example.part) != part], tag=f"view, without part {part}" if part != "all" else "view")
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / f"view-{part}.npz", **arrays_of(net, pack))  # type: ignore[arg-type]


def main() -> None:
    """Read the pack and tune."""
    options = argparse.ArgumentParser(description="Tune the viewer's encoder on reports that lie laid out.")
    options.add_argument("pack", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("part")
    given = options.parse_args()
    with gzip.open(given.pack) as file:
        tune_part(pickle.load(file), given.folder, given.part)


if __name__ == "__main__":
    main()
