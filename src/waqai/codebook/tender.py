"""What is told to nobody outside but by first-level area and month: some types, and whatever happened to children (docs/safety.md)."""

from __future__ import annotations

TENDER_TYPES = frozenset({"sexual_violence", "ill_treatment"})
CHILD_ROOTS = (
    "child",
    "boy",
    "girl",
    "minor",
    "infant",
    "baby",
    "babies",
    "juvenile",
    "teen",
    "adolescen",
    "pupil",
    "toddler",
    "newborn",
    "underage",
    "year",
    "aged ",
)
"""Pieces of words of which one stands wherever children are named; most places where one stands name none."""
