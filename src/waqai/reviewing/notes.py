"""Notes, tags and questions beside incidents. They follow an incident that was merged into another."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import Asides, Question, fold_asides
from waqai.logbook.log import iter_entries, with_undone
from waqai.schema import tables
from waqai.store import Store
from waqai.store.attachments import find_merged
from waqai.store.tagged import find_tagged


def find_asides(store: Store, incident: str, *, last: int | None = None) -> Asides:
    """All that persons wrote (in entries up to `last`) beside an incident, and beside those that were merged into it. Raises UnknownId."""
    now = store.get_incident(incident).id
    with store.reading() as connection:
        entries = _entries_beside(connection, sorted({now, *find_merged(connection, now)}))
    return fold_asides([entry for entry in entries if last is None or entry.id <= last])


def find_open_questions(store: Store, *, whom: str | None = None) -> tuple[Question, ...]:
    """Questions that nobody has answered, the oldest first: all, or those to this person ("person:NAME") and to anybody."""
    with store.reading() as connection:
        asked = fold_asides(with_undone(connection, iter_entries(connection, tables.log.c.kind.in_(("asked", "answered")), tables.RARE))).questions
    return tuple(one for one in asked if not one.answers and (whom is None or one.whom in (None, whom)))


def find_tags(store: Store) -> dict[str, tuple[str, ...]]:
    """The incidents that bear each tag, as they are now, tags and incidents by name."""
    with store.reading() as connection:
        return find_tagged(connection)


def _entries_beside(connection: sa.Connection, incidents: Collection[str]) -> tuple[Entry, ...]:
    log = tables.log.c
    return with_undone(connection, iter_entries(connection, log.subject.in_(incidents), tables.RARE))
