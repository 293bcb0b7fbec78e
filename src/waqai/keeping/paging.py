"""SQLite's own copy of a store's file, page for page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from waqai.schema.engine import errors_named


def copy_pages(source: Path, target: Path) -> None:
    """Make the target the very store that the source is; nobody sees it half done. Raises StoreError."""
    with errors_named(str(source)), closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as one:
        one.execute("SELECT count(*) FROM sqlite_master")
        with errors_named(str(target)), closing(sqlite3.connect(target)) as other:
            other.execute("PRAGMA secure_delete = ON")
            one.backup(other)
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
