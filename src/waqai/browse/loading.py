"""Load a picture of a store's incidents: all of them in a few sweeps over narrow columns, or again those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa

from waqai.browse.batches import SOME, Some, exact, iter_batches, raw
from waqai.browse.loading_postings import load_postings
from waqai.browse.mercator import project
from waqai.browse.picture import NO_DAY, NONE, SEVERAL, SINGLE, Column, Mask, Pairs, Picture, Vocabulary, by_code, renew
from waqai.folding.words import Term
from waqai.schema import tables
from waqai.store.changes import find_changed, last_change

MOST_AGAIN, SHARE_AGAIN = 2_000, 0.02
"""More incidents than this, and a larger share of all than this, are not loaded again one by one: everything is, in about the same time."""
_SEPARATOR = "\x1f"
_I, _T = tables.incidents.c, tables.traits.c
_NARROW: tuple[sa.Column[Any], ...] = (_I.id, *(_I[name] for name in SINGLE), _I.earliest, _I.latest, _I.lat, _I.lon, _I.radius_km, _I.reports)
_NAMES = tuple(column.name for column in _NARROW)


def load_picture(connection: sa.Connection) -> Picture:
    """Every incident, without words."""
    vocabularies = {name: Vocabulary(name) for name in (*SINGLE, *SEVERAL)}
    return _load(connection, None, number=last_change(connection), vocabularies=vocabularies)


def refresh_picture(connection: sa.Connection, old: Picture, *, asked: Mapping[Term, Mask] | None = None) -> Picture:
    """The picture as it is now: itself where nothing changed; loaded anew where many incidents did, or where the store is one of earlier changes.

    `asked`: terms that were looked for in the word index, and which pairs of the old picture's postings hold each; the new one knows them, if it was not loaded
    anew.
    """
    number = last_change(connection)
    if number == old.number:
        return old
    changed = sorted(find_changed(connection, after=old.number)) if number > old.number else []
    if not 0 < len(changed) <= max(MOST_AGAIN, SHARE_AGAIN * len(old)):
        return load_picture(connection)
    loaded = _load(connection, changed, number=number, vocabularies=old.vocabularies)
    if old.postings is not None:
        old = replace(old, postings=replace(old.postings, asked=asked or {}))
        loaded = replace(loaded, postings=load_postings(connection, changed, place=_place_of(loaded), like=old.postings))
    return renew(old, loaded, gone=changed)


def add_words(connection: sa.Connection, picture: Picture) -> Picture:
    """The picture with the numbers under which the word index holds its incidents; they take as long to load as all the rest, and most questions need none."""
    return replace(picture, postings=load_postings(connection, None, place=_place_of(picture)))


def _place_of(picture: Picture) -> dict[str, int]:
    return {incident: row for row, incident in enumerate(picture.ids)}


def _load(connection: sa.Connection, some: Some, *, number: int, vocabularies: Mapping[str, Vocabulary]) -> Picture:
    ids: list[str] = []
    made = [_make_columns(dict.fromkeys(_NAMES, ()), vocabularies)]
    for columns in iter_batches(connection, _select_narrow(all=some is None), some):
        batch = dict(zip(_NAMES, columns, strict=True))
        ids += map(exact, batch["id"])
        made.append(_make_columns(batch, vocabularies))
    whole = {name: np.concatenate([batch[name] for batch in made]) for name in made[0]}
    place = {incident: row for row, incident in enumerate(ids)}
    pairs = _load_traits(connection, some, place=place, vocabularies=vocabularies)
    return Picture(number=number, ids=ids, columns=whole, pairs=pairs, vocabularies=vocabularies)


def _make_columns(raw: Mapping[str, Sequence[Any]], vocabularies: Mapping[str, Vocabulary]) -> dict[str, Column]:
    """Raw values as columns of numbers."""
    placed = [None if name is None else f"{country or ''}/{name}" for country, name in zip(raw["country"], raw["admin1"], strict=True)]
    columns: dict[str, Column] = {name: _codes(placed if name == "admin1" else raw[name], vocabularies[name]) for name in SINGLE}
    columns |= {name: _ordinals(raw[name]) for name in ("earliest", "latest")}
    columns |= {name: np.array(raw[name], dtype=np.float64) for name in ("lat", "lon", "radius_km")}  # None becomes NaN
    x, y = project(columns["lat"], columns["lon"])
    return columns | {"x": x, "y": y, "reports": np.array(raw["reports"], dtype=np.int32)}


def _codes(raw: Sequence[str | None], vocabulary: Vocabulary) -> Column:
    numbers = {value: NONE if value is None else vocabulary.number_of(exact(value)) for value in dict.fromkeys(raw)}
    return np.fromiter(map(numbers.__getitem__, raw), dtype=np.int32, count=len(raw))


def _ordinals(raw: Sequence[Any]) -> Column:
    """Days, as text from SQLite, as ordinal numbers."""
    numbers = {day: NO_DAY if day is None else (date.fromisoformat(day) if isinstance(day, str) else day).toordinal() for day in set(raw)}
    return np.fromiter(map(numbers.__getitem__, raw), dtype=np.int32, count=len(raw))


def _load_traits(connection: sa.Connection, some: Some, *, place: Mapping[str, int], vocabularies: Mapping[str, Vocabulary]) -> dict[str, Pairs]:
    rows: dict[str, list[int]] = {name: [] for name in SEVERAL}
    codes: dict[str, list[int]] = {name: [] for name in SEVERAL}
    for batch in iter_batches(connection, _select_traits(all=some is None), some):
        for kind, value, incidents in zip(*batch, strict=True):
            found = [place[incident] for incident in incidents.split(_SEPARATOR)]
            rows[kind] += found
            codes[kind] += [vocabularies[kind].number_of(exact(value))] * len(found)
    return {name: by_code(np.array(rows[name], dtype=np.int32), np.array(codes[name], dtype=np.int32)) for name in SEVERAL}


@cache
def _select_narrow(*, all: bool) -> sa.Select[Any]:
    chosen = sa.select(*(raw(column).label(column.name) for column in _NARROW)).order_by(_I.id)
    return chosen if all else chosen.where(_I.id.in_(SOME))


@cache
def _select_traits(*, all: bool) -> sa.Select[Any]:
    """(kind, value, incidents in one text) of traits."""
    chosen = sa.select(raw(_T.kind), raw(_T.value), raw(sa.func.aggregate_strings(_T.incident, _SEPARATOR))).group_by(_T.kind, _T.value)
    return chosen if all else chosen.where(_T.incident.in_(SOME))
