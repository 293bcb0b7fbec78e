"""Model files: arrays and a training card in one `.npz`, read without pickle."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.core import MissingPart
from waqai.learned.card import TrainingCard

_CARD = "card"

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """What a file holds: its card and its arrays by name."""

    card: TrainingCard
    arrays: Mapping[str, Array]


def save_model(path: Path, arrays: Mapping[str, Array], *, card: TrainingCard) -> None:
    """Write a model file; the same arrays and card give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", compression=zipfile.ZIP_DEFLATED) as file:
        for name, array in sorted({**arrays, _CARD: np.array(card.to_json())}.items()):
            told = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            told.compress_type = zipfile.ZIP_DEFLATED
            with file.open(told, "w") as entry:
                np.lib.format.write_array(entry, np.asarray(array, order="C"), allow_pickle=False)


def load_model(path: Path) -> ModelFile:
    """The model of a file. Raises MissingPart where there is none or it is broken."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        card = TrainingCard.from_json(str(arrays.pop(_CARD)))
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise MissingPart(f"the model file {path.name!r} cannot be used ({error}); `pip install --force-reinstall waqai` brings it back") from error
    return ModelFile(card=card, arrays=arrays)
