"""How good the record is, from what persons said of it: verdicts, what became of fields by the reader's probability, effort, runs. Never by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import quantiles
from typing import Any

import sqlalchemy as sa

from waqai.logbook.log import iter_entries
from waqai.schema import tables

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Bounds of the bands of the reader's probability; the upper one belongs to the next band, but 1 to the last."""
MEASURES = ("seconds", "keys", "clicks")
FIELDS = ("account", "status", "when", "where", "actor", "count")
_Q, _K, _N, _M = tables.queue.c, tables.checks.c, tables.runs.c, tables.members.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Fields that the reader was so sure of, from `low` to `high`, and that a person looked at: how many, how many stood, and the mean probability."""

    low: float
    high: float
    n: int
    stood: int
    mean: float

    @property
    def share(self) -> float:
        return self.stood / self.n


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldQuality:
    """What became of one field of accounts: in each band, in all, and how often a person added what the reader had missed."""

    field: str
    bands: tuple[Band, ...]
    missed: int

    @property
    def n(self) -> int:
        return sum(band.n for band in self.bands)

    @property
    def stood(self) -> int:
        return sum(band.stood for band in self.bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What saying something of an account took, of `n` accounts: lower quartile, median and upper quartile (None below two)."""

    measure: str
    n: int
    quartiles: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run did: numbers by name, and the versions that it ran with."""

    at: datetime
    counts: Mapping[str, Any]
    versions: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """All that the page of quality tells but agreement. `homeless`: judged accounts that no current reading tells any more."""

    verdicts: Mapping[str, int]
    fields: tuple[FieldQuality, ...]
    effort: tuple[Effort, ...]
    runs: tuple[Run, ...]
    homeless: int

    @property
    def reviewed(self) -> int:
        return sum(n for verdict, n in self.verdicts.items() if verdict != "none")


def load_quality(connection: sa.Connection) -> Quality:
    """What the store holds of it by now."""
    return Quality(
        verdicts=count_verdicts(connection),
        fields=measure_fields(connection),
        effort=measure_effort(connection),
        runs=load_runs(connection),
        homeless=count_homeless(connection),
    )


def count_verdicts(connection: sa.Connection) -> dict[str, int]:
    """How many accounts nobody said anything of (none), were accepted, rejected, corrected in a field and neither, or added by a person."""
    chosen = sa.select(_Q.verdict, sa.func.count()).group_by(_Q.verdict)
    return {row.verdict: row[1] for row in connection.execute(chosen)}


def measure_fields(connection: sa.Connection) -> tuple[FieldQuality, ...]:
    """What became of each field that persons looked at; fields that nobody looked at are left out."""
    number = sa.case(*((_K.p < high, n) for n, high in enumerate(BANDS[1:-1])), else_=len(BANDS) - 2).label("band")
    stood = sa.func.count().filter(_K.outcome == "stood")
    read = sa.select(_K.field, number, sa.func.count(), stood, sa.func.avg(_K.p)).where(_K.p.is_not(None)).group_by(_K.field, number)
    bands: dict[str, list[Band]] = {}
    for name, nth, n, kept, mean in sorted(map(tuple, connection.execute(read))):
        bands.setdefault(name, []).append(Band(low=BANDS[nth], high=BANDS[nth + 1], n=n, stood=kept, mean=mean))
    missing = sa.select(_K.field, sa.func.count()).where(_K.outcome == "missed").group_by(_K.field)
    missed = {row.field: row[1] for row in connection.execute(missing)}
    return tuple(FieldQuality(field=name, bands=tuple(bands.get(name, ())), missed=missed.get(name, 0)) for name in FIELDS if name in bands or name in missed)


def all_bands(fields: Sequence[FieldQuality]) -> tuple[Band, ...]:
    """The bands over all fields together."""
    found = []
    for low, high in pairwise(BANDS):
        inside = [band for one in fields for band in one.bands if band.low == low]
        if n := sum(band.n for band in inside):
            found.append(Band(low=low, high=high, n=n, stood=sum(band.stood for band in inside), mean=sum(band.mean * band.n for band in inside) / n))
    return tuple(found)


def measure_effort(connection: sa.Connection) -> tuple[Effort, ...]:
    """What accounts that were accepted or rejected took, as the page measured it; whose work it was is not asked."""
    told = [entry.value.get("effort") for kind in ("accepted", "rejected") for entry in iter_entries(connection, kind=kind, rare=True) if entry.value]
    measured = [one for one in told if isinstance(one, Mapping)]
    return tuple(_effort(name, [float(one[name]) for one in measured if name in one]) for name in MEASURES) if measured else ()


def load_runs(connection: sa.Connection, *, most: int = 10) -> tuple[Run, ...]:
    """The last runs, the latest first."""
    chosen = sa.select(_N.at, _N.counts, _N.versions).order_by(_N.id.desc()).limit(most)
    return tuple(Run(at=row.at, counts=row.counts, versions=row.versions) for row in connection.execute(chosen))


def count_homeless(connection: sa.Connection) -> int:
    """Judged accounts that no current reading tells any more."""
    return connection.scalar(sa.select(sa.func.count()).select_from(tables.members).where(_M.account.is_(None))) or 0


def _effort(measure: str, values: Sequence[float]) -> Effort:
    if len(values) < 2:
        return Effort(measure=measure, n=len(values), quartiles=None)
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return Effort(measure=measure, n=len(values), quartiles=(low, middle, high))
