"""What an account in a seat is found by when another one looks for company: kind, days, country, place, cell of the map.

They stand beside the seat, each in an index with the days behind it, so that looking goes through a few pages however large the store is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from waqai.core import Day
from waqai.schema import tables
from waqai.schema.once import find_where

COLUMNS = ("family", "type", "day_from", "day_to", "country", "place_id", "cell")


def load_accounts(connection: sa.Connection, accounts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows of these accounts, by account id."""
    return {account: find_where(connection, *tables.accounts.c, id=account)[0]._asdict() for account in accounts}


def signs_of(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The signs that follow from a row of `accounts`."""
    return {
        "family": row["family"],
        "type": row["type"],
        "day_from": number_of(row["near_from"]),
        "day_to": number_of(row["near_to"]),
        "country": row["near_country"],
        "place_id": row["place_id"],
        "cell": None if row["lat"] is None or row["lon"] is None else cell_of(row["lat"], row["lon"]),
    }


def number_of(day: Day | None) -> int | None:
    """The day as a number, 1 for the first of January of the year 1: what both engines can subtract."""
    return None if day is None else day.toordinal()


def cell_of(lat: float, lon: float) -> int:
    """The number of the square degree that holds the point.

    >>> cell_of(36.5, 40.5) - cell_of(36.5, 39.5), cell_of(36.5, 40.5) - cell_of(35.5, 40.5)
    (1, 360)
    """
    return (math.floor(lat) + 90) * 360 + (math.floor(lon) + 180) % 360


def cells_around(lat: float, lon: float, *, km: float) -> tuple[int, ...]:
    """The square degrees that the box of so many kilometres around the point touches.

    >>> cell_of(36.9, 40.9) in cells_around(36.5, 40.5, km=100), len(cells_around(0.5, 0.5, km=100))
    (True, 9)
    """
    dlat = km / 111.0
    dlon = min(180.0, dlat / max(0.01, math.cos(math.radians(lat))))
    rows = range(math.floor(max(-90.0, lat - dlat)), math.floor(min(90.0, lat + dlat)) + 1)
    columns = range(math.floor(lon - dlon), math.floor(lon + dlon) + 1)
    return tuple(sorted({cell_of(row, column) for row in rows for column in columns}))
