"""An unfinished build: what has been read so far, and how far, in one SQLite file.

Rows and the place that reading has reached are committed together, so a build that is killed at any moment goes on from its last commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from waqai.core import GazetteerError

VERSION = "1"
_SCHEMA = """
CREATE TABLE identity(value TEXT);
CREATE TABLE place(id INTEGER PRIMARY KEY, feature TEXT, name TEXT, ascii TEXT, names TEXT, country TEXT, admin1 TEXT, admin2 TEXT, lat REAL, lon REAL,
  population INTEGER, changed TEXT);
CREATE TABLE code(code TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID;
CREATE TABLE parent(child INTEGER, parent INTEGER, PRIMARY KEY(child, parent)) WITHOUT ROWID;
CREATE TABLE alternate(place INTEGER, id INTEGER, name TEXT, preferred INTEGER, PRIMARY KEY(place, id)) WITHOUT ROWID;
CREATE TABLE progress(step TEXT PRIMARY KEY, offset INTEGER, lines INTEGER, bad INTEGER, first_bad TEXT, crc INTEGER, done INTEGER) WITHOUT ROWID;
"""
_INSERT = {
    "geoname": "INSERT OR REPLACE INTO place(id, feature, name, ascii, names, country, admin1, admin2, lat, lon, population, changed) "
    "VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
    "admin1": "INSERT OR REPLACE INTO code VALUES(?,?)",
    "admin2": "INSERT OR REPLACE INTO code VALUES(?,?)",
    "country": "INSERT OR REPLACE INTO code VALUES(?,?)",
    "hierarchy": "INSERT OR REPLACE INTO parent VALUES(?,?)",
    "alternate": "INSERT OR REPLACE INTO alternate(id, place, name, preferred) VALUES(?,?,?,?)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far a file has been read: bytes, lines, the CRC-32 of these bytes; malformed lines, and what was wrong with the first."""

    offset: int = 0
    lines: int = 0
    bad: int = 0
    first_bad: str = ""
    crc: int = 0
    done: bool = False


class Work:
    """The file of an unfinished build. Raises GazetteerError when another build holds it, when it is somebody's own database, or cannot be written."""

    def __init__(self, path: Path, *, identity: str) -> None:
        """Opens what an earlier build of the same files left, else begins anew; `discarded` tells that a build of other files was thrown away."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(path, isolation_level=None, timeout=0)
            self._check_own()
            self.discarded = self._begin(f"{VERSION} {identity}")
        except OSError as error:
            raise GazetteerError(f"cannot build in {str(path.parent)!r}: {error.strerror}; --out names another folder") from error
        except sqlite3.OperationalError as error:
            raise GazetteerError(f"cannot write {str(path)!r} ({error}): is another build running, or the disk full?") from error
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"the unfinished build {str(path)!r} is damaged ({error}); delete it and build again") from error

    def _check_own(self) -> None:
        """A database that is no build is left as it is."""
        names = {name for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")}
        if names and not {"identity", "progress"} <= names:
            self.db.close()
            raise GazetteerError(f"{str(self.path)!r} is a database, and no unfinished build of waqai; move it away, or name another folder with --out")

    def _begin(self, identity: str) -> bool:
        self.db.executescript("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
        self.db.execute("BEGIN IMMEDIATE")
        found = self.db.execute("SELECT name FROM sqlite_master WHERE name = 'identity'").fetchone()
        kept = self.db.execute("SELECT value FROM identity").fetchone()[0] if found else None
        if kept != identity:
            for (table,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                self.db.execute(f"DROP TABLE {table}")
            for statement in _SCHEMA.split(";")[:-1]:
                self.db.execute(statement)
            self.db.execute("INSERT INTO identity VALUES(?)", (identity,))
        self.db.execute("COMMIT")
        return kept is not None and kept != identity

    def reached(self, step: str) -> Reached:
        """How far that step has come."""
        row = self.db.execute("SELECT offset, lines, bad, first_bad, crc, done FROM progress WHERE step = ?", (step,)).fetchone()
        return Reached(offset=row[0], lines=row[1], bad=row[2], first_bad=row[3], crc=row[4], done=bool(row[5])) if row else Reached()

    def keep(self, step: str, reached: Reached, *, kind: str | None = None, rows: Sequence[tuple[object, ...]] = ()) -> None:
        """Rows of a kind of file, and how far the step has come with them, in one transaction."""
        try:
            self.db.execute("BEGIN")
            if kind is not None:
                self.db.executemany(_INSERT[kind], rows)
            values = (step, reached.offset, reached.lines, reached.bad, reached.first_bad, reached.crc, int(reached.done))
            self.db.execute("INSERT OR REPLACE INTO progress VALUES(?,?,?,?,?,?,?)", values)
            self.db.execute("COMMIT")
        except sqlite3.Error as error:
            raise GazetteerError(f"cannot write {str(self.path)!r} ({error}); is the disk full? Run the same build again to go on from here") from error

    def finish(self, step: str) -> None:
        """Mark a step as done."""
        self.keep(step, replace(self.reached(step), done=True))

    def place_ids(self) -> set[bytes]:
        """The ids of all places kept so far, as they stand in the files."""
        return {str(id_).encode() for (id_,) in self.db.execute("SELECT id FROM place")}

    def counts(self, countries: Iterable[str]) -> dict[str, int]:
        """The places of each country."""
        counted = dict(self.db.execute("SELECT country, count(*) FROM place GROUP BY country"))
        return {code: counted.get(code, 0) for code in countries}

    def close(self) -> None:
        """Leave the file for a later run."""
        self.db.close()

    def remove(self) -> None:
        """The build is finished: the file goes."""
        self.db.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
