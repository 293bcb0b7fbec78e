"""What an incident has several of and is found by: who printed it, which bodies take part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waqai.folding import Telling

NO_BODY = frozenset({"facility"})
"""Roles of what is no actor: nothing is counted or found by a facility's id."""


def trait_rows(incident: str, tellings: Sequence[Telling]) -> list[dict[str, Any]]:
    """The rows of an incident's traits, after what persons corrected; what they rejected has a say only where all is rejected."""
    kept = [telling for telling in tellings if telling.review != "rejected"] or tellings
    publishers = {("publisher", name) for telling in kept for name in telling.publishers}
    involved = (one for telling in kept for one in telling.account.involved)
    actors = {("actor", one.actor_id) for one in involved if one.actor_id is not None and one.role not in NO_BODY}
    return [{"kind": kind, "value": value, "incident": incident} for kind, value in sorted(publishers | actors)]
