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
from waqai.learned.network import Network
from waqai.learned.odds import mix
from waqai.learned.trees import BoostedTrees

GATES = ("tellings", "parties", "figures", "days", "sites", "background", "reports")
"""The yes-or-no decisions: is this word, noun phrase, number, date or place name one that a coder takes, is this telling background, does this report tell of
conflict at all?"""
KINDS = ("tellings", "parties", "figures", "status")
"""The decisions between labels: of which type, in which role, counted as what, with which status?"""
CONTESTS = ("tellings", "parties", "figures", "days", "sites")
"""The decisions that are taken twice: at first sight, then beside the rivals."""
NETWORKS = ("tellings", "parties", "figures", "days", "sites")
"""The decisions at first sight in which a network has a say beside the linear model."""
THRESHOLDS: Mapping[str, float] = {"tellings": 0.35, "parties": 0.4, "figures": 0.4, "days": 0.3, "sites": 0.25, "background": 0.42, "reports": 0.9}
"""From which probability on a candidate is taken, unless the model's own file says so."""
CURVES = ("accounts", "counts")
"""What is given a calibrated probability."""
_NETWORK_SAYS = 0.3  # the network's weight beside the linear model's, chosen on data/gold out of fold; 0.5 does alike
_OUT_OF_QUESTION = 0.01  # what the linear model finds less likely is looked at no further: 7 of 1,224 parties rightly taken on data/gold stood below it
_OF_GOLD = "set=gold"
"""The feature of reports coded like the gold set, which every report that is read is taken to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderModel:
    """`gates` say whether at first sight, `kinds` say which, `contests` say whether beside the rivals; each by the name of its decision.

    `networks` have a say beside gates and kinds. `tellers` are the lemmas, other than verbs, that told of a happening more than once in the reports it learned
    from. `curves` turn the coder's probabilities of "accounts" and
    "counts" into the share that was right on reports that it had not seen.
    """

    gates: Mapping[str, LinearModel]
    kinds: Mapping[str, LinearModel]
    contests: Mapping[str, BoostedTrees]
    thresholds: Mapping[str, float]
    tellers: frozenset[str]
    curves: Mapping[str, Steps] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)

    def chances(self, decision: str, candidates: Sequence[Sequence[str]]) -> Floats:
        """(n_candidates,) the probability that a coder takes it, at first sight."""
        return self._judged(decision, _as_gold(candidates))[0]

    def label_chances(self, decision: str, candidates: Sequence[Sequence[str]]) -> Floats:
        """(n_candidates, n_labels) the probability of each label of `kinds[decision].labels`."""
        return self.kinds[decision].probabilities(_as_gold(candidates))

    def judge(self, decision: str, candidates: Sequence[Sequence[str]]) -> tuple[Floats, Floats]:
        """What `chances` gives, and what `label_chances` gives, where the network has its say in both."""
        return self._labelled(decision, _as_gold(candidates))

    def judge_likely(self, decision: str, candidates: Sequence[Sequence[str]]) -> tuple[list[int], Floats, Floats]:
        """Which candidates are not out of the question by the linear model alone, and of these their chances and those of their labels; one column of
        ones where there is nothing to choose between."""
        given = _as_gold(candidates)
        asked = np.flatnonzero(self.gates[decision].probabilities(given)[:, 0] >= _OUT_OF_QUESTION).tolist()
        likely = given.take(asked)
        if decision in self.kinds:
            return asked, *self._labelled(decision, likely)
        return asked, self._judged(decision, likely)[0], np.ones((len(asked), 1))

    def _labelled(self, decision: str, given: Keyed) -> tuple[Floats, Floats]:
        chances, shares = self._judged(decision, given)
        labels = self.kinds[decision].probabilities(given)
        for i, row in shares.items():
            labels[i] = np.sqrt(labels[i] * np.maximum(row, 1e-6))
        return chances, labels / labels.sum(axis=1, keepdims=True)

    def _judged(self, decision: str, given: Keyed) -> tuple[Floats, dict[int, Floats]]:
        """Chances by the linear model and, of those not out of the question, by the network too; and the network's shares of the labels by candidate."""
        chances = self.gates[decision].probabilities(given)[:, 0]
        network = self.networks.get(decision)
        near = np.flatnonzero(chances >= _OUT_OF_QUESTION)
        if network is None or not len(near):
            return chances, {}
        seen = network.probabilities(given.take(near.tolist()))
        none = network.labels.index("")
        chances[near] = mix(chances[near], 1 - seen[:, none], share=_NETWORK_SAYS)
        if decision not in self.kinds:
            return chances, {}
        order = [network.labels.index(label) for label in self.kinds[decision].labels]
        shares = seen[:, order] / np.maximum(1e-6, 1 - seen[:, [none]])
        return chances, dict(zip(near.tolist(), shares, strict=True))

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
        for kind, models in (("gate", self.gates), ("kind", self.kinds), ("contest", self.contests), ("network", self.networks)):
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
            networks={name: Network.from_arrays(arrays, f"network.{name}") for name in NETWORKS},
            curves={name: _steps(arrays[f"curve.{name}"]) for name in CURVES if f"curve.{name}" in arrays},
        )


def _as_gold(candidates: Sequence[Sequence[str]]) -> Keyed:
    return keyed([(*features, _OF_GOLD) for features in candidates])


def _steps(points: NDArray[Any]) -> Steps:
    return Steps(tuple(map(float, points[0])), tuple(map(float, points[1])))
