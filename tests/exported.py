"""Small tables and cleared records for the tests of what leaves: a shape that gives the rows it was given, and what a writer makes of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from factories import family_of, make_when, make_where
from waqai.bounds import INTERNAL, PUBLIC, Bounds, Cleared, HeldBack, Profile
from waqai.codebook import UCDP_LIKE, load_actors, load_codebook
from waqai.core import Figure, Incident, LinkedAccount
from waqai.export import About, Combiner, Making
from waqai.export.shapes import Column, Dropped, Row
from waqai.export.tally import Tally
from waqai.export.writing import Writing
from waqai.folding.records import Record
from waqai.store import Store

AT = datetime(2024, 1, 1, tzinfo=UTC)
COLUMNS = (
    Column(name="id", kind="text", title="an id", hxl="#event+id"),
    Column(name="words", kind="text", title="some words", hxl="#description"),
    Column(name="many", kind="number", title="a number", hxl="#affected"),
    Column(name="whole", kind="integer", title="a whole number"),
    Column(name="day", kind="day", title="a day", hxl="#date"),
    Column(name="so", kind="truth", title="whether"),
    Column(name="lat", kind="number", title="latitude", hxl="#geo+lat"),
    Column(name="lon", kind="number", title="longitude", hxl="#geo+lon"),
)
ROW: Row = ("i-1", "Twelve fled", 12.0, -3, date(2021, 3, 5), True, 36.5, 40.5)
EMPTY: Row = ("i-2", None, None, None, None, None, None, None)


class Nowhere:
    """A gazetteer in which nothing is."""

    def kinds_of(self, name: str) -> frozenset[str]:
        return frozenset()


class Rows:
    """A shape that gives these rows for whatever record."""

    needs_accounts = False

    def __init__(self, *rows: Row | Dropped, name: str = "rows", columns: tuple[Column, ...] = COLUMNS) -> None:
        self.name, self.columns, self._rows = name, columns, rows

    def iter_rows(self, cleared: Cleared) -> Iterator[Row | Dropped]:
        return iter(self._rows)


@dataclass(frozen=True)
class Written:
    content: bytes
    tally: Tally


def make_incident(id: str = "i-1", *, figures: Sequence[Figure] = (), **fields: Any) -> Incident:
    """An escape on 5 March 2021 that one report tells of."""
    given: dict[str, Any] = {"type": "escape", "grade": "weak", "grade_because": "one speaker, in 1 report: police", "status": "occurred", "speakers": 1}
    given |= {"when": make_when(date(2021, 3, 5)), "where": make_where(), "accounts": (LinkedAccount(report="r1", account="a-1", role="main"),)}
    return Incident(id=id, figures=tuple(figures), **(given | fields))


def make_figure(low: float, *, measure: str = "escaped", speaker: str = "police", **fields: Any) -> Figure:
    """A figure that counts; `high` and `best` are the number itself unless given."""
    given = {"of_whom": None, "high": low, "best": low, "kind": "exact", "expr": f"{low:g}", "report": "r1", "said_at": date(2021, 3, 8)}
    return Figure(measure=measure, low=low, speaker=speaker, **(given | fields))


def make_bounds(profile: Profile = INTERNAL) -> Bounds:
    return Bounds(profile, places=Nowhere(), actors=load_actors(), at=AT)


def clear(incident: Incident, *, profile: Profile = INTERNAL) -> Cleared:
    """The incident alone, as a profile allows it."""
    cleared = make_bounds(profile).clear(Record(incident=incident, family=family_of(incident.type), since=None))
    assert isinstance(cleared, Cleared)
    return cleared


def cleared_of(store: Store, *, profile: Profile = INTERNAL) -> dict[str, Cleared]:
    """What a store holds, with accounts and claims, by incident."""
    found = [make_bounds(profile).clear(one) for one in store.iter_records(forbids=lambda terms: False, told=True)]
    return {one.incident.id: one for one in found if not isinstance(one, HeldBack)}


def make_making(rule: Any = None) -> Making:
    codebook = load_codebook()
    return Making(codebook=codebook, combiner=Combiner(rule=rule, codebook=codebook, actors=load_actors()))


def make_about(tally: Tally | None = None, *, profile: Profile = PUBLIC, **fields: Any) -> About:
    given: dict[str, Any] = {"filters": {}, "last_entry": 7, "dated": AT, "terms": ("CC BY 4.0",)} | fields
    return About(profile=profile, codebook=load_codebook(), rule=UCDP_LIKE, tally=tally or Tally(), **given)


def write(writer: Callable[..., None], *shapes: Any, records: int = 1, profile: Profile = PUBLIC, **options: Any) -> Written:
    """What this writer makes of so many records in these shapes."""
    tally, file = Tally(), io.BytesIO()
    writing = Writing(tally=tally, about=lambda: make_about(tally, profile=profile), **options)
    writer(shapes, tally.clear([clear(make_incident())] * records), file, writing)
    return Written(file.getvalue(), tally)
