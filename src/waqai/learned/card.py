"""The training card of a model: what it learned from, when, and how well it did where it had not looked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

OURS = ("gold", "composed", "corpus")
"""The data that a shipped model may learn from: all of it lies in the repository's `data` folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingData:
    """A set that a model learned from: `name` is one of `OURS`, or `bench:NAME` for a model that is only measured and never shipped."""

    name: str
    reports: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCard:
    """`trained` is the day (ISO); `figures` were measured on reports that the measured copy of the model had not seen, as `measured` says."""

    name: str
    version: str
    trained: str
    data: tuple[TrainingData, ...]
    command: str
    measured: str
    figures: Mapping[str, float]

    @property
    def ships(self) -> bool:
        """Whether it learned from nothing but what is ours."""
        return all(d.name in OURS for d in self.data)

    def to_json(self) -> str:
        """The card as JSON text."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> TrainingCard:
        """The card of a JSON text made by `to_json`. Raises ValueError, KeyError or TypeError where it is none."""
        raw = json.loads(text)
        return cls(**{**raw, "data": tuple(TrainingData(**d) for d in raw["data"])})
