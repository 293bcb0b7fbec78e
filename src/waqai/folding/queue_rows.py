"""The accounts of an incident as rows of the queue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from waqai.core import Incident
from waqai.folding.doubts import WAITING, Weighed


def queue_rows(view: Incident, weighed: Iterable[Weighed]) -> list[dict[str, Any]]:
    """A row for each account."""
    country = view.where.country if view.where else None
    return [_row(one) | {"incident": view.id, "country": country} for one in weighed]


def _row(one: Weighed) -> dict[str, Any]:
    telling = one.telling
    return {
        "account": telling.account.id,
        "report_sha256": telling.report_sha256,
        "doubt": one.doubt,
        "stake": one.stake,
        "rank": one.rank,
        "verdict": one.verdict,
        "waits": one.verdict in WAITING,
        "family": telling.family,
        "type": telling.account.type,
        "publisher": telling.publisher,
        "language": telling.language,
    }
