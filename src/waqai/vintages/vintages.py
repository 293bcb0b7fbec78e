"""Every incident of a store as it was known on every day: what panels of past days are counted from.

An incident of which nothing changed after the day of its opening, which are most, is its row in the view; of the others the days before the last change are
folded, each once. Nothing is kept: it is loaded anew when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import sqlalchemy as sa

from waqai.bounds import forbids_passing_on
from waqai.forecasting.known import FOREVER, NONE, KnownIncidents, LeftOut, count_known
from waqai.forecasting.panel import Panel
from waqai.forecasting.scope import Scope
from waqai.schema import tables
from waqai.store import Store
from waqai.store.records import find_forbidden
from waqai.vintages.changing import Changing, find_changing
from waqai.vintages.refolding import Facts, Held, load_facts, make_held

Stretch: TypeAlias = tuple[int, int, Held]
"""From the end of which day on, until which day's end, what was held."""


def load_known(store: Store) -> KnownIncidents:
    """Which incidents the store knew when. Reports that were erased since are not among what was known then: nobody has them any more;
    nor is what nobody tells but reports whose terms forbid that they are passed on."""
    with store.reading(incidents=True) as connection:
        changing = find_changing(connection, without=find_forbidden(connection, forbids_passing_on))
        moving = {incident for incident, days in changing.days.items() if len(days) > 1}
        facts = load_facts(connection, {sha256 for incident in moving for sha256 in changing.reports[incident]}, changing=changing)
        stretches = list(_iter_stretches(changing, facts, _held_now(connection)))
    return _as_columns(stretches, entries=changing)


def panel_of(store: Store, day: date, *, scope: Scope) -> tuple[Panel, LeftOut]:
    """(the panel as the store knew it when `day` ended, what is in no cell of it); for one day. For several, load once and count often."""
    return count_known(load_known(store), day, scope=scope)


def _held_now(connection: sa.Connection) -> dict[str, Held]:
    """What the view holds of every incident."""
    incidents, queue = tables.incidents.c, tables.queue.c
    stands = sa.func.sum(sa.case((queue.verdict == "rejected", 0), else_=1))
    rejected = set(connection.scalars(sa.select(queue.incident).group_by(queue.incident).having(stands == 0)))
    names = ("family", "status", "earliest", "latest", "country", "admin1")
    rows = connection.execute(sa.select(incidents.id, *(incidents[name] for name in names)))
    return {id: make_held(**dict(zip(names, said, strict=True)), rejected=id in rejected) for id, *said in rows}


def _iter_stretches(changing: Changing, facts: Facts, now: dict[str, Held]) -> Iterator[Stretch]:
    for incident, days in changing.days.items():
        held = [facts.hold(incident, day) for day in days[:-1]]
        yield from _joined((since, until, what) for (since, until), what in zip(pairwise((*days, FOREVER)), (*held, now.get(incident)), strict=True))


def _joined(parts: Iterable[tuple[int, int, Held | None]]) -> Iterator[Stretch]:
    """The parts in which something was held; neighbours that say the same are one.

    >>> one, two = Held("unrest", 1, "SY", None, True), Held("unrest", 2, "SY", None, True)
    >>> [stretch[:2] for stretch in _joined([(1, 2, one), (2, 5, one), (5, 6, None), (6, 9, one), (9, 11, two)])]
    [(1, 5), (6, 9), (9, 11)]
    """
    waiting: Stretch | None = None
    for since, until, held in parts:
        if waiting is not None and held == waiting[2]:  # neighbours: where nothing was held between, a part says so
            waiting = (waiting[0], until, held)
            continue
        if waiting is not None:
            yield waiting
        waiting = None if held is None else (since, until, held)
    if waiting is not None:
        yield waiting


def _as_columns(stretches: list[Stretch], *, entries: Changing) -> KnownIncidents:
    held = [what for _, _, what in stretches]
    families, family = _numbered(one.family for one in held)
    countries, country = _numbered(one.country for one in held)
    provinces, admin1 = _numbered(one.admin1 for one in held)
    return KnownIncidents(
        since=np.array([since for since, _, _ in stretches], dtype=np.int64),
        until=np.array([until for _, until, _ in stretches], dtype=np.int64),
        month=np.array([one.month for one in held], dtype=np.int64),
        family=family,
        country=country,
        admin1=admin1,
        happened=np.array([one.happened for one in held], dtype=np.bool_),
        families=families,
        countries=countries,
        provinces=provinces,
        entries=entries.entries,
    )


def _numbered(values: Iterable[str | None]) -> tuple[tuple[str, ...], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """(the values, the number of each)."""
    numbers: dict[str, int] = {}
    codes = [NONE if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return tuple(numbers), np.array(codes, dtype=np.int64)
