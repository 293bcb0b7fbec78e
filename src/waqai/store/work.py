"""One piece of writing: a transaction, and what it leaves to be folded before it ends.

Writing is cheap and folding is not, so entries and readings only say which reports are stale and which incidents are dirty; seats are folded when somebody
looks at them, incidents when somebody looks or when the transaction ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from waqai.core import ActorNames
from waqai.schema import tables
from waqai.schema.once import find_values
from waqai.store.views import refold_seats, refresh_incidents


@dataclass(slots=True)
class Work:
    """A connection with its open transaction. Mutable: it lives as long as the transaction."""

    connection: sa.Connection
    actors: ActorNames | None
    stale_reports: set[str] = field(default_factory=set)
    dirty_incidents: set[str] = field(default_factory=set)
    depth: int = 0

    def settle_seats(self) -> None:
        """Fold the seats of stale reports."""
        for sha256 in sorted(self.stale_reports):
            self.dirty_incidents |= refold_seats(self.connection, sha256)
        self.stale_reports.clear()

    def settle(self) -> None:
        """Fold all that is stale or dirty."""
        self.settle_seats()
        refresh_incidents(self.connection, self.dirty_incidents, actors=self.actors)
        self.dirty_incidents.clear()

    def mark_report(self, sha256: str) -> None:
        """What is known of this report's way into print changed: its incidents are dirty."""
        self.settle_seats()
        members = tables.members.c
        self.dirty_incidents |= set(find_values(self.connection, members.incident, report_sha256=sha256))
