"""What is told of a pattern: what it amounts to in plain words first, then figures beside their null, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

import numpy as np

from waqai.observing.happenings import Happenings
from waqai.observing.limits import HAPPENED
from waqai.plots import Picture
from waqai.store import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures as they are read: cells are words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts of weeks or months in order, for a picture that answers the pointer: `days` on which they begin, bounds None where none are told."""

    by: str
    days: tuple[str, ...]
    surely: tuple[int, ...]
    maybe: tuple[int, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer. `testable` False: the record cannot answer, and `says` is why. `plain` holds all figures as JSON can; `asked` says what was counted."""

    title: str
    asked: str
    says: tuple[str, ...]
    testable: bool = True
    tables: tuple[Table, ...] = ()
    picture: Picture | None = None
    counts: Counts | None = None
    notes: tuple[str, ...] = ()
    plain: Mapping[str, Any] = field(default_factory=dict)

    def as_plain(self) -> dict[str, Any]:
        """The answer as JSON: the figures, and the same in words."""
        told = {"title": self.title, "asked": self.asked, "testable": self.testable, "says": list(self.says), "notes": list(self.notes)}
        return told | {"figures": dict(self.plain)}


def not_testable(title: str, asked: str, why: str, notes: Sequence[str] = ()) -> Answer:
    """The answer where the evidence does not carry one."""
    return Answer(title=title, asked=asked, says=(f"Not testable. {why}",), testable=False, notes=tuple(notes))


def describe_filters(filters: Filters) -> str:
    """What was counted, in words; statuses only where they are others than those that are counted anyway.

    >>> describe_filters(Filters(type=("escape", "jailbreak"), country=("SY",), since=date(2019, 1, 1)))
    'happenings of type escape or jailbreak, country SY, from 2019-01-01'
    """
    named = [f"{_NAMES[name]} {' or '.join(_words(one) for one in values)}" for name in _NAMES if (values := getattr(filters, name))]
    named += [f"status {' or '.join(_words(one) for one in filters.status)}"] if filters.status not in ((), HAPPENED) else []
    days = [f"{word} {day.isoformat()}" for word, day in (("from", filters.since), ("to", filters.until)) if day]
    told = ", ".join([*named, *days])
    return f"happenings of {told}" if named and named[0].startswith("type") else f"happenings, {told}" if told else "all happenings"


_NAMES = {"type": "type", "family": "family", "grade": "grade", "country": "country", "admin1": "province", "actor": "with actor", "publisher": "told by"}


def _words(value: str) -> str:
    return value.replace("_", " ")


def list_left_out(found: Happenings, more: Mapping[str, int]) -> tuple[str, ...]:
    """What was not counted and why, a note for each reason, behind what else was done."""
    return (*found.notes, *(f"left out: {n:,} {why}" for why, n in (*found.left_out.items(), *more.items()) if n))


def say_p(p: float) -> str:
    """A p-value as it is read: two digits, and never nought.

    >>> say_p(0.0005), say_p(0.031), say_p(0.5)
    ('< .001', '.031', '.50')
    """
    return "< .001" if p < 0.001 else f"{p:.3f}"[1:] if p < 0.1 else f"{p:.2f}".removeprefix("0")


def say_interval(low: float, high: float, *, digits: int = 2) -> str:
    """Bounds as they are read.

    >>> say_interval(0.5, 2), say_interval(3, 17.26, digits=1)
    ('0.50 to 2.00', '3.0 to 17.3')
    >>> say_interval(0.5, float("inf"))
    '0.50 or more'
    """
    if not np.isfinite(high):
        return f"{low:,.{digits}f} or more"
    return f"{low:,.{digits}f} to {high:,.{digits}f}"


def count_of(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count_of(1, "date"), count_of(2_000, "happening")
    ('1 date', '2,000 happenings')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def to_figures(value: object) -> Any:
    """A result as JSON can hold it: nouns as objects, days in ISO form, arrays as lists, what is no number as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: to_figures(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, np.ndarray):
        return to_figures(value.tolist())
    if isinstance(value, np.generic):
        return to_figures(value.item())
    if isinstance(value, float):
        return round(value, 6) if np.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): to_figures(one) for name, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [to_figures(one) for one in value]
    return value
