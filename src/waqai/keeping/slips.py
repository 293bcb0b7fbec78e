"""The slip in a backup: what each of its tables was when it was made, so that a bit that changed since is found before anything is restored.

It is a view of the backup's file. No waqai takes views for rows, so that an older one passes it over, and a restored or moved store has none.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.keeping.digests import TableDigest, digest_lines, digest_tables, find_differing
from waqai.keeping.looking import look_into
from waqai.schema import alerts, attempts, feeds, people
from waqai.schema.engine import errors_named
from waqai.schema.migrations import find_revision

NAME = "waqai_slip"
_SCHEMA = "schema"  # no table's name: what makes tables, indexes and guards
_GROWS = ("log", "reports")
_OF_USE = frozenset(table.name for room in (people, alerts, feeds, attempts) for table in room.metadata.tables.values())
"""What changes while a store is used, without an entry in the log: persons' sessions and tokens, alerts, feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The revision of a backup's schema, and the digest of each table and of what makes them."""

    revision: str
    digests: Mapping[str, TableDigest]


def put_slip(file: Path, digests: Mapping[str, TableDigest]) -> None:
    """Write into a backup that these are its tables, in place of an older slip. Raises StoreError where that cannot be read again."""
    with look_into(file) as connection:
        slip = Slip(revision=find_revision(connection) or "", digests={**digests, _SCHEMA: _digest_schema(connection)})
    told = json.dumps({"revision": slip.revision, "tables": {name: [one.rows, one.sha256] for name, one in sorted(slip.digests.items())}})
    drop_slip(file)
    with errors_named(str(file)), closing(sqlite3.connect(file)) as made:
        made.execute(f"CREATE VIEW {NAME} AS SELECT '{told}' AS told")  # names and hexadecimal digits: nothing to be quoted
    with look_into(file) as connection:
        if find_slip(connection) != slip:
            raise StoreError(f"{file} does not say what was written to it: the disk fails; use another")


def drop_slip(file: Path) -> None:
    """Take the slip out of a file, if there is one: what is restored is a store, and changes. Raises StoreError."""
    with errors_named(str(file)), closing(sqlite3.connect(file)) as opened:
        opened.execute(f"DROP VIEW IF EXISTS {NAME}")


def find_slip(connection: sa.Connection) -> Slip | None:
    """The slip in an open file; None where it has none: it was made by an older waqai, or is a store. Raises StoreError for one that cannot be read."""
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ?", (NAME,)).first() is None:
        return None
    try:
        told = json.loads(connection.exec_driver_sql(f"SELECT * FROM {NAME}").scalar_one())
        digests = {str(name): TableDigest(rows=int(rows), sha256=str(sha256)) for name, (rows, sha256) in told["tables"].items()}
        return Slip(revision=str(told["revision"]), digests=digests)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise StoreError("what it says of itself cannot be read any more") from error


def find_changed_tables(connection: sa.Connection) -> tuple[str, ...] | None:
    """The tables of a backup that are not what its slip says; None where no slip tells of them. Reads every row. Raises StoreError.

    One who used the backup as a store, or opened it with a newer waqai, changed it as stores change: its slip tells of what it was before.
    """
    slip = find_slip(connection)
    if slip is None or slip.revision != find_revision(connection):
        return None
    found = {**digest_tables(connection), _SCHEMA: _digest_schema(connection)}
    differing = find_differing(slip.digests, found)
    was_used = _was_used(slip.digests, found) or (_OF_USE.issuperset(differing) and _was_opened(connection))
    return None if differing and was_used else differing


def _was_used(before: Mapping[str, TableDigest], after: Mapping[str, TableDigest]) -> bool:
    """Whether there is more than there was, or the views were folded by other rules."""
    if any(name not in before or name not in after for name in (*_GROWS, "notes")):
        return False
    return before["notes"] != after["notes"] or any(after[name].rows > before[name].rows for name in _GROWS)


def _was_opened(connection: sa.Connection) -> bool:
    """Whether the file was a store since: a store writes ahead of itself, a backup as it is made does not (bytes 18 and 19 of the file's head)."""
    file = connection.exec_driver_sql("PRAGMA database_list").all()[0][2]
    with Path(file).open("rb") as opened:
        return opened.read(20)[18:] == b"\x02\x02"


def _digest_schema(connection: sa.Connection) -> TableDigest:
    chosen = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name <> ? AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type, name"
    return digest_lines([list(row) for row in connection.exec_driver_sql(chosen, (NAME,))])
