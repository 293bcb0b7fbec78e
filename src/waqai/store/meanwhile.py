"""What was written on some reports and incidents since somebody looked at them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import ASIDE, is_by_person
from waqai.logbook.log import iter_entries, naming
from waqai.schema import tables


def iter_since(connection: sa.Connection, after: int, *, reports: Collection[str], incidents: Collection[str]) -> Iterator[Entry]:
    """Entries after the one of this number that are on one of these reports (by sha256) or incidents, in order; without what changes nothing that is held:
    notes, tags, questions, and what a machine is not sure of."""
    log = tables.log.c
    on_one = sa.or_(log.report_sha256.in_(sorted(reports)), _on_incidents(connection, sorted(incidents)))
    for entry in iter_entries(connection, log.id > after, log.kind.not_in(ASIDE), on_one):
        if is_by_person(entry.by) or entry.value.get("verdict") != "unsure":
            yield entry


def _on_incidents(connection: sa.Connection, incidents: list[str]) -> sa.ColumnElement[bool]:
    """SQL: the entry opened, locked or unlocked one of them, or judged an account against one."""
    log = tables.log.c
    locks = connection.scalars(sa.select(log.id).where(log.kind == "locked", log.subject.in_(incidents)))
    unlocked = sa.and_(log.kind == "undone", log.subject.in_([str(number) for number in locks]))
    return sa.or_(log.subject.in_(incidents), naming(*incidents), unlocked)
