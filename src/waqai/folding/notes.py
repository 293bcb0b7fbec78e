"""What persons say beside an incident: notes, tags, questions to a colleague and their answers. Nothing that is held of the incident follows from them."""

from __future__ import annotations

ASIDE = ("noted", "tagged", "asked", "answered")
"""Kinds of entries beside an incident."""
