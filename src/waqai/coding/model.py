"""The models of all decisions, as they lie in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from waqai.learned.linear import LinearModel

GATES = ("tellings", "parties", "figures", "days", "sites", "background")
"""The yes-or-no decisions: is this word, noun phrase, number, date or place name one that a coder takes?"""
KINDS = ("tellings", "parties", "figures", "status")
"""The decisions between labels: of which type, in which role, counted as what, with which status?"""
THRESHOLDS: Mapping[str, float] = {"tellings": 0.2, "parties": 0.3, "figures": 0.35, "days": 0.3, "sites": 0.15, "background": 0.42}
"""From which probability on a candidate is taken, unless the model's own file says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderModel:
    """`gates` say whether, `kinds` say which, each by the name of its decision."""

    gates: Mapping[str, LinearModel]
    kinds: Mapping[str, LinearModel]
    thresholds: Mapping[str, float]

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays that `from_arrays` takes back."""
        import numpy as np

        arrays: dict[str, NDArray[Any]] = {"thresholds": np.array([self.thresholds[name] for name in GATES], dtype=np.float32)}
        for kind, models in (("gate", self.gates), ("kind", self.kinds)):
            for name, model in models.items():
                arrays |= model.to_arrays(f"{kind}.{name}")
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> CoderModel:
        """The model of these arrays. Raises KeyError where one is missing."""
        return cls(
            gates={name: LinearModel.from_arrays(arrays, f"gate.{name}") for name in GATES},
            kinds={name: LinearModel.from_arrays(arrays, f"kind.{name}") for name in KINDS},
            thresholds=dict(zip(GATES, map(float, arrays["thresholds"]), strict=True)),
        )
