"""A small transformer encoder, run with numpy alone: pieces of words to vectors that know their context (Devlin et al. 2019, BERT).

The bench of attribution runs one, to show what the code around it can reach (docs/quality.md); the shipped reader runs `learned.quick_encoder`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waqai.learned.files import Array

Floats = NDArray[np.float32]
_ROOT = np.float32(np.sqrt(2 / np.pi))
_SMALL = np.float32(1e-12)  # added to a variance before its root, as in the training code


@dataclass(frozen=True, slots=True)
class Encoder:
    """`arrays` are named as in the usual BERT checkpoints, each matrix (n_out, n_in); `heads` is the number of attention heads."""

    arrays: Mapping[str, Floats]
    layers: int
    heads: int

    def encode(self, pieces: Sequence[int]) -> Floats:
        """The vectors of a row of pieces, its first and last mark included, (n_pieces, n_hidden)."""
        a = self.arrays
        ids = np.asarray(pieces)
        x = a["embeddings.word_embeddings.weight"][ids].astype(np.float32) + a["embeddings.position_embeddings.weight"][: len(ids)]
        x = self._normal(x + a["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.layers):
            at = f"encoder.layer.{layer}"
            x = self._normal(x + self._line(self._attend(x, f"{at}.attention.self"), f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
            wide = gelu(self._line(x, f"{at}.intermediate.dense"))
            x = self._normal(x + self._line(wide, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return x

    def _line(self, x: Floats, name: str) -> Floats:
        return np.asarray(x @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"], dtype=np.float32)

    def _normal(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _SMALL)
        return np.asarray(scaled * self.arrays[f"{name}.weight"] + self.arrays[f"{name}.bias"], dtype=np.float32)

    def _attend(self, x: Floats, at: str) -> Floats:
        query, key, value = (self._line(x, f"{at}.{name}").reshape(len(x), self.heads, -1).transpose(1, 0, 2) for name in ("query", "key", "value"))
        likeness = query @ key.transpose(0, 2, 1)
        likeness *= np.float32(1 / np.sqrt(query.shape[-1]))
        likeness -= likeness.max(axis=-1, keepdims=True)
        weights = np.exp(likeness, out=likeness)
        mixed = (weights @ value) / weights.sum(axis=-1, keepdims=True)
        return np.asarray(mixed.transpose(1, 0, 2).reshape(len(x), -1), dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """x times the normal distribution's probability below x, by its usual approximation with a tangent (Hendrycks and Gimpel 2016; to 5e-4)."""
    y = x * x
    y *= np.float32(0.044715 * _ROOT)
    y += _ROOT
    y *= x
    np.tanh(y, out=y)
    y += np.float32(1)
    y *= x
    y *= np.float32(0.5)
    return y


def encoder_arrays(encoder: Encoder, *, prefix: str) -> dict[str, Array]:
    """The arrays of a model file that hold this encoder, each named with the prefix, in half precision."""
    shape = {f"{prefix}shape": np.array([encoder.layers, encoder.heads])}
    return shape | {f"{prefix}{name}": array.astype(np.float16) for name, array in encoder.arrays.items()}


def encoder_of(arrays: Mapping[str, Array], *, prefix: str) -> Encoder:
    """The encoder that `encoder_arrays` made these from. Raises KeyError where they are not there."""
    layers, heads = (int(n) for n in arrays[f"{prefix}shape"])
    own = {name.removeprefix(prefix): array.astype(np.float32) for name, array in arrays.items() if name.startswith(prefix) and name != f"{prefix}shape"}
    return Encoder(own, layers, heads)
