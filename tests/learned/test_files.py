"""Model files: what goes in comes out, the same bytes each time, and a broken file says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from waqai.core import MissingPart
from waqai.learned.card import TrainingCard, TrainingData
from waqai.learned.files import load_model, save_model

CARD = TrainingCard(
    name="small",
    version="1",
    trained="2026-11-26",
    data=(TrainingData(name="gold", reports=2, digest="0" * 12),),
    command="by hand",
    measured="not at all",
    figures={},
)
ARRAYS = {"weights": np.arange(6, dtype=np.float32).reshape(2, 3), "labels": np.array(["a", "bc"])}


def test_arrays_and_card_come_back(tmp_path: Path) -> None:
    save_model(tmp_path / "models" / "small.npz", ARRAYS, card=CARD)
    model = load_model(tmp_path / "models" / "small.npz")
    assert model.card == CARD
    assert set(model.arrays) == set(ARRAYS)
    assert all(np.array_equal(model.arrays[name], array) for name, array in ARRAYS.items())


def test_the_same_model_makes_the_same_bytes(tmp_path: Path) -> None:
    save_model(tmp_path / "one.npz", ARRAYS, card=CARD)
    save_model(tmp_path / "two.npz", dict(reversed(ARRAYS.items())), card=CARD)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_file_without_its_card_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "bare.npz", weights=np.zeros(2))
    with pytest.raises(MissingPart, match=r"bare\.npz"):
        load_model(tmp_path / "bare.npz")


def test_pickled_objects_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "objects.npz", card=np.array(CARD.to_json()), weights=np.array([{}], dtype=object))
    with pytest.raises(MissingPart, match=r"objects\.npz"):
        load_model(tmp_path / "objects.npz")


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off", b"no archive at all"])
def test_a_missing_or_broken_file_says_how_to_bring_it_back(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "broken.npz").write_bytes(content)
    with pytest.raises(MissingPart, match=r"broken\.npz.*pip install"):
        load_model(tmp_path / "broken.npz")


def test_a_file_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    save_model(tmp_path / "cut.npz", ARRAYS, card=CARD)
    whole = (tmp_path / "cut.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MissingPart):
        load_model(tmp_path / "cut.npz")
