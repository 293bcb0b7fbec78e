"""Happenings of two records for tests, made by hand: one fight on one day in one town, and what is changed of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from waqai.comparing import Held
from waqai.comparing.sides import Range, Side
from waqai.imports import ForeignRow, RowFigure, RowParty, RowPlace

DAY = date(2021, 3, 5)
FEWEST, MOST = 1, 12


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def killed(low: float, high: float | None = None, **others: Range) -> dict[str, Range]:
    return {"killed": Range(low=low, high=low if high is None else high, best=low), **others}


def side(id: str, day: date | None = DAY, last: date | None = None, **fields: Any) -> Side:
    given: dict[str, Any] = {"type": "clash", "family": "combat", "place": "Tel Salam", "admin1": "Hasakah", "country": "SY", "lat": 36.5, "lon": 40.5}
    given |= {"radius_km": 5.0, "parties": ("Northern Council",), "keys": ("northern council",), "figures": killed(3)} | fields
    return Side(id=id, first=day, last=last or day, **given)


def held(*sides: Side) -> list[Held]:
    return [Held(side=one) for one in sides]


def many(count: int, *, mark: str, step_days: int = 9) -> list[Side]:
    """So many happenings, each at another time, in another town, with other dead: no two of them are alike."""
    return [
        side(
            f"{mark}{number}",
            later(number * step_days),
            place=f"{'QWRTZPSDFG'[number % 10]}{'aeiou'[number % 5]}{'lmnrk'[number // 10 % 5]}in {number}",
            lat=33.0 + number % 7 * 0.5,
            lon=36.0 + number % 11 * 0.5,
            admin1=f"province {number % 5}",
            figures=killed(FEWEST + number % MOST),
            keys=(f"group {number % 4}",),
        )
        for number in range(count)
    ]


def row(id: str = "1", **fields: Any) -> ForeignRow:
    """A row of UCDP's on the same fight."""
    given: dict[str, Any] = {"dataset": "ucdp", "line": 2, "type": "clash", "status": "occurred", "earliest": DAY, "latest": DAY}
    given |= {"place": RowPlace(name="Tel Salam village", admin1="Hasakah Governorate", country="SY", lat=36.52, lon=40.5, radius_km=5.0)}
    given |= {"parties": (RowParty(role="initiator", name="Northern Council"), RowParty(role="target", name="IS"))}
    given |= {"figures": (RowFigure(measure="killed", low=3, high=5, best=4),), "publishers": ("SOHR",), "cells": {"type_of_violence": "2"}}
    return ForeignRow(id=id, **given | fields)
