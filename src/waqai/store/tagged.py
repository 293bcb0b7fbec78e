"""Which incidents bear which tags, wherever those that were tagged are by now."""

from __future__ import annotations

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import fold_asides
from waqai.logbook.log import iter_entries, with_undone
from waqai.store.apart import incidents_now


def find_tagged(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    """The incidents that bear each tag, as they are now, tags and incidents by name."""
    by_incident: dict[str, list[Entry]] = {}
    for entry in with_undone(connection, iter_entries(connection, kind="tagged", rare=True)):
        by_incident.setdefault(entry.subject if entry.kind == "tagged" else "", []).append(entry)
    undone, found = by_incident.pop("", []), dict[str, set[str]]()
    for entries in by_incident.values():
        for tag in fold_asides([*entries, *undone]).tags:
            found.setdefault(tag.words, set()).update(incidents_now(connection, {"incident": tag.incident}))
    return {tag: tuple(sorted(incidents)) for tag, incidents in sorted(found.items()) if incidents}


def fold_tag(words: str) -> str:
    """A tag as it is kept: case and blanks make no other tag.

    >>> fold_tag("  Follow   up")
    'follow up'
    """
    return " ".join(words.casefold().split())
