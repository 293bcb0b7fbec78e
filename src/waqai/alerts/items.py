"""News as it leaves, whatever the door: once more held against the record, so that nothing goes out that its profile holds back by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from waqai.alerts.alert import Alert, Kind
from waqai.alerts.comparing import News, describe_new, title_of
from waqai.alerts.looking import AT_ONCE, Means
from waqai.bounds import Cleared, forbids_passing_on
from waqai.core import from_plain
from waqai.export import incident_as_json
from waqai.schema import alerts as tables
from waqai.store import Store
from waqai.wording import _

MOST = 100
"""So much news stands in a feed; no less than what goes out in one webhook call."""
_N = tables.news.c
_LEFT_OUT = ("accounts", "figures", "notices")
"""Of a record as JSON: it is long, and its page has it. `ranges` stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of news in words. `matches` is the filter that found it, `address` leads to the incident; `record` is the incident now, None where it is gone."""

    number: int
    incident: str
    kinds: tuple[Kind, ...]
    title: str
    lines: tuple[str, ...]
    matches: str
    at: datetime
    address: str
    record: Mapping[str, Any] | None

    @property
    def summary(self) -> str:
        """All of it but the title, on one line."""
        return "; ".join((*self.lines, _("matches {filter}").format(filter=self.matches)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    number: int
    at: datetime
    news: News


def load_items(
    alert: Alert, store: Store, means: Means, *, at: datetime, desk: str, first: int = 1, last: int | None = None, most: int = MOST, newest: bool = True
) -> tuple[Item, ...]:
    """The news of these numbers, at most so many, the newest first or in their order. `desk`: the address at which receivers reach the desk, "" for none.

    Left out is news of an incident that is held back now, or that is gone: then only the news that it was withdrawn is told.
    """
    with store.at_one_moment():
        rows = _load_rows(alert, store, first=first, last=last, most=most, newest=newest)
        records = _load_cleared({row.news.incident for row in rows}, alert, store, means, at=at)
    return tuple(_iter_items(rows, alert, records, means, desk=desk.rstrip("/")))


# -- inside


def _load_rows(alert: Alert, store: Store, *, first: int, last: int | None, most: int, newest: bool) -> list[_Row]:
    chosen = sa.select(_N.number, _N.at, _N.plain).where(_N.alert == alert.id, _N.number >= first)
    chosen = chosen if last is None else chosen.where(_N.number <= last)
    with store.reading() as connection:
        rows = connection.execute(chosen.order_by(_N.number.desc() if newest else _N.number).limit(most)).all()
    return [_Row(number=row.number, at=row.at, news=from_plain(News, row.plain)) for row in rows]


def _load_cleared(incidents: set[str], alert: Alert, store: Store, means: Means, *, at: datetime) -> dict[str, Cleared]:
    """The records of these incidents as the alert's profile lets them be seen now."""
    bounds, ids = means.bounds_of(alert.profile, at), sorted(incidents)
    some = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    cleared = (bounds.clear(one) for chunk in some for one in store.load_records(chunk, forbids=forbids_passing_on))
    return {one.incident.id: one for one in cleared if isinstance(one, Cleared)}


def _iter_items(rows: Sequence[_Row], alert: Alert, records: Mapping[str, Cleared], means: Means, *, desk: str) -> Iterator[Item]:
    matches = alert.matches
    for row in rows:
        news, record = row.news, records.get(row.news.incident)
        if record is None and "withdrawn" not in news.kinds:
            continue
        what = title_of(record.incident) if record is not None else news.title or news.incident
        shown = news.now or news.incident
        yield Item(
            number=row.number,
            incident=news.incident,
            kinds=news.kinds,
            title=f"{_named(news)}: {what}",
            lines=describe_new(record, means.combiner) if record is not None and news.kinds == ("new",) else news.lines,
            matches=matches,
            at=row.at,
            address=f"{desk}/incidents/{shown}" if desk else f"urn:waqai:{shown}",
            record=None if record is None else _as_json(record, means),
        )


def _named(news: News) -> str:
    """What kind of news it is, in a word."""
    if "withdrawn" in news.kinds:
        return _("withdrawn")
    return _("new") if "new" in news.kinds else _("changed")


def _as_json(record: Cleared, means: Means) -> dict[str, Any]:
    return {name: value for name, value in incident_as_json(record.incident, combiner=means.combiner).items() if name not in _LEFT_OUT}
