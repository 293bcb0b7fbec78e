"""The last look at an incident: whether it is told at all, now that its fillers and those of its rivals in the text are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scripts.training.boost import grow
from scripts.training.muc4.filling import Incident
from scripts.training.muc4.gates import logit
from scripts.training.muc4.looks import ALL_ROLES, Look
from scripts.training.muc4.sources import TYPES
from waqai.learned.linear import Floats
from waqai.learned.trees import BoostedTrees

_LIKELY = 0.25


def compare_verdicts(look: Look, incidents: Sequence[Incident]) -> Floats:
    """(n_incidents, n_numbers): each incident of a text with its fillers beside the others."""
    return np.array([_numbers(look, one, [o for o in incidents if o is not one]) for one in incidents], dtype=np.float32)


def _numbers(look: Look, incident: Incident, others: Sequence[Incident]) -> list[float]:
    number = TYPES.index(incident.type)
    rival = max(others, key=lambda o: o.p, default=None)
    own = {role: _best(incident, role) for role in ALL_ROLES}
    row = [float(logit(incident.p)), float(logit(rival.p)) if rival else -9.0, float(number), float(TYPES.index(rival.type)) if rival else -1.0]
    row += [float(logit(look.text[0])), float(logit(look.text[1 + number])), float(look.sentences[:, number].max()), float(len(others))]
    row += [*own.values(), float(sum(p >= _LIKELY for role in ALL_ROLES for _, p in incident.fillers[role]))]
    row += [_best(rival, role) - own[role] if rival else -1.0 for role in ALL_ROLES]
    row += [float(max(own.values())), float(np.sum(sorted(own.values())[-3:])), float(len(look.parsed.sentences))]
    return row


def _best(incident: Incident, role: str) -> float:
    return max((p for _, p in incident.fillers[role]), default=0.0)


def fit_verdicts(looks: Sequence[Look], weighed: Sequence[Sequence[Incident]], texts: np.ndarray) -> BoostedTrees:
    """Trees learned from these texts, by their numbers; `weighed` are incidents by models that had not seen their texts."""
    rows = [compare_verdicts(looks[i], weighed[i]) for i in texts if weighed[i]]
    answers = [one.type in looks[i].parsed.document.types() for i in texts for one in weighed[i]]
    return grow(np.concatenate(rows), np.array(answers), weight=np.ones(len(answers)), trees=80, rate=0.05, leaves=6, least=20)


def judge(look: Look, incidents: Sequence[Incident], trees: BoostedTrees) -> list[Incident]:
    """The incidents with their last probability."""
    if not incidents:
        return []
    chances = trees.probabilities(compare_verdicts(look, incidents))
    return [replace(one, p=float(p)) for one, p in zip(incidents, chances, strict=True)]
