"""On which days what the store holds of each incident may have changed: one sweep over the log, the readings and the near copies.

An entry counts from the end of the day on which it, or a later one, was written (a clock that was set back does not put entries out of order), as `store.past`
has it. Days are ordinals, UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from waqai.schema import tables

Days: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """`days` of each incident, from its opening on, on which an entry on one of its reports was written, a reading of one kept, or a copy of one found.

    `reports` are the hashes of those that an entry ever put into the incident, or weighed for it. `entries`: the day from which each entry counts, by number.
    """

    days: Mapping[str, tuple[int, ...]]
    reports: Mapping[str, frozenset[str]]
    entries: Days

    def last_entry(self, day: int) -> int:
        """The number of the last entry that counted when the day ended."""
        return int(np.searchsorted(self.entries, day, side="right"))


def find_changing(connection: sa.Connection, *, without: Collection[str] = ()) -> Changing:
    """The days of every incident that was ever opened, but those."""
    log, payloads = tables.log.c, tables.log_payloads.c
    chosen = sa.select(log.id, log.kind, log.subject, log.report_sha256, sa.type_coerce(log.at, sa.Text), payloads.incident)
    rows = connection.execute(chosen.select_from(tables.log.outerjoin(tables.log_payloads)).order_by(log.id)).all()
    entries = np.minimum.accumulate(np.array([day_of(row[4]) for row in rows], dtype=np.int64)[::-1])[::-1]
    opened, reports, on_report = dict[str, int](), dict[str, set[str]](), dict[str, set[int]]()
    for (_, kind, subject, sha256, _, named), day in zip(rows, entries.tolist(), strict=True):
        if sha256 is None:
            continue
        on_report.setdefault(sha256, set()).add(day)
        if kind == "opened" and subject not in without:
            opened[subject] = day
        if (incident := subject if kind == "opened" else named if kind == "judgement" else None) is not None:
            reports.setdefault(incident, set()).add(sha256)
    _add_readings(connection, on_report)
    _add_copies(connection, on_report)
    days = {incident: _from_opening(first, (on_report[sha256] for sha256 in reports[incident])) for incident, first in opened.items()}
    return Changing(days=days, reports={incident: frozenset(found) for incident, found in reports.items()}, entries=entries)


def load_copies(connection: sa.Connection) -> dict[str, list[tuple[str, int]]]:
    """The near copies of each text, each with the day from which it is known; 0: always."""
    copies = tables.near_copies.c
    near: dict[str, list[tuple[str, int]]] = {}
    for left, right, at in connection.execute(sa.select(copies.left_sha256, copies.right_sha256, sa.type_coerce(copies.kept_at, sa.Text))):
        day = 0 if at is None else day_of(at)
        near.setdefault(left, []).append((right, day))
        near.setdefault(right, []).append((left, day))
    return near


def wire_of(sha256: str, near: Mapping[str, list[tuple[str, int]]], *, day: int) -> str:
    """The group of near copies of a text as it was known when the day ended, named by the least hash in it.

    >>> wire_of("c", {"c": [("b", 5)], "b": [("c", 5), ("a", 9)], "a": [("b", 9)]}, day=6)
    'b'
    """
    seen, ahead = {sha256}, [sha256]
    while ahead:
        fresh = {other for other, known in near.get(ahead.pop(), ()) if known <= day} - seen
        seen |= fresh
        ahead += fresh
    return min(seen)


@lru_cache(maxsize=10_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def day_of(instant: str) -> int:
    """The day (UTC) of an instant as it is stored.

    >>> day_of("0001-01-02T09:00:00.000000+00:00")
    2
    """
    return _ordinal(instant[:10])


def _from_opening(first: int, found: Iterable[set[int]]) -> tuple[int, ...]:
    return tuple(sorted({first}.union(*({day for day in days if day > first} for days in found))))


def _add_readings(connection: sa.Connection, on_report: dict[str, set[int]]) -> None:
    readings = tables.readings.c
    chosen: Any = sa.select(readings.report_sha256, sa.type_coerce(readings.kept_at, sa.Text)).where(readings.kept_at.is_not(None))
    for sha256, at in connection.execute(chosen):
        if sha256 in on_report:
            on_report[sha256].add(day_of(at))


def _add_copies(connection: sa.Connection, on_report: dict[str, set[int]]) -> None:
    """A copy found between two texts changes the group of every text that hangs on either."""
    near = load_copies(connection)
    done: set[str] = set()
    for start in near:
        if start in done:
            continue
        group, ahead = {start}, [start]
        while ahead:
            fresh = {other for other, _ in near[ahead.pop()]} - group
            group |= fresh
            ahead += fresh
        done |= group
        days = {day for sha256 in group for _, day in near[sha256] if day}
        for sha256 in group & on_report.keys():
            on_report[sha256] |= days
