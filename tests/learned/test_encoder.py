"""The encoder in numpy: shapes, its own arrays back again, and words cut into pieces."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.learned.encoder import Encoder, encoder_arrays, encoder_of
from waqai.learned.wordpieces import WordPieces

HIDDEN, WIDE, WORDS = 8, 16, 10


def small_encoder() -> Encoder:
    rng = np.random.default_rng(0)
    arrays = {
        "embeddings.word_embeddings.weight": rng.normal(size=(WORDS, HIDDEN)),
        "embeddings.position_embeddings.weight": rng.normal(size=(6, HIDDEN)),
        "embeddings.token_type_embeddings.weight": rng.normal(size=(2, HIDDEN)),
    }
    for name in ("embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"):
        arrays |= {f"{name}.weight": np.ones(HIDDEN), f"{name}.bias": np.zeros(HIDDEN)}
    lines = {f"attention.self.{name}": (HIDDEN, HIDDEN) for name in ("query", "key", "value")}
    lines |= {"attention.output.dense": (HIDDEN, HIDDEN), "intermediate.dense": (WIDE, HIDDEN), "output.dense": (HIDDEN, WIDE)}
    for name, shape in lines.items():
        arrays |= {f"encoder.layer.0.{name}.weight": rng.normal(size=shape), f"encoder.layer.0.{name}.bias": np.zeros(shape[0])}
    return Encoder({name: array.astype(np.float16).astype(np.float32) for name, array in arrays.items()}, 1, 2)


def test_each_piece_has_a_normal_vector_that_depends_on_its_neighbours() -> None:
    one, two = small_encoder().encode([1, 2, 3]), small_encoder().encode([1, 2, 4])
    assert one.shape == (3, HIDDEN)
    assert one.mean(axis=1) == pytest.approx(np.zeros(3), abs=1e-5)
    assert not np.allclose(one[0], two[0])


def test_an_encoder_comes_back_from_its_arrays() -> None:
    again = encoder_of({**encoder_arrays(small_encoder(), prefix="e_"), "other": np.zeros(1)}, prefix="e_")
    assert np.allclose(again.encode([1, 2]), small_encoder().encode([1, 2]), atol=1e-5)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Jail", [1]),  # small letters
        ("jáils", [1, 2]),  # no accents; the rest of a word is marked
        ("jail-jail", [1, 3, 1]),  # signs stand alone
        ("zebra", [0]),  # unknown
        (" \n", []),  # no word
        ("jail" * 20, [0]),  # too long
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(word: str, pieces: list[int]) -> None:
    assert WordPieces({"[UNK]": 0, "jail": 1, "##s": 2, "-": 3, "##jail": 4}).of_word(word) == pieces
