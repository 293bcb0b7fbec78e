"""What a test says where the evidence does not carry it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTestable:
    """A question that the record cannot answer. `why` is a sentence for a person: what there is, what it would take."""

    why: str
