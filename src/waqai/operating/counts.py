"""What a store holds and what waits in it, as metrics: counted at most once in some seconds, whoever asks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from prometheus_client.core import GaugeMetricFamily, Metric

from waqai import __version__
from waqai.flow import Run, now
from waqai.schema import alerts, attempts, feeds, tables
from waqai.schema.migrations import HEAD, find_revision
from waqai.store import Store

KEPT_S = 15.0
"""Seconds that a count is kept: Prometheus asks every 15 to 60."""
STAGES = ("waits", "reads", "done", "failed")
_RUNNING = {"fetches": "reads", "loads": "reads", "settles": "reads"}
_COUNTED: Mapping[str, tuple[str, sa.Table]] = {
    "waqai_reports": ("Reports in the store.", tables.reports),
    "waqai_readings": ("Readings of reports, of every reader.", tables.readings),
    "waqai_incidents": ("Incidents, as they are folded now.", tables.incidents),
    "waqai_log_entries": ("Entries of the log.", tables.log),
    "waqai_runs": ("Runs that were ended and kept.", tables.runs),
    "waqai_alerts": ("Alerts.", alerts.alerts),
    "waqai_alert_news": ("Pieces of news that alerts have told.", alerts.news),
}


class Counts:
    """The metrics of a store. Threads may ask at once; one counts, the others wait for it."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._kept: tuple[float, tuple[Metric, ...]] | None = None

    def collect(self) -> tuple[Metric, ...]:
        """What was counted last, or now. Raises StoreError."""
        with self._lock:
            if self._kept is None or time.monotonic() - self._kept[0] >= KEPT_S:
                with self._store.committed() as connection:
                    self._kept = (time.monotonic(), tuple(_count(connection, at=now())))
            return self._kept[1]


def metrics_of_runs(runs: Iterable[Run]) -> Metric:
    """How many of the runs that this desk remembers wait, are read, are done, failed."""
    stages = [_RUNNING.get(run.stage, run.stage) for run in runs]
    family = GaugeMetricFamily("waqai_desk_runs", "Runs of adding that this desk remembers.", labels=("stage",))
    for stage in STAGES:
        family.add_metric((stage,), stages.count(stage))
    return family


def find_fault(store: Store) -> str | None:
    """Why this store cannot be worked with, in a word; None: it can. Raises StoreError where it does not answer."""
    with store.committed(newest=True) as connection:
        return None if find_revision(connection) == HEAD else "schema"


def _count(connection: sa.Connection, *, at: datetime) -> Iterable[Metric]:
    for name, (what, table) in _COUNTED.items():
        yield _gauge(name, what, connection.scalar(sa.select(sa.func.count()).select_from(table)))
    for name, (what, chosen) in _waiting(at).items():
        yield _gauge(name, what, connection.scalar(chosen))
    rounds = sa.select(sa.func.sum(alerts.alerts.c.rounds), sa.func.max(alerts.alerts.c.looked_at))
    number, looked_at = connection.execute(rounds).one()
    yield _gauge("waqai_alert_rounds", "Rounds that wrote something, of all alerts that there are.", number)
    yield _gauge("waqai_alert_last_round_timestamp_seconds", "When an alert was last looked at; 0: never.", looked_at.timestamp() if looked_at else 0)
    yield _gauge("waqai_store_bytes", "How large the database is, with what SQLite keeps beside it.", _bytes_of(connection))
    schema = GaugeMetricFamily("waqai_info", "1; its labels say which waqai, which schema the store has and which one this waqai wants.", labels=_INFO)
    schema.add_metric((__version__, find_revision(connection) or "none", HEAD), 1)
    yield schema


def _waiting(at: datetime) -> Mapping[str, tuple[str, sa.Select[Any]]]:
    """What somebody or something has to be done about."""
    sent, fed, item, tried = alerts.deliveries.c, feeds.feeds.c, feeds.items.c, attempts.attempts.c
    number = sa.select(sa.func.count())
    due = number.where(fed.next_look <= at, fed.paused_at.is_(None))
    return {
        "waqai_feeds": ("Feeds that are watched.", number.select_from(feeds.feeds)),
        "waqai_feeds_due": ("Feeds whose time has come; many, for long: no round of `waqai watch run` goes on.", due),
        "waqai_feeds_failing": ("Feeds that did not answer when they were last looked at.", number.where(fed.failures > 0)),
        "waqai_feed_items_waiting": ("What feeds named and nobody has fetched yet.", number.where(item.next_try.is_not(None))),
        "waqai_quarantined": ("Reports that ended what read them, set apart.", number.where(tried.state == "quarantined")),
        "waqai_alert_deliveries_waiting": ("Deliveries of alerts that are to be tried, for the first time or again.", number.where(sent.next_try.is_not(None))),
        "waqai_alert_deliveries_given_up": ("Deliveries of alerts that were given up.", number.where(sent.given_up_at.is_not(None))),
    }


_INFO = ("version", "schema", "wanted_schema")


def _gauge(name: str, what: str, value: Any) -> Metric:
    return GaugeMetricFamily(name, what, value=float(value or 0))


def _bytes_of(connection: sa.Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0)
    named = connection.engine.url.database or ""
    return sum(path.stat().st_size for ending in ("", "-wal", "-shm") if (path := Path(f"{named}{ending}")).is_file())
