"""What may be asked of patterns and what may not: by province and week at the finest, of nobody and of no facility (docs/safety.md).

A question that could be narrowed to a prison or a person by its words is refused, with the reason, before anything is computed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Literal, TypeAlias, get_args

from waqai.codebook import Codebook
from waqai.core import BeyondBounds
from waqai.store import Filters

Period: TypeAlias = Literal["week", "month"]
Area: TypeAlias = Literal["country", "admin1"]
PERIODS, AREAS = get_args(Period), get_args(Area)
HAPPENED = ("occurred", "ongoing", "attempted", "foiled")
"""What is counted unless statuses are named: what took place or was tried, not what is planned, threatened or denied."""
CUSTODY = frozenset({"custody_entry", "custody_inside", "custody_exit"})
"""Families that are forecast by country only: one province often holds one prison."""


def check_question(filters: Filters, *, actors: Collection[str]) -> Filters:
    """The filters within the bounds; statuses are HAPPENED unless they name some. `actors`: ids of the register's bodies. Raises BeyondBounds."""
    if filters.words is not None:
        raise BeyondBounds("patterns are not looked for by words, as words can name a facility or a person; ask by type, family, country or admin1")
    if filters.tag:
        raise BeyondBounds("patterns are not looked for by tag, as a tag can gather one facility or one person; ask by type, family, country or admin1")
    other = next((one for one in filters.actor if one not in actors), None)
    if other is not None:
        raise BeyondBounds(f"{other!r} is no body of the register; patterns are not looked for by the name of a facility or a person, only by the id of a body")
    return replace(filters, status=filters.status or HAPPENED)


def check_period(period: str) -> Period:
    """`week` or `month`. Raises BeyondBounds for anything finer, as for what there is not.

    >>> check_period("month")
    'month'
    """
    if period not in PERIODS:
        raise BeyondBounds(f"patterns are told by week or month, not by {period!r}: what is finer could tell of hours, guards and routes")
    return "week" if period == "week" else "month"


def check_area(area: str) -> Area:
    """`country` or `admin1`. Raises BeyondBounds for anything finer.

    >>> check_area("admin1")
    'admin1'
    """
    if area not in AREAS:
        raise BeyondBounds(f"patterns are told by country or admin1, not by {area!r}: no town, camp or prison has one of its own")
    return "country" if area == "country" else "admin1"


def check_forecast(filters: Filters, area: Area, *, codebook: Codebook) -> None:
    """Whether a forecast may be made of these by such areas. Raises BeyondBounds for custody by anything finer than a country."""
    families = set(filters.family) | {codebook.types[one].family for one in filters.type}
    fine = area == "admin1" or bool(filters.admin1)
    if fine and (not families or not CUSTODY.isdisjoint(families)):
        raise BeyondBounds("custody is forecast by country only: one province often holds one prison; name other families, or leave the province out")
