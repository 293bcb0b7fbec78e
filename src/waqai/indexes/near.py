"""Questions to the seats: who sits near in days and place, who bears this name. Each has an index of its own and gives so many rows at most, the nearest first.

A store of a million incidents holds hundreds of a day and thousands of a town: what is near must be asked for, as it cannot be looked through. The statements
are made once: putting one together takes longer than answering it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

import sqlalchemy as sa

from waqai.core import Day
from waqai.schema import tables
from waqai.schema.columns import escape_text
from waqai.schema.prepared import Rows, ask

LONGEST_WINDOW = 62
"""Days. What is dated no closer than this (a year, a season) is looked for by its place, as what has no day at all."""
WINDOW_DAYS = 14
"""Reports of one incident that name other days differ by less; a day taken from an announcement can be late by about as much. Wider costs time only."""
WIDTH_PER_DAY = 10
"""An account that tells of a month (31 days) is as far as one that names a day three days off: so many days of width count as one of distance."""
Spot: TypeAlias = Literal["place", "cell", "country", "anywhere"]
Named: TypeAlias = Literal["facility", "place", "actor", "actor id"]
_M = tables.members.c
_ROW = tuple(
    sa.type_coerce(_M[name], _M[name].type if name.startswith("day") else sa.Text).label(name) for name in ("incident", "family", "type", "day_from", "day_to")
)
"""Our own ids and the codebook's words hold nothing that exact text escapes; there are a thousand rows to a question."""


class Window(NamedTuple):
    """The days to look in, as numbers; both None: at any time."""

    first: int | None
    last: int | None

    @property
    def is_open(self) -> bool:
        return self.first is None or self.last is None


def distance(window: Window, day_from: int | None, day_to: int | None) -> float | None:
    """Days between a window and an account's, a tenth of the account's width added; None where either has none.

    >>> distance(Window(10, 10), 12, 12), distance(Window(10, 10), 1, 31), distance(Window(None, None), 1, 1)
    (2.0, 3.0, None)
    """
    if window.first is None or window.last is None or day_from is None or day_to is None:
        return None
    return max(0, day_from - window.last, window.first - day_to) + (day_to - day_from) / WIDTH_PER_DAY


def find_near(connection: sa.Connection, spot: Spot, value: Any, *, families: frozenset[str], window: Window, most: int) -> Rows:
    """Of the seats at this place (in these cells, this country or none, anywhere) and of these families those within WINDOW_DAYS, the nearest first."""
    return ask(connection, _near(spot, families), {"value": value, "begin": window.first, "end": window.last, "most": most})


def find_undated(connection: sa.Connection, place: str, *, families: frozenset[str], type_: str, most: int) -> Rows:
    """Of the seats at this place those without a day, those of this type first."""
    return ask(connection, _undated(families), {"value": place, "type": type_, "most": most})


def find_latest(connection: sa.Connection, place: str, *, families: frozenset[str], until: Day | None, most: int) -> Rows:
    """Of the seats at this place the newest ones up to that day (without one, of all)."""
    return ask(connection, _latest(families), {"value": place, "end": (until or Day.max).toordinal(), "most": most})


def find_named(connection: sa.Connection, kind: Named, name: str, *, around: Day | None, within: tuple[Day, Day] | None, most: int) -> Rows:
    """Seats whose accounts bear a name, `most` before and `most` after `around` (None: the newest), none outside of `within`; so many again without a day."""
    since, until = within or (Day.min, Day.max)
    days = {"around": (around or Day.max).toordinal(), "since": since.toordinal(), "until": until.toordinal()}
    return ask(connection, _NAMED, {"kind": kind, "name": escape_text(name), "most": most} | days)


@cache
def _near(spot: Spot, families: frozenset[str]) -> sa.Select[Any]:
    first, last = sa.bindparam("begin", type_=sa.Integer), sa.bindparam("end", type_=sa.Integer)
    width = (_M.day_to - _M.day_from) / sa.literal_column(str(float(WIDTH_PER_DAY)))
    apart = sa.case((_M.day_from > last, _M.day_from - last), (_M.day_to < first, first - _M.day_to), else_=0) + width
    in_time = (_M.day_from.between(first - WINDOW_DAYS - LONGEST_WINDOW, last + WINDOW_DAYS), _M.day_to >= first - WINDOW_DAYS)
    return sa.select(*_ROW).where(_at(spot), _of(families), *in_time).order_by(apart, _M.incident).limit(_most())


@cache
def _undated(families: frozenset[str]) -> sa.Select[Any]:
    of_type = sa.case((_M.type == sa.bindparam("type", type_=sa.Text), 0), else_=1)
    return sa.select(*_ROW).where(_at("place"), _of(families), _M.day_from.is_(None)).order_by(of_type, _M.incident).limit(_most())


@cache
def _latest(families: frozenset[str]) -> sa.Select[Any]:
    until = _M.day_from <= sa.bindparam("end", type_=sa.Integer)
    return sa.select(*_ROW).where(_at("place"), _of(families), until).order_by(_M.day_from.desc(), _M.incident).limit(_most())


def _at(spot: Spot) -> sa.ColumnElement[bool]:
    if spot == "anywhere":
        return sa.true()
    if spot == "cell":
        return _M.cell.in_(sa.bindparam("value", expanding=True))
    told = sa.bindparam("value", type_=_M[f"{spot}_id" if spot == "place" else spot].type)
    return _M.place_id == told if spot == "place" else sa.or_(_M.country == told, _M.country == "")


def _of(families: frozenset[str]) -> sa.ColumnElement[bool]:
    """There are few sets of families, so each has statements of its own."""
    return _M.family.in_([sa.literal(family, _M.family.type, literal_execute=True) for family in sorted(families)])


def _most() -> sa.BindParameter[int]:
    return sa.bindparam("most", type_=sa.Integer)


def _named() -> Any:
    halves = (
        ("day >= :around AND day <= :until", "day, account"),
        ("day < :around AND day >= :since", "day DESC, account"),
        ("day = 0", "account"),
    )
    said = "SELECT incident, family, type, NULLIF(day, 0) AS day_from, day_to FROM bearers WHERE kind = :kind AND name = :name AND"
    some = (f"SELECT * FROM ({said} {when} ORDER BY {order} LIMIT :most) AS part{place}" for place, (when, order) in enumerate(halves))
    return sa.text(" UNION ALL ".join(some)).columns(*(sa.column(label.name, label.type) for label in _ROW))


_NAMED = _named()
