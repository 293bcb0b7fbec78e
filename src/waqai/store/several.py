"""What is asked of many reports and accounts at once: one question each, where a page of a large incident would ask hundreds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from waqai.core import Account, Claim, Report, UnknownId, from_plain
from waqai.folding import Reviewed, review_account
from waqai.schema import tables
from waqai.schema.prepared import Rows, ask
from waqai.store.facts import report_of
from waqai.store.reviews import reviews_among

CHUNK = 500
_A, _M, _C, _R = tables.accounts.c, tables.members.c, tables.claims.c, tables.reports.c
_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)
_REPORTS = sa.select(tables.reports).where(_R.id.in_(_SOME))
_IDS = sa.select(_R.sha256, _R.id).where(_R.sha256.in_(_SOME))
_ACCOUNTS = sa.select(_A.id, _A.plain, _A.family, _A.count_words, _A.reading_id, _A.report_sha256)
_ACCOUNTS = _ACCOUNTS.where(_A.id.in_(_SOME)).order_by(_A.reading_id, _A.place_in_report)
_CLAIMS = sa.select(_C.reading_id, _C.plain).where(_C.reading_id.in_(_SOME)).order_by(_C.reading_id, _C.place_in_report)
_SEATS = sa.select(_M.account, _M.incident).where(_M.report_sha256.in_(_SOME), _M.account.is_not(None)).order_by(_M.report_sha256, _M.entry)


def find_reports(connection: sa.Connection, ids: Collection[str]) -> dict[str, Report]:
    """The reports of these very ids, by id."""
    return {row.id: report_of(row._asdict()) for row in _ask_some(connection, _REPORTS, ids)}


def find_report_ids(connection: sa.Connection, shas: Collection[str]) -> dict[str, str]:
    """The ids of the reports with these hashes, by hash."""
    return {row.sha256: row.id for row in _ask_some(connection, _IDS, shas)}


def get_all_reviewed(connection: sa.Connection, accounts: Collection[str], *, last: int | None = None) -> dict[str, Reviewed]:
    """These accounts of any reading after what persons said of them (in entries up to `last`), by id. Raises UnknownId."""
    rows = _find_accounts(connection, accounts)
    reviews = reviews_among(connection, {row.reading_id: row.report_sha256 for row in rows}, last=last)
    return {
        row.id: review_account(from_plain(Account, row.plain), family=row.family, count_words=row.count_words, entries=reviews.get(row.id, ())) for row in rows
    }


def get_accounts(connection: sa.Connection, accounts: Collection[str]) -> dict[str, Account]:
    """These accounts of any reading as they were read, by id, in the order of their reports. Raises UnknownId."""
    return {row.id: from_plain(Account, row.plain) for row in _find_accounts(connection, accounts)}


def find_accounts(connection: sa.Connection, accounts: Collection[str]) -> dict[str, Account]:
    """As `get_accounts`; what is not there is left out."""
    return {row.id: from_plain(Account, row.plain) for row in _ask_some(connection, _ACCOUNTS, accounts)}


def claims_beside(connection: sa.Connection, accounts: Collection[str]) -> dict[str, tuple[Claim, ...]]:
    """The claims of the readings that these accounts are of, current or not, in order, by account. Raises UnknownId."""
    readings = {row.id: row.reading_id for row in _find_accounts(connection, accounts)}
    found: dict[int, list[Claim]] = {}
    for row in _ask_some(connection, _CLAIMS, set(readings.values())):
        found.setdefault(row.reading_id, []).append(from_plain(Claim, row.plain))
    return {account: tuple(found.get(reading, ())) for account, reading in readings.items()}


def find_seats(connection: sa.Connection, shas: Collection[str]) -> dict[str, str]:
    """The incident in which each account of the current readings of these reports sits, by account; reports by hash."""
    return {row.account: row.incident for row in _ask_some(connection, _SEATS, shas)}


def _find_accounts(connection: sa.Connection, accounts: Collection[str]) -> Rows:
    rows = _ask_some(connection, _ACCOUNTS, accounts)
    missing = set(accounts) - {row.id for row in rows}
    if missing:
        raise UnknownId(f"no account {min(missing)!r} in this store")
    return rows


def _ask_some(connection: sa.Connection, statement: sa.Select[Any], some: Iterable[Any]) -> Rows:
    asked = sorted(set(some))
    return [row for start in range(0, len(asked), CHUNK) for row in ask(connection, statement, {"some": asked[start : start + CHUNK]})]
