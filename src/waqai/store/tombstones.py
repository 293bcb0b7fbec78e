"""What stays of an erased report: its hash and id, the day, who erased it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from waqai.store import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A report that was erased: never its words."""

    sha256: str
    id: str
    at: datetime
    by: str
    because: str

    @property
    def refusal(self) -> str:
        """Why the text does not come in again, in a sentence."""
        who = "a person" if self.by == "person" else self.by.removeprefix("person:")
        return f"its text was erased on {self.at.date().isoformat()} by {who} ({self.because}); what was erased is not taken in again"


def find_tombstone(connection: sa.Connection, name: str) -> Tombstone | None:
    """The tombstone of the report that had this hash or id."""
    stones = tables.tombstones
    chosen = sa.select(stones).where(sa.or_(stones.c.sha256 == name, stones.c.id == name)).order_by(stones.c.sha256 != name, stones.c.at.desc())
    row = connection.execute(chosen.limit(1)).mappings().first()
    return None if row is None else Tombstone(**row)
