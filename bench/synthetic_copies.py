"""A store of made-up news made larger: each happening happens again in later weeks to other people, written by putting new names into the rows that are there.

    python -m bench.synthetic_copies BASE PATH TIMES

Ten times a store of 100,000 takes a tenth of what telling a million happenings takes. Days move by five weeks a copy, people and ids are others; towns, actors
and facilities are the same, so that ten times as much happens at each. The log is chained and the views are what folding gives, as `waqai verify` and
`waqai rebuild` say of a small one; only the hashes of the copied reports are not those of their texts.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from bench.synthetic_store import fast_connection, set_aside
from waqai.core import Report
from waqai.indexes import alike, index
from waqai.intake import Signature
from waqai.linking import make_imprint
from waqai.logbook import log

DAYS_LATER = 37
_PERSON = re.compile(r"ov\b")
_NAME = re.compile(r"\b(?:([0-9a-f])([0-9a-f]{63})|([aci]-)[a-z2-7]([a-z2-7]{9,15})|(s)(\d+-\d+)|(\d{4}-\d\d-\d\d)|(\w+o)v)\b")
_LETTERS, _DIGITS = "bcdfghjklm", "0123456789abcdef"
Row: TypeAlias = list[Any]


def make_copies(base: Path, path: Path, times: int) -> None:
    """The store at `base`, `times` over, in a new file."""
    shutil.copy(base, path)
    source, connection = sqlite3.connect(base), fast_connection(path)
    later = set_aside(connection)
    connection.execute("BEGIN")
    for copy in range(1, times):
        _copy(source, connection, copy)
    connection.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    for statement in later:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()


class Renamed:
    """What the names, ids and days of a store become in one of its copies."""

    def __init__(self, copy: int) -> None:
        self.copy, self.letter, self.mark = copy, _LETTERS[copy - 1], _LETTERS[copy - 1].upper()  # ids hold no capitals, so a mark makes a new one
        self._days: dict[str, str] = {}

    def words(self, text: str) -> str:
        """A text of the same length about other people."""
        return _PERSON.sub("o" + self.letter, text)

    def names(self, text: str) -> str:
        """A text with other ids, hashes, days and people."""
        return _NAME.sub(self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        digit, rest, kind, tail, report, number, day, person = found.groups()
        if digit:
            return _DIGITS[(_DIGITS.index(digit) + self.copy) % 16] + str(rest)
        if kind:
            return f"{kind}{self.mark}{tail}"
        if report:
            return f"s{self.letter}{number}"
        return f"{person}{self.letter}" if person else self._day(day)

    def _day(self, day: str) -> str:
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = (date.fromisoformat(day) + timedelta(days=DAYS_LATER * self.copy)).isoformat()
        return known


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, copy: int) -> None:
    new = Renamed(copy)
    readings, entries = (source.execute(f"SELECT max(id) FROM {table}").fetchone()[0] * copy for table in ("readings", "log"))
    later = DAYS_LATER * copy
    changes: dict[str, Callable[[Row], Row]] = {
        "reports": lambda row: [*map(new.names, row[:2]), *map(new.words, row[2:4]), *row[4:6], *_texts(new, row[6:])],
        "arrivals": lambda row: [f"{new.mark}{row[0][1:]}", *_texts(new, row[1:])],
        "readings": lambda row: [row[0] + readings, *_texts(new, row[1:])],
        "claims": lambda row: [row[0] + readings, *_texts(new, row[1:])],
        "accounts": lambda row: [new.names(row[0]), row[1] + readings, *_texts(new, row[2:])],
        "account_names": lambda row: _texts(new, row),
        "incidents": lambda row: _texts(new, row),
        "queue": lambda row: _texts(new, row),
        "traits": lambda row: _texts(new, row),
        "tellers": lambda row: _texts(new, row),
        "checks": lambda row: _texts(new, row),
        "members": lambda row: [*_texts(new, row[:6]), row[6] + entries, *row[7:9], *(d and d + later for d in row[9:11]), *row[11:]],
        "bearers": lambda row: [*_texts(new, row[:2]), row[2] and row[2] + later, *_texts(new, row[3:7]), row[7] and row[7] + later],
        "search": lambda row: _search_row(new, row),
    }
    for table, change in changes.items():
        _insert(target, table, (change(list(row)) for row in source.execute(f"SELECT * FROM {table}")))
    for (sha256,) in source.execute("SELECT report_sha256 FROM signatures"):
        _sign(target, new.names(sha256))
    _imprint(source, target, new)
    _chain(source, target, new, entries)


def _texts(new: Renamed, row: Row) -> Row:
    return [new.names(value) if isinstance(value, str) else value for value in row]


def _search_row(new: Renamed, row: Row) -> Row:
    _, report, incident, words = row
    kind, key = ("report", new.names(report)) if report else ("incident", new.names(incident))
    return [index.row_id(kind, key, 0), key if report else None, None if report else key, new.words(words)]


def _sign(target: sqlite3.Connection, sha256: str) -> None:
    signature = Signature(Random(sha256).randbytes(512))
    target.execute("INSERT INTO signatures VALUES (?, ?)", (sha256, signature.to_bytes()))
    target.executemany("INSERT INTO bands VALUES (?, ?)", [(key, alike.text_number(sha256)) for key in signature.band_keys()])


def _imprint(source: sqlite3.Connection, target: sqlite3.Connection, new: Renamed) -> None:
    """The imprints of the copied reports, of the words and days that they have now, and the outlines that hold them."""
    rows = source.execute("SELECT sha256, id, text, title, published FROM reports")
    reports = (
        Report(id=id, sha256=new.names(sha256), text=new.words(text), title=new.words(title), published=day and date.fromisoformat(new.names(day)))
        for sha256, id, text, title, day in rows
    )
    made = {report.sha256: make_imprint(report) for report in reports}
    _insert(target, "imprints", ([sha256, imprint] for sha256, imprint in made.items()))
    outlines = (_texts(new, row[:-1]) for row in source.execute("SELECT * FROM outlines"))
    _insert(target, "outlines", ([*row, made[row[3]]] for row in outlines))


def _chain(source: sqlite3.Connection, target: sqlite3.Connection, new: Renamed, before: int) -> None:
    """The log's entries once more, after those that are there."""
    (head,) = target.execute("SELECT hash FROM log ORDER BY id DESC LIMIT 1").fetchone()
    joined = "SELECT l.id, kind, subject, report_sha256, account, by, at, salt, value, because FROM log l JOIN log_payloads ON entry = l.id ORDER BY l.id"
    links, payloads = [], []
    for number, kind, subject, report, account, by, at, salt, value, because in source.execute(joined):
        row = {"id": number + before, "kind": kind, "subject": new.names(subject), "report_sha256": new.names(report), "account": new.names(account)}
        value = new.names(value)
        row |= {"by": by, "at": at, "payload_hash": log.hash_payload(salt, value, because), "previous_hash": head}
        row["hash"] = head = log.hash_row(row)
        links.append(list(row.values()))
        payloads.append([row["id"], salt, value, because, json.loads(value).get("incident")])
    _insert(target, "log", iter(links))
    _insert(target, "log_payloads", iter(payloads))


def _insert(target: sqlite3.Connection, table: str, rows: Iterator[Row]) -> None:
    width = len(target.execute(f"PRAGMA table_info({table})").fetchall())
    target.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    parser.add_argument("path", type=Path)
    parser.add_argument("times", type=int)
    told = parser.parse_args()
    began = time.perf_counter()
    make_copies(told.base, told.path, told.times)
    print(f"{told.times} times {told.base} in {time.perf_counter() - began:.0f} s, {told.path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
