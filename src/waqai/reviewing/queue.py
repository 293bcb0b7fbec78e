"""Ask the queue: what waits, by rank, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import sqlalchemy as sa

from waqai.core import NotPossible
from waqai.folding import VerdictOn
from waqai.schema import tables
from waqai.store import Store

Order: TypeAlias = Literal["rank", "surest"]
"""The highest rank first, or the fewest fields that are expected to be wrong."""
MOST = 50
"""Accounts on a page, unless more or fewer are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """Which accounts to give; what is None or empty does not filter.

    `country` is the incident's, `publisher` and `language` the report's, `family` and `type` the account's as they stand. `verdicts`: those of which persons
    said this, also where nothing waits any more; without any, those that wait. `surer_than` keeps accounts with fewer fields expected to be wrong than this.
    """

    country: str | None = None
    family: str | None = None
    type: str | None = None
    publisher: str | None = None
    language: str | None = None
    verdicts: tuple[VerdictOn, ...] = ()
    surer_than: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An account in the queue. `doubt`: its fields that are expected to be wrong; `stake`: what hangs on it; `rank`: the two multiplied."""

    account: str
    incident: str
    report: str
    doubt: float
    stake: float
    rank: float
    verdict: VerdictOn
    country: str | None
    family: str
    type: str
    publisher: str | None
    language: str | None

    @property
    def cursor(self) -> str:
        """The place behind this account by rank, for the next page: it holds when others come and go."""
        return self.cursor_in("rank")

    def cursor_in(self, order: Order) -> str:
        """The same in another order."""
        return f"{self.rank if order == 'rank' else self.doubt!r}:{self.account}"


def iter_queue(store: Store, filters: QueueFilters | None = None, *, order: Order = "rank", most: int = MOST, after: str | None = None) -> Iterator[Waiting]:
    """At most so many accounts in this order (of equals the later id first), those behind the cursor `after` of the same order.

    Raises NotPossible for no cursor.
    """
    queue, reports = tables.queue.c, tables.reports.c
    ordered = (queue.rank.desc() if order == "rank" else queue.doubt, queue.account.desc())
    where = [*_conditions(filters or QueueFilters()), *_behind(after, order)]
    page = sa.select(queue.incident, queue.account).where(*where).order_by(*ordered).limit(most).subquery()  # by rank from the index
    joined = tables.queue.join(page, sa.and_(page.c.incident == queue.incident, page.c.account == queue.account))
    joined = joined.join(tables.reports, reports.sha256 == queue.report_sha256)
    chosen = sa.select(tables.queue, reports.id.label("report")).select_from(joined).order_by(*ordered)
    with store.reading(incidents=True) as connection:
        for row in connection.execute(chosen).mappings():
            yield Waiting(**{name: row[name] for name in Waiting.__dataclass_fields__})


def count_queue(store: Store, filters: QueueFilters | None = None) -> int:
    """How many accounts pass the filters."""
    with store.reading(incidents=True) as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(tables.queue).where(*_conditions(filters or QueueFilters()))) or 0


def _conditions(filters: QueueFilters) -> Iterator[sa.ColumnElement[bool]]:
    queue = tables.queue.c
    yield queue.verdict.in_(filters.verdicts) if filters.verdicts else queue.waits == sa.true()
    for name in ("country", "family", "type", "publisher", "language"):
        value = getattr(filters, name)
        if value is not None:
            yield sa.func.lower(queue[name]) == sa.func.lower(sa.literal(value, queue[name].type))
    if filters.surer_than is not None:
        yield queue.doubt < filters.surer_than


def _behind(after: str | None, order: Order) -> Iterator[sa.ColumnElement[bool]]:
    if after is None:
        return
    queue, (number, account) = tables.queue.c, _read_cursor(after)
    yield queue.rank <= number if order == "rank" else queue.doubt >= number
    yield sa.or_(queue.rank < number if order == "rank" else queue.doubt > number, queue.account < account)


def _read_cursor(after: str) -> tuple[float, str]:
    number, _, account = after.partition(":")
    try:
        return float(number), account
    except ValueError as error:
        raise NotPossible(f"{after!r} is no place in the queue: begin at its start") from error
