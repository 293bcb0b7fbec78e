"""The encoder's layers as an ONNX graph without weights, whose matrices are whole numbers: onnxruntime reads it with the weights that the reader puts together.

What goes into a matrix product is brought to whole numbers as it comes, row by row of the weights with their own scale (dynamic quantization, as
onnxruntime's own tool writes it).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from onnx import TensorProto, helper

from waqai.learned.files import Array
from waqai.learned.minilm import HEADS, HIDDEN

_OPSET, _IR = 20, 10
_SMALL = 1e-12


@dataclass(slots=True)
class _Graph:
    nodes: list[Any] = field(default_factory=list)
    weights: list[Any] = field(default_factory=list)

    def add(self, op: str, *inputs: str, out: str = "", outputs: int = 1, **attributes: Any) -> str:
        """A node; the name of its first output."""
        name = out or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name, *(f"{name}.{k}" for k in range(1, outputs))], **attributes))
        return name

    def weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        """A place for weights that are handed in when the graph is read."""
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="handed in")
        self.weights.append(tensor)
        return name

    def constant(self, name: str, values: Any) -> str:
        """A few numbers that belong to the graph."""
        array = np.asarray(values)
        self.weights.append(helper.make_tensor(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape, array.ravel().tolist()))
        return name


def graph_of(layers: int) -> Array:
    """The bytes of the graph: from "x" (n_pieces, n_hidden), the embeddings, and "wanted" (n_wanted,) to "y" (n_wanted, n_hidden)."""
    graph = _Graph()
    graph.constant("split", np.array([-1, HEADS, HIDDEN // HEADS], dtype=np.int64))
    graph.constant("join", np.array([-1, HIDDEN], dtype=np.int64))
    graph.constant("root", np.array(np.sqrt(HIDDEN // HEADS), dtype=np.float32))
    x = "x"
    for layer in range(layers):
        x = _layer(graph, x, f"encoder.layer.{layer}", last=layer + 1 == layers)
    graph.add("Identity", x, out="y")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", HIDDEN]), helper.make_tensor_value_info("wanted", TensorProto.INT64, ["m"])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["m", HIDDEN])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
    )
    return np.frombuffer(model.SerializeToString(), dtype=np.uint8)


def _layer(graph: _Graph, x: str, at: str, *, last: bool) -> str:
    own = graph.add("Gather", x, "wanted", axis=0) if last else x
    whole = _whole(graph, x)
    ours = _whole(graph, own) if last else whole
    query, key, value = (
        graph.add("Reshape", _line(graph, rows, f"{at}.attention.self.{name}", HIDDEN, HIDDEN), "split")
        for rows, name in ((ours, "query"), (whole, "key"), (whole, "value"))
    )
    likeness = graph.add("MatMul", graph.add("Transpose", query, perm=[1, 0, 2]), graph.add("Transpose", key, perm=[1, 2, 0]))
    shares = graph.add("Softmax", graph.add("Div", likeness, "root"), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", shares, graph.add("Transpose", value, perm=[1, 0, 2])), perm=[1, 0, 2])
    taken = _line(graph, _whole(graph, graph.add("Reshape", mixed, "join")), f"{at}.attention.output.dense", HIDDEN, HIDDEN)
    own = _normal(graph, graph.add("Add", own, taken), f"{at}.attention.output.LayerNorm")
    wide = graph.add("Gelu", _line(graph, _whole(graph, own), f"{at}.intermediate.dense", HIDDEN, 4 * HIDDEN))
    told = _line(graph, _whole(graph, wide), f"{at}.output.dense", 4 * HIDDEN, HIDDEN)
    return _normal(graph, graph.add("Add", own, told), f"{at}.output.LayerNorm")


def _whole(graph: _Graph, x: str) -> tuple[str, str, str]:
    """As whole numbers: these, their scale, their nought."""
    name = graph.add("DynamicQuantizeLinear", x, outputs=3)
    return name, f"{name}.1", f"{name}.2"


def _line(graph: _Graph, x: tuple[str, str, str], name: str, inputs: int, outputs: int) -> str:
    numbers, scale, nought = x
    weight = graph.weight(f"{name}.weight", inputs, outputs, kind=TensorProto.INT8)
    scales = graph.weight(f"{name}.scales", outputs)
    product = graph.add("Cast", graph.add("MatMulInteger", numbers, weight, nought), to=TensorProto.FLOAT)
    scaled = graph.add("Mul", product, graph.add("Mul", scale, scales))
    return graph.add("Add", scaled, graph.weight(f"{name}.bias", outputs))


def _normal(graph: _Graph, x: str, name: str) -> str:
    return graph.add("LayerNormalization", x, graph.weight(f"{name}.weight", HIDDEN), graph.weight(f"{name}.bias", HIDDEN), axis=-1, epsilon=_SMALL)
