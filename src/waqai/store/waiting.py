"""What an open store says of the work that waits for a person: the queue, why an account is in it, and near misses."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import sqlalchemy as sa

from waqai.core import Incident, UnknownId, from_plain
from waqai.folding import NearMiss, Weighed, find_near_misses, fold_seats, weigh_accounts
from waqai.queueing import MOST, QueueFilters, Waiting, count_queue, iter_queue
from waqai.schema import tables
from waqai.store.apart import incidents_now
from waqai.store.homes import homes_of
from waqai.store.log import iter_entries
from waqai.store.stories import Stories
from waqai.store.tellings import load_tellings


class Queue(Stories):
    """The work that waits."""

    def iter_queue(self, filters: QueueFilters | None = None, *, most: int = MOST, after: str | None = None) -> Iterator[Waiting]:
        """Accounts by how soon a person should look at them, at most so many behind the cursor `after`. Raises NotPossible for what is no cursor."""
        with self._reading(incidents=True) as connection:
            yield from iter_queue(connection, filters or QueueFilters(), most=most, after=after)

    def count_queue(self, filters: QueueFilters | None = None) -> int:
        """How many accounts there are in the queue."""
        with self._reading(incidents=True) as connection:
            return count_queue(connection, filters or QueueFilters())

    def weigh(self, accounts: Collection[str]) -> dict[str, Weighed]:
        """For each of these accounts that sits in an incident: what is doubtful of it, and what hangs on it."""
        members, incidents = tables.members.c, tables.incidents.c
        with self._reading(incidents=True) as connection:
            named = sorted(set(connection.scalars(sa.select(members.incident).where(members.account.in_(sorted(accounts))))))
            views = [from_plain(Incident, plain) for plain in connection.scalars(sa.select(incidents.plain).where(incidents.id.in_(named)))]
            tellings = load_tellings(connection, named)
            weighed = (one for view in views for one in weigh_accounts(view, tellings[view.id]))
            return {one.telling.account.id: one for one in weighed if one.telling.account.id in accounts}

    def find_near_misses(self, account: str) -> tuple[NearMiss, ...]:
        """The incidents that an account perhaps tells of, as they are now, for a person to say: the likeliest first. Raises UnknownId."""
        sha256 = self._sha256_of(account)
        with self._reading() as connection:
            entries = tuple(iter_entries(connection, report_sha256=sha256))
            homes = homes_of(connection, entries, sha256=sha256)
            seats = fold_seats(entries, homes=homes)
            own = {seat.incident for seat in seats if seat.account == account}
            found = [miss for miss in find_near_misses(entries, homes=homes, seats=seats) if miss.account == account]
            today = [replace(miss, incident=now) for miss in found for now in sorted(incidents_now(connection, {"incident": miss.incident}) - own)]
            return tuple(sorted(today, key=lambda miss: (-miss.score, miss.entry)))

    def _sha256_of(self, account: str) -> str:
        accounts = tables.accounts.c
        with self._reading() as connection:
            found = connection.scalar(sa.select(accounts.report_sha256).where(accounts.id == account))
        if found is None:
            raise UnknownId(f"no account {account!r} in store {self.address}")
        return str(found)
