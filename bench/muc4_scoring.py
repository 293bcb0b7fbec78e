"""Scores five slots of full MUC-4 templates (date, location, stage, effect on human targets, their number) without a person's judgement.

Templates of a text are mapped one to one, only within a type, so that the points over all five slots are highest. A filler brings 1 point where it is right and
0.5 where it is partly right, by the 1992 guidelines (scoring-guidelines.v7, 3.1.2 and 3.2) as far as they need no person:

- date: right where equal; partly where the days lie within the key's, or where it is the default ("- 26 AUG 89") and the key ends on that day.
- location: right where country and the set of places agree (kinds of places, in brackets, are not compared); partly where one of the two does.
- stage: right where equal.
- effect: right where equal and told of the same target; partly where equal and told of another, or where "NO INJURY" stands for "NO INJURY OR DEATH".
- number: right where equal and told of the same target; partly where it is an end of the key's range, or exact where the key says about.

Two targets are the same where a phrase or its last word is. Precision is points over fillers written, recall points over fillers wanted; what the key marks as
optional is wanted only where it was met. The 1992 figures had people decide partial credit, so ours stand beside them, not on one scale with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

SLOTS: Mapping[str, str] = {
    "date": "incident_date",
    "location": "incident_location",
    "stage": "incident_stage",
    "effect": "hum_tgt_effect",
    "number": "hum_tgt_number",
}
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})")
_WEAKER = frozenset(("NO INJURY", "NO DEATH"))
_LEAST_DAY = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """One filler: `values` are equally right; `of` the phrases of the target that it is told of; an optional one need not be written."""

    values: tuple[str, ...]
    of: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`types` are equally right; `slots` holds a row of fillers for each name in SLOTS."""

    types: frozenset[str]
    slots: Mapping[str, tuple[Filler, ...]]
    optional: bool = False


@dataclass(slots=True)
class Tally:
    """Points, fillers written and fillers wanted."""

    points: float = 0.0
    written: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """In percent."""
        return 200 * self.points / (self.written + self.wanted) if self.written + self.wanted else 0.0

    @property
    def precision(self) -> float:
        """In percent."""
        return 100 * self.points / self.written if self.written else 0.0

    @property
    def recall(self) -> float:
        """In percent."""
        return 100 * self.points / self.wanted if self.wanted else 0.0


def read_template(key: Mapping[str, Any]) -> Template:
    """A template of the official form, as `full/` holds it."""
    types = frozenset(part.strip().lower() for filler in key["incident_type"] for value in filler["value"] for part in value.split("/"))
    slots = {name: tuple(_filler(raw) for raw in key.get(slot, ()) if any(raw["value"])) for name, slot in SLOTS.items()}
    return Template(types=types, slots=slots, optional=bool(key.get("template_optional")))


def _filler(raw: Mapping[str, Any]) -> Filler:
    return Filler(
        values=tuple(value.strip().upper() for value in raw["value"] if value),
        of=tuple(phrase.lower() for phrase in raw.get("of", ()) if phrase),
        optional=bool(raw.get("optional")),
    )


def score_templates(texts: Iterable[tuple[Sequence[Template], Sequence[Template]]]) -> dict[str, Tally]:
    """The tally of each slot over (wanted, written) templates of all texts."""
    tallies = {name: Tally() for name in SLOTS}
    for wanted, written in texts:
        _score_text(wanted, written, tallies)
    return tallies


def _score_text(wanted: Sequence[Template], written: Sequence[Template], tallies: Mapping[str, Tally]) -> None:
    mapped = _map_templates(wanted, written)
    for name, tally in tallies.items():
        tally.written += sum(len(template.slots[name]) for template in written)
        for i, key in enumerate(wanted):
            j = mapped.get(i)
            met = fill_points(name, key.slots[name], written[j].slots[name]) if j is not None else {}
            tally.points += sum(met.values())
            tally.wanted += sum(n in met or not (filler.optional or (key.optional and j is None)) for n, filler in enumerate(key.slots[name]))


def _map_templates(wanted: Sequence[Template], written: Sequence[Template]) -> dict[int, int]:
    """Place of each wanted template to that of the written one."""
    if not wanted or not written:
        return {}
    worth = np.array([[_worth(key, template) for template in written] for key in wanted])
    rows, columns = linear_sum_assignment(-worth)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0}


def _worth(key: Template, template: Template) -> float:
    if not key.types & template.types:
        return 0.0
    return 0.01 + sum(sum(fill_points(name, key.slots[name], template.slots[name]).values()) for name in SLOTS)


def fill_points(slot: str, wanted: Sequence[Filler], written: Sequence[Filler]) -> dict[int, float]:
    """Points of the wanted fillers that were met, by their places; each written filler meets one."""
    if not wanted or not written:
        return {}
    points = np.array([[_POINTS[slot](key, filler) for filler in written] for key in wanted])
    rows, columns = linear_sum_assignment(-points)
    return {int(i): float(points[i, j]) for i, j in zip(rows, columns, strict=True) if points[i, j] > 0}


def _best(points: Iterable[float]) -> float:
    return max(points, default=0.0)


def _date_points(key: Filler, filler: Filler) -> float:
    return _best(compare_dates(k, v) for k in key.values for v in filler.values)


def compare_dates(key: str, written: str) -> float:
    """Points of a date.

    >>> compare_dates("26 AUG 89", "26 AUG 89"), compare_dates("- 26 AUG 89", "25 AUG 89"), compare_dates("25 AUG 89", "- 26 AUG 89")
    (1.0, 0.5, 0.0)
    """
    (low, high), (first, last) = read_days(key), read_days(written)
    if high is None or last is None:
        return 0.0
    if (low, high) == (first, last):
        return 1.0
    if first is None:
        return 0.5 if last == high else 0.0
    return 0.5 if (low or _LEAST_DAY) <= first and last <= high else 0.0


def read_days(words: str) -> tuple[date | None, date | None]:
    """First and last day of a date; the first is None for "- 26 AUG 89", both where there is none."""
    days = [_day(*found.groups()) for found in _DAY.finditer(words)]
    if not days or None in days:
        return None, None
    return (None if words.lstrip(" (").startswith("-") else days[0]), days[-1]


def _day(number: str, month: str, year: str) -> date | None:
    try:
        return datetime.strptime(f"{number} {month} {year}", "%d %b %y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _location_points(key: Filler, filler: Filler) -> float:
    return _best(compare_locations(k, v) for k in key.values for v in filler.values)


def compare_locations(key: str, written: str) -> float:
    """Points of a location.

    >>> compare_locations("PERU: LIMA (CITY)", "PERU: LIMA"), compare_locations("PERU: LIMA (CITY)", "PERU"), compare_locations("PERU", "CHILE")
    (1.0, 0.5, 0.0)
    """
    (country, places), (own_country, own_places) = read_location(key), read_location(written)
    if country == own_country:
        return 1.0 if places == own_places else 0.5
    return 0.5 if places and places == own_places else 0.0


def read_location(words: str) -> tuple[str, frozenset[str]]:
    """The country and the places of a location, without their kinds."""
    parts = re.split(r":| - ", re.sub(r"\([^)]*\)?", " ", words.upper().lstrip(" (")))
    names = [" ".join(part.strip(" )").split()) for part in parts]
    return names[0], frozenset(name for name in names[1:] if name)


def _stage_points(key: Filler, filler: Filler) -> float:
    return float(bool(set(key.values) & set(filler.values)))


def _effect_points(key: Filler, filler: Filler) -> float:
    if set(key.values) & set(filler.values):
        return 1.0 if same_target(key.of, filler.of) else 0.5
    return 0.5 if "NO INJURY OR DEATH" in key.values and _WEAKER & set(filler.values) else 0.0


def _number_points(key: Filler, filler: Filler) -> float:
    if set(key.values) & set(filler.values):
        return float(same_target(key.of, filler.of))
    ends = {end for value in key.values for end in re.findall(r"\d+", value)}
    return 0.5 if ends & set(filler.values) else 0.0


def same_target(wanted: Iterable[str], written: Iterable[str]) -> bool:
    """Whether two targets share a phrase or the last word of one."""
    ours, theirs = ({_plain(phrase) for phrase in phrases} - {""} for phrases in (wanted, written))
    return bool(ours & theirs) or bool({o.split()[-1] for o in ours} & {t.split()[-1] for t in theirs})


def _plain(phrase: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", phrase.lower()).split())


_POINTS = {"date": _date_points, "location": _location_points, "stage": _stage_points, "effect": _effect_points, "number": _number_points}
