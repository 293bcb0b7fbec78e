"""Where the accounts that the log knows are today: the accounts of a reading that stand on their words."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from waqai.core import Entry, Span
from waqai.folding import Home, find_homes, logged_accounts
from waqai.schema import tables
from waqai.schema.once import find_where
from waqai.store.facts import find_current_reading
from waqai.store.log import iter_entries


def home_of(connection: sa.Connection, account: str, *, sha256: str) -> str | None:
    """The account of the current reading that stands for one that the log knows."""
    return homes_of(connection, tuple(iter_entries(connection, report_sha256=sha256)), sha256=sha256).get(account)


def homes_of(connection: sa.Connection, entries: Sequence[Entry], *, sha256: str, readings: Sequence[int] | None = None) -> dict[str, str | None]:
    """For each account that these entries on one report know, the one of the current reading that stands on its words."""
    accounts = tables.accounts.c
    rows = find_where(connection, accounts.id, accounts.reading_id, report_sha256=sha256)
    logged = logged_accounts(entries, readings={row.id: row.reading_id for row in rows})
    return find_homes(logged, current=_homes_in(connection, sha256, readings))


def _homes_in(connection: sa.Connection, sha256: str, readings: Sequence[int] | None) -> list[Home]:
    accounts = tables.accounts.c
    number = find_current_reading(connection, sha256, among=readings)
    columns = (accounts.place_in_report, accounts.id, accounts.family, accounts.evidence_start, accounts.evidence_end)
    rows = sorted(find_where(connection, *columns, reading_id=number))
    return [Home(account=row.id, family=row.family, evidence=Span(row.evidence_start, row.evidence_end)) for row in rows]
