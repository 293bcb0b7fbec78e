"""Fold every view again, and say where the result is not what was there."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from waqai.core import ActorNames, short_hash
from waqai.schema import tables
from waqai.schema.columns import plain_json
from waqai.store.changes import note_all_changed
from waqai.store.dump import plain_row
from waqai.store.views import rebuild_views

WHAT = {
    "members": "the seat of",
    "outlines": "the outline of",
    "bearers": "a name of",
    "attachments": "the incident beside",
    "incidents": "incident",
    "queue": "the place in the queue of",
    "traits": "a trait of",
    "tellers": "who tells of",
    "checks": "what was said of",
    "search": "the words of",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many rows the views hold, and the rows that were changed, missing or too many before, each as a phrase ("incident i-abc was changed")."""

    rows: int
    differing: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not self.differing


def rebuild_and_compare(connection: sa.Connection, *, actors: ActorNames | None) -> Rebuilt:
    """Drop all views, fold them again from the facts, and hold the result against what was there."""
    before = _digests(connection)
    rebuild_views(connection, actors=actors)
    after = _digests(connection)
    changed = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
    if changed:
        note_all_changed(connection)
    return Rebuilt(rows=len(after), differing=tuple(_phrase(key, had=key in before, has=key in after) for key in changed))


def _digests(connection: sa.Connection) -> dict[tuple[str, str], str]:
    """A hash of each row of each view, by table and what the row is about."""
    found: dict[tuple[str, str], str] = {}
    for view in tables.VIEWS:
        for row in connection.execute(sa.select(view).order_by(*view.primary_key.columns)).mappings():
            found[view.name, _about(view.name, row)] = short_hash(plain_json(plain_row(row)))
    return found


def _about(view: str, row: sa.RowMapping) -> str:
    if view == "members":
        return f"account {row['key']}"
    if view in ("outlines", "queue"):
        return f"account {row['account']}"
    if view == "bearers":
        return f"account {row['account']} ({row['kind']} {row['name']})"
    if view == "incidents":
        return str(row["id"])
    if view == "tellers":
        return f"incident {row['incident']} ({row['kind']} {row['key']})"
    if view == "checks":
        return f"account {row['account']} ({row['field']}, {row['place']})"
    if view == "traits":
        return f"incident {row['incident']} ({row['kind']} {row['value']})"
    if view == "attachments":
        return f"report {row['report_sha256'][:12]}…"
    return f"report {row['report_sha256'][:12]}… ({row['id']})" if row["report_sha256"] else str(row["incident"])


def _phrase(key: tuple[str, str], *, had: bool, has: bool) -> str:
    view, about = key
    return f"{WHAT[view]} {about} {'was changed' if had and has else 'should not have been there' if had else 'was missing'}"
