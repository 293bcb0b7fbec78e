"""How much a store holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from waqai.schema import tables
from waqai.store import facts
from waqai.store.current import iter_added_to


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCounts:
    """How much the store holds. `accounts` are those of current readings; `homeless` are judged accounts that no current reading tells any more."""

    reports: int
    arrivals: int
    near_copies: int
    readings: int
    accounts: int
    incidents: int
    homeless: int
    entries: int


def count_all(connection: sa.Connection) -> StoreCounts:
    """The sums over all tables."""
    members, accounts = tables.members.c, tables.accounts.c

    def count(table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
        return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0

    past = count(tables.accounts, accounts.reading_id.in_(_not_current()))
    added = tuple(iter_added_to(connection))
    return StoreCounts(
        reports=count(tables.reports),
        arrivals=count(tables.arrivals),
        near_copies=count(tables.near_copies),
        readings=count(tables.readings),
        accounts=count(tables.accounts) - past + sum(len(one.added) - len(one.replaced) for one in added),
        incidents=count(tables.incidents),
        homeless=count(tables.members, members.account.is_(None)),
        entries=count(tables.log),
    )


def _not_current() -> sa.Select[Any]:
    """SQL: the numbers of readings that are not their report's current one. Only reports with several readings are looked at: they are few."""
    readings = tables.readings.c
    several = sa.select(readings.report_sha256).group_by(readings.report_sha256).having(sa.func.count() > 1)
    older = sa.and_(readings.report_sha256.in_(several), readings.id != facts.current_reading(readings.report_sha256))
    return sa.select(readings.id).where(sa.or_(readings.added_in.is_not(None), older))
