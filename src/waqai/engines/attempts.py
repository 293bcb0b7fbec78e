"""Who is reading what, for the how-manyth time, and what is in quarantine: kept before the work, so that a run that is killed leaves its count behind.

A report's row goes when its reading is kept. Each write is an upsert of single rows: several runs can share a store.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from waqai.core import ReaderStamp
from waqai.schema.attempts import attempts
from waqai.schema.tables import readings, reports
from waqai.store import Store

_KEY = ("report_sha256", "reader", "version", "settings_hash")
_ROW = attempts.c
_MANY = 500  # values in one question


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """How often each report was handed out, this time included, and those that are in quarantine, each with why."""

    attempts: Mapping[str, int]
    quarantined: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A report that nobody hands out any more: `report` is its id, None where the store does not hold it."""

    report_sha256: str
    report: str | None
    reader: ReaderStamp
    attempts: int
    reason: str
    at: datetime


def hand_out(wanted: Sequence[str], store: Store, *, stamp: ReaderStamp, most: int, at: datetime) -> HandedOut:
    """Count one attempt more for each of these hashes, before anything is tried.

    One that was handed out twice as often as `most` says without any outcome is quarantined instead: as often its run was ended. Others' ends cost only `most`,
    and are counted where they are seen; a run may also be ended for reasons of its own.
    """
    with store.writing() as connection:
        before = {row.report_sha256: row for row in _rows(connection, wanted, stamp)}
        given_up = {sha256 for sha256, row in before.items() if row.state == "working" and row.attempts >= 2 * most}
        why = {sha256: f"{before[sha256].attempts} runs were ended while it was being read, or next to be" for sha256 in given_up}
        _upsert(connection, [_row(sha256, stamp, before[sha256].attempts, at) | {"state": "quarantined", "reason": why[sha256]} for sha256 in sorted(given_up)])
        held = why | {sha256: row.reason or "" for sha256, row in before.items() if row.state == "quarantined"}
        counts = {sha256: (before[sha256].attempts if sha256 in before else 0) + 1 for sha256 in wanted if sha256 not in held}
        _upsert(connection, [_row(sha256, stamp, number, at) for sha256, number in counts.items()])
    return HandedOut(attempts=counts, quarantined=held)


def quarantine(given_up: Mapping[str, tuple[int, str]], store: Store, *, stamp: ReaderStamp, at: datetime) -> None:
    """Nobody hands these out any more: by hash, after how many attempts, and why."""
    with store.writing() as connection:
        rows = [_row(sha256, stamp, number, at) | {"state": "quarantined", "reason": why} for sha256, (number, why) in given_up.items()]
        _upsert(connection, rows)


def finish(done: Collection[str], store: Store, *, stamp: ReaderStamp) -> None:
    """What became of these is kept, or nothing was tried: their rows go, but for those in quarantine."""
    with store.writing() as connection:
        for some in _some(done):
            connection.execute(attempts.delete().where(*_are(stamp), _ROW.report_sha256.in_(some), _ROW.state != "quarantined"))


def give_back(held: Mapping[str, int], store: Store, *, stamp: ReaderStamp) -> None:
    """The run ends in good order: what it held was not tried, and the attempt does not count."""
    with store.writing() as connection:
        for sha256, number in held.items():
            mine = (*_are(stamp), _ROW.report_sha256 == sha256, _ROW.attempts == number, _ROW.state == "working")
            change = attempts.update().values(attempts=number - 1) if number > 1 else attempts.delete()
            connection.execute(change.where(*mine))


def sweep(store: Store) -> None:
    """Rows of runs that were killed, where a reading tells that the report is done, go."""
    same = [readings.c[name] == _ROW[name] for name in _KEY]
    with store.writing() as connection:
        connection.execute(attempts.delete().where(_ROW.state != "quarantined", sa.exists().where(*same)))


def list_quarantined(store: Store) -> tuple[Quarantined, ...]:
    """All that is in quarantine, the newest first."""
    joined = attempts.outerjoin(reports, reports.c.sha256 == _ROW.report_sha256)
    chosen = sa.select(*attempts.c, reports.c.id.label("report")).select_from(joined).where(_ROW.state == "quarantined")
    with store.reading() as connection:
        rows = connection.execute(chosen.order_by(_ROW.at.desc(), _ROW.report_sha256)).all()
    return tuple(_quarantined(row) for row in rows)


def count_quarantined(store: Store) -> int:
    """How many reports are in quarantine."""
    with store.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).where(_ROW.state == "quarantined")) or 0)


def release(chosen: Iterable[Quarantined], store: Store, *, at: datetime) -> None:
    """A person says that these are to be tried again, from the first attempt on."""
    with store.writing() as connection:
        for one in chosen:
            _upsert(connection, [_row(one.report_sha256, one.reader, 0, at) | {"state": "waiting"}])


def forget(chosen: Iterable[Quarantined], store: Store) -> None:
    """The rows of these go: their texts are not in the store, or no more."""
    with store.writing() as connection:
        for one in chosen:
            connection.execute(attempts.delete().where(*_are(one.reader), _ROW.report_sha256 == one.report_sha256))


# -- rows


def _rows(connection: sa.Connection, wanted: Sequence[str], stamp: ReaderStamp) -> list[Any]:
    chosen = sa.select(_ROW.report_sha256, _ROW.attempts, _ROW.state, _ROW.reason)
    return [row for some in _some(wanted) for row in connection.execute(chosen.where(*_are(stamp), _ROW.report_sha256.in_(some)))]


def _some(values: Collection[str]) -> Iterable[list[str]]:
    ordered = sorted(values)
    return (ordered[start : start + _MANY] for start in range(0, len(ordered), _MANY))


def _are(stamp: ReaderStamp) -> tuple[sa.ColumnElement[bool], ...]:
    return _ROW.reader == stamp.name, _ROW.version == stamp.version, _ROW.settings_hash == stamp.settings_hash


def _row(sha256: str, stamp: ReaderStamp, number: int, at: datetime) -> dict[str, Any]:
    by = {"reader": stamp.name, "version": stamp.version, "settings_hash": stamp.settings_hash}
    return by | {"report_sha256": sha256, "attempts": number, "state": "working", "reason": None, "worker": _here(), "at": at}


def _here() -> str:
    """This machine and process, as a row has it: "desk 4711"."""
    return f"{platform.node()} {os.getpid()}"


def _upsert(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(attempts)
    changed = {name: new.excluded[name] for name in ("attempts", "state", "reason", "worker", "at")}
    connection.execute(new.on_conflict_do_update(index_elements=list(_KEY), set_=changed), rows)


def _quarantined(row: Any) -> Quarantined:
    stamp = ReaderStamp(name=row.reader, version=row.version, settings_hash=row.settings_hash)
    return Quarantined(report_sha256=row.report_sha256, report=row.report, reader=stamp, attempts=row.attempts, reason=row.reason or "", at=row.at)
