from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
import sqlalchemy as sa

from growing import grow
from waqai.core import UnknownId
from waqai.forecasting import KnownIncidents
from waqai.schema import tables
from waqai.store import Store, open_store
from waqai.vintages import load_known
from waqai.vintages.refolding import Held, held_of

Row = tuple[str, int, str | None, str | None, bool]


def rows_of(known: KnownIncidents, day: date) -> list[Row]:
    """What the columns say was held when the day ended, one row for each incident."""
    then = np.flatnonzero((known.since <= day.toordinal()) & (day.toordinal() < known.until))

    def named(values: tuple[str, ...], code: int) -> str | None:
        return None if code < 0 else values[code]

    rows = [
        (
            known.families[known.family[row]],
            int(known.month[row]),
            named(known.countries, known.country[row]),
            named(known.provinces, known.admin1[row]),
            bool(known.happened[row]),
        )
        for row in then
    ]
    return sorted(rows, key=str)


def folded_one_by_one(store: Store, day: date) -> list[Row]:
    """The same by folding every incident as of the day, which takes a hundred times as long."""
    with store.reading() as connection:
        opened = connection.scalars(sa.select(tables.log.c.subject).where(tables.log.c.kind == "opened")).all()
    held: list[Held] = []
    for incident in opened:
        try:
            past = store.get_incident_as_of(incident, day)
        except UnknownId:
            continue
        if past.incident.id == incident:  # else its accounts had moved on, and it is told by the other
            accounts = past.incident.accounts
            family = FAMILIES[past.incident.type]
            held.append(held_of(past.incident, family=family, rejected=all(account.review == "rejected" for account in accounts)))
    return sorted((tuple(one) for one in held), key=str)  # type: ignore[arg-type]


FAMILIES = {"escape": "custody_exit", "clash": "combat", "meeting": "diplomacy"}


# 19, 33 and 39: stores in which persons rejected all that is told of an incident on its last day
@pytest.mark.parametrize(("engine", "seed"), [("sqlite", 19), ("sqlite", 33), ("sqlite", 39), ("postgresql", 1)])
def test_every_past_day_is_what_folding_each_incident_as_of_that_day_gives(new_address: Callable[[str], str], engine: str, seed: int) -> None:
    with open_store(new_address(engine)) as store:
        days = grow(store, seed=seed)
        known = load_known(store)
        for day in days:
            assert rows_of(known, day) == folded_one_by_one(store, day), day
