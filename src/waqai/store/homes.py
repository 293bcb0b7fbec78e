"""Where the accounts that the log knows are today: the accounts of a reading that stand on their words."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import find_homes, fold_additions, logged_accounts
from waqai.logbook.log import iter_entries
from waqai.schema import tables
from waqai.schema.once import find_where
from waqai.store.current import find_current, homes_in


def home_of(connection: sa.Connection, account: str, *, sha256: str) -> str | None:
    """The account of the current reading that stands for one that the log knows."""
    return homes_of(connection, tuple(iter_entries(connection, report_sha256=sha256)), sha256=sha256).get(account)


def homes_of(connection: sa.Connection, entries: Sequence[Entry], *, sha256: str, readings: Sequence[int] | None = None) -> dict[str, str | None]:
    """For each account that these entries on one report know, the one of the current reading that stands on its words; an added one is its own.

    With `readings` as if there were these only.
    """
    accounts = tables.accounts.c
    rows = find_where(connection, accounts.id, accounts.reading_id, report_sha256=sha256)
    additions, current = fold_additions(entries), find_current(connection, sha256, among=readings, entries=entries)
    logged = logged_accounts(entries, readings={row.id: row.reading_id for row in rows})
    told = [home for home in homes_in(connection, current.reading) if home.account not in current.replaced]
    there = {row.id for row in rows if row.reading_id in current.added}
    return find_homes(logged, current=told) | {account: account if account in there else None for account in additions.entries}
