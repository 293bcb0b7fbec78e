"""A transformer encoder whose matrices are whole numbers of eight bits, run by onnxruntime: a third of the time that numpy takes for the same layers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.core import MissingPart
from waqai.learned.files import Array
from waqai.learned.keyed import Floats

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# onnxruntime's own builds would tell Microsoft how they are used, from a thread that the import starts; this is read before that, once (its Privacy.md, 1.32)
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as failures

_LARGEST = 63  # of a weight's whole number: one bit less than there is, since processors without VNNI overflow in silence
_EMBEDDINGS = "embeddings."
_FAILURES = (failures.Fail, failures.InvalidArgument, failures.InvalidGraph, failures.InvalidProtobuf, failures.NotImplemented, failures.RuntimeException)
_SMALL = np.float32(1e-12)  # added to a variance before its root, as in the training code


@dataclass(frozen=True, slots=True)
class QuickEncoder:
    """`embeddings` are named as in the usual BERT checkpoints."""

    embeddings: Mapping[str, Floats]
    session: Any

    def encode(self, pieces: Sequence[int], *, wanted: Sequence[int] | None = None) -> Floats:
        """The vectors of a row of pieces, its first and last mark included, (n_pieces, n_hidden); or of the `wanted` places alone, in their order."""
        e, ids = self.embeddings, np.asarray(pieces, dtype=np.intp)
        x = e["word_embeddings.weight"][ids].astype(np.float32) + e["position_embeddings.weight"][: len(ids)] + e["token_type_embeddings.weight"][0]
        x -= x.mean(axis=-1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + _SMALL)
        rows = np.arange(len(ids)) if wanted is None else np.asarray(wanted)
        x = x * e["LayerNorm.weight"] + e["LayerNorm.bias"]
        (vectors,) = self.session.run(None, {"x": x.astype(np.float32), "wanted": rows.astype(np.int64)})
        return np.asarray(vectors)


def quick_encoder(arrays: Mapping[str, Floats], graph: NDArray[np.uint8]) -> QuickEncoder:
    """The encoder of these arrays, named as in the usual BERT checkpoints, each matrix (n_out, n_in), by the graph that training wrote. Raises MissingPart
    where the graph asks for other weights."""
    weights: dict[str, Array] = {}
    for name, array in arrays.items():
        if name.startswith(_EMBEDDINGS):
            continue
        if array.ndim == 2:
            scales = np.maximum(np.abs(array).max(axis=1), 1e-9) / _LARGEST
            weights[name] = np.ascontiguousarray(np.rint(array / scales[:, None]).astype(np.int8).T)
            weights[f"{name.removesuffix('.weight')}.scales"] = scales.astype(np.float32)
        else:
            weights[name] = array.astype(np.float32)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_external_initializers(list(weights), [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()])
    try:
        session = onnxruntime.InferenceSession(graph.tobytes(), options, providers=["CPUExecutionProvider"])
    except _FAILURES as error:
        raise MissingPart(f"the encoder cannot be put together ({error}); it was trained for another version of waqai") from error
    embeddings = {name.removeprefix(_EMBEDDINGS): array for name, array in arrays.items() if name.startswith(_EMBEDDINGS)}
    return QuickEncoder(embeddings, session)
