"""Notes, tags and questions beside incidents. They follow an incident that was merged into another."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import Asides, Note, Question, fold_asides
from waqai.logbook.log import iter_entries
from waqai.schema import tables
from waqai.store import Store
from waqai.store.apart import incidents_now
from waqai.store.attachments import find_merged


def find_asides(store: Store, incident: str, *, last: int | None = None) -> Asides:
    """All that persons wrote (in entries up to `last`) beside an incident, and beside those that were merged into it. Raises UnknownId."""
    now = store.get_incident(incident).id
    with store.reading() as connection:
        entries = _entries_beside(connection, sorted({now, *find_merged(connection, now)}))
    return fold_asides([entry for entry in entries if last is None or entry.id <= last])


def find_open_questions(store: Store, *, whom: str | None = None) -> tuple[Question, ...]:
    """Questions that nobody has answered, the oldest first: all, or those to this person ("person:NAME") and to anybody."""
    with store.reading() as connection:
        asked = fold_asides(_with_undone(connection, iter_entries(connection, tables.log.c.kind.in_(("asked", "answered")), tables.RARE))).questions
    return tuple(one for one in asked if not one.answers and (whom is None or one.whom in (None, whom)))


def find_tags(store: Store) -> dict[str, tuple[str, ...]]:
    """The incidents that bear each tag, as they are now, tags and incidents by name."""
    found: dict[str, set[str]] = {}
    with store.reading() as connection:
        for tag in _iter_tags(connection):
            found.setdefault(tag.words, set()).update(incidents_now(connection, {"incident": tag.incident}))
    return {tag: tuple(sorted(incidents)) for tag, incidents in sorted(found.items()) if incidents}


def _iter_tags(connection: sa.Connection) -> Iterator[Note]:
    """Every tag that stands, on each incident."""
    by_incident: dict[str, list[Entry]] = {}
    for entry in iter_entries(connection, kind="tagged", rare=True):
        by_incident.setdefault(entry.subject, []).append(entry)
    for entries in by_incident.values():
        yield from fold_asides(_with_undone(connection, entries)).tags


def _entries_beside(connection: sa.Connection, incidents: Collection[str]) -> tuple[Entry, ...]:
    log = tables.log.c
    return _with_undone(connection, iter_entries(connection, log.subject.in_(incidents), tables.RARE))


def _with_undone(connection: sa.Connection, entries: Collection[Entry] | Iterator[Entry]) -> tuple[Entry, ...]:
    """The entries with those that undid them, and those that undid these."""
    found, ahead = list[Entry](), list(entries)
    while ahead:
        found += ahead
        numbers = [str(entry.id) for entry in ahead]
        ahead = list(iter_entries(connection, tables.log.c.kind == "undone", tables.RARE, tables.log.c.subject.in_(numbers)))
    return tuple(sorted(found, key=lambda entry: entry.id))
