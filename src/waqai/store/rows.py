"""Rows of other people's datasets in an open store: which version of each counts, and what an import brought in or took out.

A row's versions are texts that came in under one id. The one whose newest reading is by the dataset's import and holds an account counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from waqai.core import Entry, ReaderStamp, Reading, UnknownId
from waqai.logbook import log
from waqai.logbook.standing import Standing, iter_standing
from waqai.schema import tables
from waqai.schema.once import find_where
from waqai.schema.prepared import ask
from waqai.store.facts import current_reading, find_reading
from waqai.store.session import Session
from waqai.store.tellings import CHUNK, chunks

KIND = "imported"
_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)
_arrivals, _readings, _accounts = tables.arrivals.c, tables.readings.c, tables.accounts.c
_HAS_ACCOUNT = sa.exists().where(_accounts.reading_id == _readings.id)
_COUNTING = (
    sa.select(_arrivals.id, _arrivals.report_sha256)
    .join(tables.readings, _readings.report_sha256 == _arrivals.report_sha256)
    .where(_readings.id == current_reading(_arrivals.report_sha256), _readings.reader == sa.bindparam("reader"), _HAS_ACCOUNT)
    .distinct()
)
_COUNTING_AMONG = _COUNTING.where(_arrivals.id.in_(_SOME))
_ROWS_AMONG = sa.select(_readings.report_sha256).where(_readings.reader == sa.bindparam("reader"), _readings.report_sha256.in_(_SOME)).distinct()
_ANY_ROWS = sa.select(_readings.report_sha256).where(_readings.reader.startswith("import-"), _readings.report_sha256.in_(_SOME)).distinct()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReading:
    """What an import did to one version of a row, and by which reading: brought it in, or took it out. `id` is the row's as it came in."""

    id: str
    report_sha256: str
    reading: int
    settings_hash: str
    came_in: bool


class Rows(Session):
    """The rows of an open store."""

    def find_counting_rows(self, ids: Sequence[str], *, reader: str) -> dict[str, str]:
        """By id of the report, as it came in, the hash of the text that counts today; rows that are not there or were taken out are left out."""
        with self._reading() as connection:
            return {row.id: row.report_sha256 for some in chunks(ids, CHUNK) for row in ask(connection, _COUNTING_AMONG, {"some": some, "reader": reader})}

    def iter_counting_rows(self, *, reader: str) -> Iterator[tuple[str, str]]:
        """(id, hash) of every row of a dataset that counts today, by id."""
        with self._reading() as connection:
            for row in connection.execute(_COUNTING.order_by(_arrivals.id), {"reader": reader}):
                yield row.id, row.report_sha256

    def find_rows_among(self, reports: Collection[str], *, reader: str) -> frozenset[str]:
        """Those of these reports (by sha256) that are rows of a dataset."""
        with self._reading() as connection:
            return frozenset(
                row.report_sha256 for some in chunks(sorted(reports), CHUNK) for row in ask(connection, _ROWS_AMONG, {"some": some, "reader": reader})
            )

    def find_rows_of_any(self, reports: Collection[str]) -> frozenset[str]:
        """Those of these reports that are rows of some dataset."""
        with self._reading() as connection:
            return frozenset(row.report_sha256 for some in chunks(sorted(reports), CHUNK) for row in ask(connection, _ANY_ROWS, {"some": some}))

    def find_batch_rows(self, stamp: ReaderStamp) -> tuple[RowReading, ...]:
        """What the batch of this stamp did, in order."""
        by = sa.and_(_readings.version == stamp.version, _readings.settings_hash == stamp.settings_hash)
        with self._reading() as connection:
            return tuple(_row_reading(row) for row in connection.execute(_rows_read(stamp.name).where(by)))

    def count_batch_rows(self) -> dict[tuple[str, str], tuple[int, int]]:
        """By reader and settings hash of every batch, how many rows it brought in and how many it took out."""
        counted: dict[tuple[str, str], tuple[int, int]] = {}
        told = sa.select(_readings.reader, _readings.settings_hash, sa.case((_HAS_ACCOUNT, 1), else_=0).label("came_in"))
        told_rows = told.where(_readings.reader.startswith("import-")).subquery()
        columns = (told_rows.c.reader, told_rows.c.settings_hash)
        with self._reading() as connection:
            for row in connection.execute(sa.select(*columns, sa.func.sum(told_rows.c.came_in), sa.func.count()).group_by(*columns)):
                counted[row[0], row[1]] = (int(row[2]), int(row[3]) - int(row[2]))
        return counted

    def find_row_history(self, ids: Sequence[str], *, reader: str) -> tuple[RowReading, ...]:
        """What all imports of a dataset did to these rows, in order."""
        with self._reading() as connection:
            chosen = _rows_read(reader)
            return tuple(_row_reading(row) for some in chunks(ids, CHUNK) for row in connection.execute(chosen.where(_arrivals.id.in_(some))))

    def get_row_reading(self, number: int) -> Reading:
        """The reading of this number. Raises UnknownId."""
        with self._reading() as connection:
            found = find_reading(connection, number)
            if found is None:
                raise UnknownId(f"there is no reading {number} in store {self.address}")
            return found

    def iter_batches(self) -> Iterator[Standing]:
        """The log's entries on imports, in order, with what became of each."""
        with self._reading() as connection:
            yield from iter_standing(connection, tables.log.c.kind == KIND, tables.RARE)

    def is_batch(self, entry: int) -> bool:
        """Whether the log's entry of this number is an import."""
        with self._reading() as connection:
            return bool(find_where(connection, tables.log.c.id, id=entry, kind=KIND))

    def note_batch(self, batch: str, value: dict[str, Any], *, by: str, at: datetime) -> Entry:
        """Log that rows are coming in."""
        with self._writing() as work:
            return log.append_entry(work.connection, kind=KIND, subject=batch, value=value, because="", by=by, at=at)


def _rows_read(reader: str) -> sa.Select[Any]:
    """Readings by the import of a dataset with the ids of their rows, in order; a text may have come in under other ids too."""
    columns = (_arrivals.id, _readings.report_sha256, _readings.id.label("reading"), _readings.settings_hash, _HAS_ACCOUNT.label("came_in"))
    joined = tables.readings.join(tables.arrivals, _arrivals.report_sha256 == _readings.report_sha256)
    is_row = _arrivals.id.startswith(f"{reader.removeprefix('import-')}:", autoescape=True)
    return sa.select(*columns).select_from(joined).where(_readings.reader == reader, is_row).distinct().order_by(_readings.id)


def _row_reading(row: Any) -> RowReading:
    return RowReading(id=row.id, report_sha256=row.report_sha256, reading=row.reading, settings_hash=row.settings_hash, came_in=bool(row.came_in))
