"""Why accounts wait: what is doubtful of them and what hangs on them, from the tellings of their incidents as they are."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from waqai.core import Incident, from_plain
from waqai.folding import Weighed, weigh_accounts
from waqai.schema import tables
from waqai.store import Store
from waqai.store.tellings import load_tellings


def weigh(store: Store, accounts: Collection[str]) -> dict[str, Weighed]:
    """For each of these accounts that sits in an incident: what is doubtful of it, and what hangs on it."""
    members, incidents = tables.members.c, tables.incidents.c
    with store.reading(incidents=True) as connection:
        named = sorted(set(connection.scalars(sa.select(members.incident).where(members.account.in_(sorted(accounts))))))
        views = [from_plain(Incident, plain) for plain in connection.scalars(sa.select(incidents.plain).where(incidents.id.in_(named)))]
        tellings = load_tellings(connection, named)
    weighed = (one for view in views for one in weigh_accounts(view, tellings[view.id]))
    return {one.telling.account.id: one for one in weighed if one.telling.account.id in accounts}
