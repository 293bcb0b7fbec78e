"""Which incidents were folded to something else, and when: numbers that grow with every folding. A picture of all incidents is kept up by looking at few.

One writer at a time gives numbers in the order of commits. An incident keeps only its last one.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.once import delete_where, insert
from waqai.schema.prepared import ask

_LAST = sa.select(sa.func.max(tables.changes.c.number))
_AFTER = sa.select(tables.changes.c.incident).where(tables.changes.c.number > sa.bindparam("number"))


def note_changes(connection: sa.Connection, incidents: Sequence[str]) -> None:
    """Note that these incidents changed, all under one number."""
    if not incidents:
        return
    number = last_change(connection) + 1
    for incident in incidents:
        delete_where(connection, tables.changes, incident=incident)
    insert(connection, tables.changes, [{"incident": incident, "number": number} for incident in incidents])


def note_all_changed(connection: sa.Connection) -> None:
    """Note that every incident may have changed, those that are gone too."""
    known = connection.scalars(sa.union(sa.select(tables.changes.c.incident), sa.select(tables.incidents.c.id))).all()
    note_changes(connection, sorted(known))


def last_change(connection: sa.Connection) -> int:
    """The number of the last change; 0 before the first."""
    return ask(connection, _LAST)[0][0] or 0


def find_changed(connection: sa.Connection, *, after: int) -> list[str]:
    """The incidents that changed after the change of this number, whether they are still there or not."""
    return [incident for (incident,) in ask(connection, _AFTER, {"number": after})]
