"""Which part of the coded reports a report falls into, and where the models lie that have not seen a part: they are measured, never shipped."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDS = 5
UNSEEN = Path(__file__).resolve().parents[2] / ".cache" / "unseen"
"""Folder of the models that have not seen a part: `claims-0.npz`, `coder-0.npz` ..."""


def fold_of(report: str) -> int:
    """The part that a report falls into, by its id alone.

    >>> fold_of("a001")
    1
    """
    return int(hashlib.sha1(report.encode()).hexdigest(), 16) % FOLDS


def unseen_file(kind: str, fold: int) -> Path:
    """Where the model of this kind lies that has not seen the part."""
    return UNSEEN / f"{kind}-{fold}.npz"
