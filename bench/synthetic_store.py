"""A store of made-up news of any size, written straight into its tables: what `waqai add` would have kept, as fast as the disk takes it.

    python -m bench.synthetic_store PATH INCIDENTS [--seed N]

Rows come from the store's own row makers, the log is chained, the views are what folding gives: `waqai verify` holds and `waqai rebuild` finds nothing to
change (a test says so for a small one). Near-copy signatures are random bytes: no two of these texts are near copies, as their words say too. SQLite only.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from bench.synthetic_news import load_world, make_happening
from bench.synthetic_reports import tell
from waqai.codebook import load_actors
from waqai.core import Anchor, LinkRole, Reading, Report, short_hash, to_plain
from waqai.folding import Seat, Telling
from waqai.indexes import alike, company, index
from waqai.indexes.signs import signs_of
from waqai.intake import Signature
from waqai.linking import make_imprint
from waqai.logbook import log
from waqai.schema import tables
from waqai.schema.columns import ExactText
from waqai.store import facts, open_store, views

BY = "linker:synthetic 1"
BLOCK, AT_ONCE = 500, 24  # incidents made in one go, and how many such blocks may wait in memory
Rows: TypeAlias = dict[str, list[tuple[Any, ...]]]
_DIALECT = sqlite_dialect()
_COLUMNS = {table.name: tuple(column.name for column in table.c) for table in tables.metadata.sorted_tables}
_CONVERTED = {  # what is not handed to SQLite as it is; nothing here holds the few characters that exact text escapes
    table.name: tuple(
        (place, convert)
        for place, column in enumerate(table.c)
        if not isinstance(column.type, ExactText) and (convert := column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)) is not None
    )
    for table in tables.metadata.sorted_tables
}


def make_store(path: Path, incidents: int, *, seed: int = 1, workers: int = 2) -> None:
    """A store with so many incidents in a new file; equal numbers and seeds give equal facts and views (the log's salts are drawn anew)."""
    open_store(path).close()
    connection = fast_connection(path)
    later = set_aside(connection)
    connection.execute("BEGIN")
    numbers = _Numbers()
    blocks = [(range(first, min(first + BLOCK, incidents)), incidents, seed) for first in range(0, incidents, BLOCK)]
    with ProcessPoolExecutor(workers) as pool:
        for some in (blocks[start : start + AT_ONCE] for start in range(0, len(blocks), AT_ONCE)):
            for made in pool.map(_make_block, some):
                _insert(connection, numbers.settle(made))
    connection.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    for statement in later:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()


def kept_at(number: int) -> datetime:
    """When the report of this number came in."""
    return datetime(2023, 1, 1, tzinfo=UTC) + timedelta(seconds=number)


def incident_id(number: int, *, seed: int) -> str:
    return "i-" + short_hash("synthetic", str(seed), str(number), length=10)


def fast_connection(path: Path) -> sqlite3.Connection:
    """A connection that a crash would leave in pieces."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -3000000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def set_aside(connection: sqlite3.Connection) -> list[str]:
    """Drop what slows filling down, indexes and the word index's trigger; the statements that make them again."""
    wanted = "(type = 'index' OR name = 'search_added') AND sql IS NOT NULL"
    found = connection.execute(f"SELECT type, name, sql FROM sqlite_master WHERE {wanted} AND name NOT LIKE 'search_index%'").fetchall()
    for kind, name, _ in found:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in found]


def _insert(connection: sqlite3.Connection, rows: Rows) -> None:
    for name, listed in rows.items():
        connection.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(listed[0]))})", listed)


# ---------------------------------------------------------------------------------------------- in the workers


class _Block:
    """Rows by table, as SQLite takes them. Reading and entry numbers count from 1 in each block; `_Numbers` moves them."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self.entries: list[tuple[dict[str, Any], dict[str, Any], str]] = []
        self.readings = 0

    def add(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            raw = [row.get(name) for name in _COLUMNS[table.name]]
            for place, convert in _CONVERTED[table.name]:
                raw[place] = convert(raw[place])
            self.rows.setdefault(table.name, []).append(tuple(raw))


def _make_block(told: tuple[range, int, int]) -> _Block:
    numbers, of, seed = told
    block, actors = _Block(), load_actors()
    for number in numbers:
        happening, identity = make_happening(number, of=of, seed=seed), incident_id(number, seed=seed)
        tellings: list[Telling] = []
        for nth in range(happening.reports):
            report, reading = tell(happening, nth, seed=seed)
            tellings.append(_keep(block, report, reading, identity, at=kept_at(number), first=tellings[0].account.id if tellings else None))
        row, facets, beside = views.fold_row(identity, sorted(tellings, key=lambda t: (t.account.report, t.order)), actors=actors)
        block.add(tables.incidents, [row])
        block.add(tables.search, index.incident_rows(identity, facets))
        for table, rows in beside.items():
            block.add(table, rows)
    return block


def _keep(block: _Block, report: Report, reading: Reading, incident: str, *, at: datetime, first: str | None) -> Telling:
    families = load_world().families
    block.readings += 1
    block.add(tables.reports, [facts.report_row(report)])
    block.add(tables.arrivals, [facts.arrival_row(report, at=at)])
    signature = Signature(Random(report.sha256).randbytes(512))
    block.add(tables.signatures, [{"report_sha256": report.sha256, "signature": signature.to_bytes()}])
    imprint = make_imprint(report)
    block.add(tables.imprints, [{"report_sha256": report.sha256, "imprint": imprint}])
    block.add(tables.bands, [{"key": key, "text": alike.text_number(report.sha256)} for key in signature.band_keys()])
    block.add(tables.search, index.report_rows(report))
    rows = {table.name: listed for table, listed in facts.iter_reading_rows(reading, report, number=block.readings, family_of=families.__getitem__, at=at)}
    for name, listed in rows.items():
        block.add(tables.metadata.tables[name], listed)
    (account,), (kept,) = reading.accounts, rows["accounts"]
    family = families[account.type]
    anchor = to_plain(Anchor(report_sha256=report.sha256, evidence=account.evidence, family=family))
    role: LinkRole = "main" if first is None or not account.background else "background"
    _log(block, account.id, incident, anchor=anchor, role=role, first=first, at=at)
    seat = Seat(account=account.id, logged=account.id, report_sha256=report.sha256, incident=incident, role=role, entry=len(block.entries))
    signs = signs_of(kept)
    block.add(tables.members, [views.member_row(seat, signs)])
    block.add(tables.outlines, [company.outline_row(seat, kept, imprint=imprint)])
    block.add(tables.bearers, company.bearer_rows(seat, [SimpleNamespace(**row) for row in rows["account_names"]], signs))
    return Telling(
        account=account,
        family=family,
        role=role,
        order=0,
        report_sha256=report.sha256,
        publisher=report.publisher,
        publishers=(report.publisher,) if report.publisher else (),
        printed={report.publisher: report.published} if report.publisher and report.published else {},
        machine=account,
        published=report.published,
        wire=report.sha256,
        count_words=tuple(kept["count_words"]),
        claims={claim.id: claim for claim in reading.claims},
        language=report.language,
    )


def _log(block: _Block, account: str, incident: str, *, anchor: Mapping[str, Any], role: str, first: str | None, at: datetime) -> None:
    about = {"report_sha256": anchor["report_sha256"], "account": account, "by": BY, "at": at}
    if first is None:
        value = {"account": account, "role": role, "anchor": anchor}
        block.entries.append(({"kind": "opened", "subject": incident} | about, value, "no known incident comes near"))
        return
    said = {"incident": incident, "role": role, "left": account, "right": first, "verdict": "same", "score": 0.9, "anchor": anchor}
    block.entries.append(({"kind": "judgement", "subject": account} | about, said, "same town, same day"))


# ---------------------------------------------------------------------------------------------- in order


class _Numbers:
    """Gives the blocks' readings and entries the numbers that follow, and chains the entries. Changes as it goes."""

    def __init__(self) -> None:
        self._readings = self._entries = 0
        self._head = log.START

    def settle(self, block: _Block) -> Rows:
        rows = block.rows
        moved = {("readings", "id"): self._readings, ("claims", "reading_id"): self._readings, ("accounts", "reading_id"): self._readings}
        for (table, column), by in (moved | {("members", "entry"): self._entries}).items():
            place = _COLUMNS[table].index(column)
            rows[table] = [(*row[:place], row[place] + by, *row[place + 1 :]) for row in rows.get(table, [])]
        chained = _Block()
        for about, value, because in block.entries:
            self._entries += 1
            row, payload = log.link_rows({"id": self._entries} | about, value=value, because=because, previous=self._head)
            self._head = row["hash"]
            chained.add(tables.log, [row])
            chained.add(tables.log_payloads, [payload])
        self._readings += block.readings
        return {name: listed for name, listed in (rows | chained.rows).items() if listed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("incidents", type=int)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    began = time.perf_counter()
    make_store(told.path, told.incidents, seed=told.seed)
    print(f"{told.incidents} incidents in {time.perf_counter() - began:.0f} s, {told.path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
