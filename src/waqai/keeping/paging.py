"""SQLite's own copy of a store's file, page for page."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from waqai.schema.engine import errors_named

WAIT_SECONDS = 10.0


def copy_pages(source: Path, target: Path) -> None:
    """Make the target the very store that the source is; nobody sees it half done. Raises StoreError, also where somebody writes to the target all the time."""
    with errors_named(str(source)), closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as one:
        one.execute("SELECT count(*) FROM sqlite_master")
        with errors_named(str(target)), closing(sqlite3.connect(target, timeout=WAIT_SECONDS / 10)) as other:
            other.execute("PRAGMA secure_delete = ON")
            one.backup(other, progress=_give_up_after(WAIT_SECONDS))
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _give_up_after(seconds: float) -> Callable[[int, int, int], None]:
    """What ends SQLite's copying when it has waited so long: by itself it waits for ever."""
    until = time.monotonic() + seconds

    def check(status: int, _left: int, _of: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise sqlite3.OperationalError("database is locked")

    return check
