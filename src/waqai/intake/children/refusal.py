"""A file that is refused with a sentence; anything else that goes wrong ends the child."""

from __future__ import annotations

from typing import TypeAlias

Caps: TypeAlias = dict[str, int]
"""How much of a file is read: the caps of `guard.Limits` by name."""


class Refused(Exception):
    """Why a file is not read, and what would help: a sentence for a person."""
