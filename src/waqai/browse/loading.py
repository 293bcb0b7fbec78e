"""Load a picture of a store's incidents: all of them in a few sweeps over narrow columns, or again those that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, TypeAlias

import numpy as np
import sqlalchemy as sa

from waqai.browse.mercator import project
from waqai.browse.picture import NO_DAY, NONE, SEVERAL, SINGLE, Column, Pairs, Picture, Vocabulary, by_code, renew
from waqai.schema import tables
from waqai.schema.columns import unescape_text
from waqai.store.changes import find_changed, last_change

MOST_AGAIN = 2_000
"""More incidents than this are not loaded again one by one: everything is, in about the same time."""
CHUNK, BATCH = 500, 10_000
_SEPARATOR = "\x1f"
_I, _T, _M, _S = tables.incidents.c, tables.traits.c, tables.members.c, tables.search.c
_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)
_NARROW: tuple[sa.Column[Any], ...] = (_I.id, *(_I[name] for name in SINGLE), _I.earliest, _I.latest, _I.lat, _I.lon, _I.radius_km, _I.reports)
_NAMES = tuple(column.name for column in _NARROW)
Some: TypeAlias = Sequence[str] | None
"""Ids of the incidents to load; None: all."""


def load_picture(connection: sa.Connection) -> Picture:
    """Every incident, without words."""
    vocabularies = {name: Vocabulary(name) for name in (*SINGLE, *SEVERAL)}
    return _load(connection, None, number=last_change(connection), vocabularies=vocabularies, words=False)


def refresh_picture(connection: sa.Connection, old: Picture) -> Picture:
    """The picture as it is now: itself where nothing changed; loaded anew where many incidents did, or where the store is one of earlier changes."""
    number = last_change(connection)
    if number == old.number:
        return old
    changed = sorted(find_changed(connection, after=old.number)) if number > old.number else []
    if not 0 < len(changed) <= MOST_AGAIN:
        return load_picture(connection)
    loaded = _load(connection, changed, number=number, vocabularies=old.vocabularies, words=old.has_words)
    return renew(old, loaded, gone=changed)


def add_words(connection: sa.Connection, picture: Picture) -> Picture:
    """The picture with the numbers under which the word index holds its incidents; they take as long to load as all the rest, and most questions need none."""
    place = {incident: row for row, incident in enumerate(picture.ids)}
    return replace(picture, pairs={**picture.pairs, "words": _load_words(connection, None, place=place)})


def _load(connection: sa.Connection, some: Some, *, number: int, vocabularies: Mapping[str, Vocabulary], words: bool) -> Picture:
    ids: list[str] = []
    made = [_make_columns(dict.fromkeys(_NAMES, ()), vocabularies)]
    for raw in _iter_batches(connection, _select_narrow(all=some is None), some):
        batch = dict(zip(_NAMES, raw, strict=True))
        ids += map(_exact, batch["id"])
        made.append(_make_columns(batch, vocabularies))
    columns = {name: np.concatenate([batch[name] for batch in made]) for name in made[0]}
    place = {incident: row for row, incident in enumerate(ids)}
    pairs = _load_traits(connection, some, place=place, vocabularies=vocabularies)
    if words:
        pairs["words"] = _load_words(connection, some, place=place)
    return Picture(number=number, ids=ids, columns=columns, pairs=pairs, vocabularies=vocabularies)


def _make_columns(raw: Mapping[str, Sequence[Any]], vocabularies: Mapping[str, Vocabulary]) -> dict[str, Column]:
    """Raw values as columns of numbers."""
    placed = [None if name is None else f"{country or ''}/{name}" for country, name in zip(raw["country"], raw["admin1"], strict=True)]
    columns: dict[str, Column] = {name: _codes(placed if name == "admin1" else raw[name], vocabularies[name]) for name in SINGLE}
    columns |= {name: _ordinals(raw[name]) for name in ("earliest", "latest")}
    columns |= {name: np.array(raw[name], dtype=np.float64) for name in ("lat", "lon", "radius_km")}  # None becomes NaN
    x, y = project(columns["lat"], columns["lon"])
    return columns | {"x": x, "y": y, "reports": np.array(raw["reports"], dtype=np.int32)}


def _codes(raw: Sequence[str | None], vocabulary: Vocabulary) -> Column:
    numbers = {value: NONE if value is None else vocabulary.number_of(_exact(value)) for value in dict.fromkeys(raw)}
    return np.fromiter(map(numbers.__getitem__, raw), dtype=np.int32, count=len(raw))


def _ordinals(raw: Sequence[Any]) -> Column:
    """Days, as text from SQLite, as ordinal numbers."""
    numbers = {day: NO_DAY if day is None else (date.fromisoformat(day) if isinstance(day, str) else day).toordinal() for day in set(raw)}
    return np.fromiter(map(numbers.__getitem__, raw), dtype=np.int32, count=len(raw))


def _load_traits(connection: sa.Connection, some: Some, *, place: Mapping[str, int], vocabularies: Mapping[str, Vocabulary]) -> dict[str, Pairs]:
    rows: dict[str, list[int]] = {name: [] for name in SEVERAL}
    codes: dict[str, list[int]] = {name: [] for name in SEVERAL}
    for batch in _iter_batches(connection, _select_traits(all=some is None), some):
        for kind, value, incidents in zip(*batch, strict=True):
            found = [place[incident] for incident in incidents.split(_SEPARATOR)]
            rows[kind] += found
            codes[kind] += [vocabularies[kind].number_of(_exact(value))] * len(found)
    return {name: by_code(np.array(rows[name], dtype=np.int32), np.array(codes[name], dtype=np.int32)) for name in SEVERAL}


def _load_words(connection: sa.Connection, some: Some, *, place: Mapping[str, int]) -> Pairs:
    """Under which rows of the word index each incident is found: that of its own facets, and those of its reports."""
    rows, reports = list(place.values()), list[str]()
    for incidents, told in _iter_batches(connection, _select_told(all=some is None), some):
        rows += map(place.__getitem__, incidents)
        reports += told
    longer = _load_longer(connection, None if some is None else sorted(set(reports)))
    keys = [*(f"incident\x1f{incident}\x1f0" for incident in place), *(f"report\x1f{report}\x1f0" for report in reports)]
    for row, report in zip(rows[len(place) :], tuple(reports), strict=True):
        parts = range(1, longer.get(report, 1))
        rows += [row] * len(parts)
        keys += [f"report\x1f{report}\x1f{part}" for part in parts]
    return by_code(np.array(rows, dtype=np.int32), hash_keys(keys))


def _load_longer(connection: sa.Connection, reports: Some) -> dict[str, int]:
    """In how many parts those reports stand in the word index that stand there in more than one."""
    batches = _iter_batches(connection, _select_longer(all=reports is None), reports)
    return {report: parts for told, numbers in batches for report, parts in zip(told, numbers, strict=True)}


def hash_keys(keys: Sequence[str]) -> Column:
    """The numbers that `store.index.row_id` gives, of many rows in a third of its time.

    >>> from waqai.indexes.index import row_id
    >>> hash_keys(["incident\\x1fi-1\\x1f0"]).tolist() == [row_id("incident", "i-1", 0)]
    True
    """
    digests = b"".join([sha256(key.encode()).digest()[:8] for key in keys])
    return (np.frombuffer(digests, dtype=">u8") >> np.uint64(1)).astype(np.int64)


def _iter_batches(connection: sa.Connection, chosen: sa.Select[Any], some: Some) -> Iterator[tuple[Sequence[Any], ...]]:
    """Columns of some thousand rows at a time as the driver gives them, for all or for some incidents: as rows, SQLAlchemy's take twice the time."""
    for asked in [{}] if some is None else [{"some": some[start : start + CHUNK]} for start in range(0, len(some), CHUNK)]:
        cursor: Any = connection.execute(chosen, asked).cursor
        while rows := cursor.fetchmany(BATCH):
            yield tuple(zip(*rows, strict=True))
        cursor.close()


def _exact(raw: str) -> str:
    return str(unescape_text(raw))


def _raw(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """SQL: the column as the driver gives it. Of hundreds of thousands of values only the different ones are worth a look."""
    return sa.type_coerce(column, sa.types.NullType())


@cache
def _select_narrow(*, all: bool) -> sa.Select[Any]:
    chosen = sa.select(*(_raw(column).label(column.name) for column in _NARROW)).order_by(_I.id)
    return chosen if all else chosen.where(_I.id.in_(_SOME))


@cache
def _select_traits(*, all: bool) -> sa.Select[Any]:
    """(kind, value, incidents in one text) of traits."""
    chosen = sa.select(_raw(_T.kind), _raw(_T.value), _raw(sa.func.aggregate_strings(_T.incident, _SEPARATOR))).group_by(_T.kind, _T.value)
    return chosen if all else chosen.where(_T.incident.in_(_SOME))


@cache
def _select_told(*, all: bool) -> sa.Select[Any]:
    """(incident, report) of the accounts with a home."""
    chosen = sa.select(_raw(_M.incident), _raw(_M.report_sha256)).where(_M.account.is_not(None))
    return chosen if all else chosen.where(_M.incident.in_(_SOME))


@cache
def _select_longer(*, all: bool) -> sa.Select[Any]:
    """(report, parts) of the reports that stand in the word index in more than one part."""
    chosen = sa.select(_raw(_S.report_sha256), sa.func.count()).where(_S.report_sha256.is_not(None)).group_by(_S.report_sha256).having(sa.func.count() > 1)
    return chosen if all else chosen.where(_S.report_sha256.in_(_SOME))
