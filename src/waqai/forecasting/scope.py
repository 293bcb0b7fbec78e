"""What may be forecast: counts by month, of countries or admin1 units; custody by country only.

One admin1 unit often holds one prison, so that a forecast of escapes there would be one of that prison. What is finer than this is refused with the reason,
whoever asks: nothing in this room takes a facility, a week, a day, an hour or a person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

from waqai.codebook import load_codebook
from waqai.core import BadQuestion, BeyondBounds

Level: TypeAlias = Literal["country", "admin1"]
Measure: TypeAlias = Literal["incidents", "deaths"]
LEVELS: tuple[Level, ...] = ("country", "admin1")
MEASURES: tuple[Measure, ...] = ("incidents", "deaths")
CUSTODY = frozenset({"custody_entry", "custody_inside", "custody_exit"})
"""Families that are forecast by country only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is counted: units of one level, families together (empty: whatever the panel counts, which then came from elsewhere), incidents or deaths."""

    level: Level
    families: tuple[str, ...]
    measure: Measure


def check_scope(*, level: str, families: Collection[str] = (), measure: str = "incidents", step: str = "month") -> Scope:
    """The scope of a forecast that may be made. Raises BeyondBounds for what is finer than the bounds allow, BadQuestion for a word that names nothing here.

    >>> check_scope(level="country", families=["custody_exit"]).level
    'country'
    >>> check_scope(level="admin1", families=["custody_exit"])
    Traceback (most recent call last):
    waqai.core.errors.BeyondBounds: custody (custody_exit) is forecast by country only: one province often holds one prison, and no prison is forecast
    """
    if step != "month":
        raise BeyondBounds(f"forecasts are made by month, not by {step!r}: when in a month something happens is not forecast; ask for months")
    if level not in LEVELS:
        raise BeyondBounds(f"forecasts are made for countries and for their first-level provinces (admin1), not for a {level!r}: no place within is forecast")
    if measure not in MEASURES:
        raise BadQuestion(f"forecasts count incidents or deaths, not {measure!r}")
    named = tuple(sorted(set(families)))
    custody = sorted(CUSTODY & set(named)) if named else sorted(CUSTODY) if measure == "incidents" else []
    if level != "country" and custody:
        told = ", ".join(custody) if named else "part of all families together"
        raise BeyondBounds(f"custody ({told}) is forecast by country only: one province often holds one prison, and no prison is forecast")
    return Scope(level=level, families=_known(named), measure=measure)


def _known(families: tuple[str, ...]) -> tuple[str, ...]:
    known = load_codebook().families
    for family in families:
        if family not in known:
            raise BadQuestion(f"the codebook has no family {family!r}; it has {', '.join(sorted(known))}")
    return families
