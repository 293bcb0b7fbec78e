"""Look at what changed since an alert last looked, and write down what of it is news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from waqai.alerts.alert import FROM_START, Alert
from waqai.alerts.comparing import News, State, compare, make_new, make_state
from waqai.bounds import Bounds, Cleared, HeldBack, Profile, forbids_passing_on
from waqai.core import UnknownId, to_plain
from waqai.export import Combiner
from waqai.folding.records import NotToLeave, Record
from waqai.schema import alerts as tables
from waqai.schema import tables as store_tables
from waqai.store import Filters, Store
from waqai.store.changes import find_changed, last_change
from waqai.store.find import select_passing
from waqai.wording import _

AT_ONCE = 200
"""So many records are loaded at a time, with their accounts."""
FORGOTTEN = "{}"
"""The state, as it is kept, of an incident that was told and of which what was told is forgotten."""
_K = tables.known.c
BoundsOf: TypeAlias = Callable[[Profile, datetime], Bounds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a look takes beside the store: what applies a profile as of an instant, and the rule for low, best and high."""

    bounds_of: BoundsOf
    combiner: Combiner


@dataclass(frozen=True, slots=True)
class Known:
    """What an alert knows of an incident: its state as it was last told (None: never told), and whether it waits for the profile to let it go."""

    state: State | None
    waits: bool = False


@dataclass(slots=True, kw_only=True)
class Looked:
    """What a look found: news in order of the incidents, and what is known from now on (None: nothing any more). Mutable while looking."""

    number: int
    news: list[News] = field(default_factory=list)
    known: dict[str, Known | None] = field(default_factory=dict)


def look(alert: Alert, store: Store, means: Means, *, at: datetime, step: Callable[[int], None] = lambda done: None) -> Looked:
    """What is news to the alert. Writes nothing. `step` hears of so many incidents more that were looked at."""
    bounds = means.bounds_of(alert.profile, at)
    with store.at_one_moment():
        with store.committed() as connection:
            looked = Looked(number=last_change(connection))
            asked = _find_asked(connection, alert)
            known = _load_known(connection, alert, asked)
            passing = find_passing(connection, alert.wanted.filters, asked)
        for incident in asked:
            if incident not in passing and incident in known:
                looked.known[incident] = None
                looked.news += _withdrawn(alert, incident, known[incident], store, bounds)
        unread = {incident for incident, one in known.items() if one.state is None and not one.waits}
        for told, of_them in ((False, passing & unread), (True, passing - unread)):
            for some in _batches(sorted(of_them)):
                for record in store.load_records(some, forbids=forbids_passing_on, told=told):
                    _look_at(record, alert, known, bounds, means.combiner, looked)
                step(len(some))
    looked.news.sort(key=lambda news: news.incident)
    return looked


def note_looked(alert: Alert, looked: Looked, store: Store, *, at: datetime) -> int:
    """Write down what a look found; how many pieces of news there are. 0 also where another round wrote first, the alert was paused, or is gone."""
    columns = tables.alerts.c
    with store.writing() as connection:
        mine = sa.and_(columns.id == alert.id, columns.rounds == alert.rounds, columns.paused_at.is_(None))
        values = {"rounds": alert.rounds + 1, "number": looked.number, "looked_at": at, "told": alert.told + len(looked.news)}
        if connection.execute(tables.alerts.update().where(mine).values(**values)).rowcount != 1:
            return 0
        _write_known(connection, alert.id, looked.known)
        numbered = enumerate(looked.news, alert.told + 1)
        rows = [{"alert": alert.id, "number": number, "incident": one.incident, "at": at, "plain": to_plain(one)} for number, one in numbered]
        if rows:
            connection.execute(tables.news.insert(), rows)
    return len(looked.news)


def find_passing(connection: sa.Connection, filters: Filters, incidents: Sequence[str]) -> set[str]:
    """Those of these incidents that pass the filters."""
    passing = select_passing(connection, filters)
    return {one for some in _batches(incidents) for one in connection.scalars(passing.where(store_tables.incidents.c.id.in_(some)))}


# -- inside


def _find_asked(connection: sa.Connection, alert: Alert) -> list[str]:
    """The incidents to look at: those that changed, those that wait, those of which is not known what they say; by id.

    Of an alert that begins from the start all that pass, and of one on a tag these and all that are known, as tags change without the incident.
    """
    mine = sa.select(_K.incident).where(_K.alert == alert.id)
    unsaid = sa.or_(_K.state.is_(None), sa.type_coerce(_K.state, sa.Text) == FORGOTTEN)
    asked = {*find_changed(connection, after=alert.number), *connection.scalars(mine.where(sa.or_(_K.waits, unsaid)))}
    tagged = bool(alert.wanted.filters.tag)
    if tagged or alert.number == FROM_START:
        asked.update(connection.scalars(select_passing(connection, alert.wanted.filters)))
    return sorted(asked.union(connection.scalars(mine)) if tagged else asked)


def _load_known(connection: sa.Connection, alert: Alert, incidents: Sequence[str]) -> dict[str, Known]:
    """What the alert knows of these incidents, by id."""
    found: dict[str, Known] = {}
    for some in _batches(incidents):
        rows = connection.execute(sa.select(_K.incident, _K.state, _K.waits).where(_K.alert == alert.id, _K.incident.in_(some)))
        found |= {row.incident: Known(row.state, row.waits) for row in rows}
    return found


def _look_at(record: Record | NotToLeave, alert: Alert, known: Mapping[str, Known], bounds: Bounds, combiner: Combiner, looked: Looked) -> None:
    cleared = bounds.clear(record)
    before = known.get(cleared.incident if isinstance(cleared, HeldBack) else cleared.incident.id)
    if isinstance(cleared, HeldBack):
        looked.known[cleared.incident] = Known(before.state if before else None, waits=True)
        return
    assert isinstance(record, Record)
    state = make_state(cleared.incident, combiner)
    looked.known[cleared.incident.id] = Known(state if record.told else state | {"title": None})  # without accounts less is known of what must be coarse
    news = _news_of(cleared, before, alert, combiner)
    looked.news += [news] if news is not None else []


def _news_of(record: Cleared, before: Known | None, alert: Alert, combiner: Combiner) -> News | None:
    if before is None or (before.waits and before.state is None):
        return make_new(record) if "new" in alert.wanted.kinds else None
    if not before.state:
        return None  # known, and what it said then is not: what it says now is where to begin
    return compare(before.state, record, combiner, kinds=alert.wanted.kinds)


def _withdrawn(alert: Alert, incident: str, before: Known, store: Store, bounds: Bounds) -> Iterator[News]:
    """That an incident which was told is not there any more, or does not pass any more; nothing of one that was never told."""
    if before.state is None:
        return
    told = News(incident=incident, kinds=("withdrawn",), title=before.state.get("title"))
    try:
        now = store.get_incident(incident).id
    except UnknownId:
        yield replace(told, lines=(_("the store holds it no more"),))
        return
    if now == incident:
        yield replace(told, lines=(_("it is still on record, and passes the filter no more"),), now=now)
        return
    cleared = [bounds.clear(one) for one in store.load_records([now], forbids=forbids_passing_on)]
    shown = next((one.incident.id for one in cleared if isinstance(one, Cleared)), None)
    yield replace(told, lines=(_("what it told is held by {incident} now").format(incident=shown or _("another incident")),), now=shown)


def _write_known(connection: sa.Connection, alert: str, known: Mapping[str, Known | None]) -> None:
    for some in _batches(list(known)):
        connection.execute(tables.known.delete().where(_K.alert == alert, _K.incident.in_(some)))
    rows = [{"alert": alert, "incident": incident, "state": one.state, "waits": one.waits} for incident, one in known.items() if one is not None]
    if rows:
        connection.execute(tables.known.insert(), rows)


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
