"""What stays of an erased report: its hash and id, the day, who erased it and why; and whether a person took its text in again since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from waqai.logbook.log import iter_entries
from waqai.schema import tables
from waqai.schema.prepared import ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A report that was erased: never its words. `readmitted`: a person took its text in again since."""

    sha256: str
    id: str
    at: datetime
    by: str
    because: str
    readmitted: bool = False

    @property
    def refusal(self) -> str:
        """Why the text does not come in again, in a sentence."""
        who = "a person" if self.by == "person" else self.by.removeprefix("person:")
        return f"its text was erased on {self.at.date().isoformat()} by {who} ({self.because}); what was erased is not taken in again"


_C = tables.tombstones.c
_NAME = sa.bindparam("name", type_=_C.id.type)
_NAMED = sa.select(*_C).where(sa.or_(_C.sha256 == _NAME, _C.id == _NAME)).order_by(_C.sha256 != _NAME, _C.at.desc()).limit(1)


def find_tombstone(connection: sa.Connection, name: str) -> Tombstone | None:
    """The tombstone of the report that had this hash or id; of a report erased twice it tells of the last time."""
    rows = ask(connection, _NAMED, {"name": name})
    return _tombstone(connection, rows[0]._asdict()) if rows else None


def iter_tombstones(connection: sa.Connection) -> Iterator[Tombstone]:
    """All tombstones, by hash."""
    for row in connection.execute(sa.select(tables.tombstones).order_by(tables.tombstones.c.sha256)).mappings().all():
        yield _tombstone(connection, row)


def _tombstone(connection: sa.Connection, row: Mapping[Any, Any]) -> Tombstone:
    log = tables.log.c
    entries = tuple(iter_entries(connection, log.subject == row["sha256"], log.kind.in_(("erased", "readmitted"))))
    last = next((e for e in reversed(entries) if e.kind == "erased"), None)
    told = {"at": last.at, "by": last.by, "because": last.because} if last is not None else {name: row[name] for name in ("at", "by", "because")}
    return Tombstone(sha256=row["sha256"], id=row["id"], **told, readmitted=bool(entries) and entries[-1].kind == "readmitted")
