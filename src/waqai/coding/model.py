"""The models of all decisions, as they lie in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.learned.calibration import Steps
from waqai.learned.keyed import Floats, Keyed, keyed
from waqai.learned.linear import LinearModel
from waqai.learned.trees import BoostedTrees

GATES = ("tellings", "parties", "figures", "days", "sites", "background", "reports")
"""The yes-or-no decisions: is this word, noun phrase, number, date or place name one that a coder takes, is this telling background, does this report tell of
conflict at all?"""
KINDS = ("tellings", "parties", "figures", "status")
"""The decisions between labels: of which type, in which role, counted as what, with which status?"""
CONTESTS = ("tellings", "parties", "figures", "days", "sites")
"""The decisions that are taken twice: at first sight, then beside the rivals."""
THRESHOLDS: Mapping[str, float] = {"tellings": 0.35, "parties": 0.4, "figures": 0.4, "days": 0.15, "sites": 0.25, "background": 0.42, "reports": 0.9}
"""From which probability on a candidate is taken, unless the model's own file says so."""
CURVES = ("accounts", "counts")
"""What is given a calibrated probability."""
_OUT_OF_QUESTION = 0.01  # what the linear model finds less likely is looked at no further: 7 of 1,224 parties rightly taken on data/gold stood below it
_OF_GOLD = "set=gold"
"""The feature of reports coded like the gold set, which every report that is read is taken to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderModel:
    """`gates` say whether at first sight, `kinds` say which, `contests` say whether beside the rivals; each by the name of its decision.

    `tellers` are the lemmas, other than verbs, that told of a happening more than once in the reports it learned from. `curves` turn the coder's probabilities
    of "accounts" and "counts" into the share that was right on reports that it had not seen.
    """

    gates: Mapping[str, LinearModel]
    kinds: Mapping[str, LinearModel]
    contests: Mapping[str, BoostedTrees]
    thresholds: Mapping[str, float]
    tellers: frozenset[str]
    curves: Mapping[str, Steps] = field(default_factory=dict)

    def chances(self, decision: str, candidates: Sequence[Sequence[str]]) -> Floats:
        """(n_candidates,) the probability that a coder takes it, at first sight."""
        return self.gates[decision].probabilities(_as_gold(candidates))[:, 0]

    def label_chances(self, decision: str, candidates: Sequence[Sequence[str]]) -> Floats:
        """(n_candidates, n_labels) the probability of each label of `kinds[decision].labels`."""
        return self.kinds[decision].probabilities(_as_gold(candidates))

    def judge(self, decision: str, candidates: Sequence[Sequence[str]]) -> tuple[Floats, Floats]:
        """What `chances` gives, and what `label_chances` gives."""
        given = _as_gold(candidates)
        return self.gates[decision].probabilities(given)[:, 0], self.kinds[decision].probabilities(given)

    def judge_likely(self, decision: str, candidates: Sequence[Sequence[str]]) -> tuple[list[int], Floats, Floats]:
        """Which candidates are not out of the question, and of these their chances and those of their labels; one column of ones where there is nothing to
        choose between."""
        given = _as_gold(candidates)
        chances = self.gates[decision].probabilities(given)[:, 0]
        asked = np.flatnonzero(chances >= _OUT_OF_QUESTION).tolist()
        kinds = self.kinds[decision].probabilities(given.take(asked)) if decision in self.kinds else np.ones((len(asked), 1))
        return asked, chances[asked], kinds

    def calibrated(self, name: str, p: float) -> float:
        """The probability as the share that was right among those given it; as it is without a curve."""
        curve = self.curves.get(name)
        return round(p if curve is None else curve.at(p), 3)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays that `from_arrays` takes back."""
        arrays: dict[str, NDArray[Any]] = {
            "thresholds": np.array([self.thresholds[name] for name in GATES], dtype=np.float32),
            "tellers": np.array(sorted(self.tellers)),
        }
        for name, steps in self.curves.items():
            arrays |= {f"curve.{name}": np.array([steps.scores, steps.probabilities], dtype=np.float32)}
        for kind, models in (("gate", self.gates), ("kind", self.kinds), ("contest", self.contests)):
            for name, model in models.items():
                arrays |= model.to_arrays(f"{kind}.{name}")
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> CoderModel:
        """The model of these arrays. Raises KeyError where one is missing."""
        return cls(
            gates={name: LinearModel.from_arrays(arrays, f"gate.{name}") for name in GATES},
            kinds={name: LinearModel.from_arrays(arrays, f"kind.{name}") for name in KINDS},
            contests={name: BoostedTrees.from_arrays(arrays, f"contest.{name}") for name in CONTESTS},
            thresholds=dict(zip(GATES, map(float, arrays["thresholds"]), strict=True)),
            tellers=frozenset(map(str, arrays["tellers"])),
            curves={name: _steps(arrays[f"curve.{name}"]) for name in CURVES if f"curve.{name}" in arrays},
        )


def _as_gold(candidates: Sequence[Sequence[str]]) -> Keyed:
    return keyed(candidates, also=(_OF_GOLD,))


def _steps(points: NDArray[Any]) -> Steps:
    return Steps(tuple(map(float, points[0])), tuple(map(float, points[1])))
