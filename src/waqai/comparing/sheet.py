"""A comparison as rows: one for each happening, all fields of both records side by side.

Where the dataset's terms forbid to pass its rows on, a file that leaves holds ids of theirs and our own values, and nothing from which theirs could be made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waqai.comparing.comparison import Alone, Comparison, Matched
from waqai.comparing.differing import collect_figures, find_span, measure_km
from waqai.comparing.sides import KILLED, Side
from waqai.export.shapes import Value

_HEAD = ("found", "probability", "because", "our_id", "their_id", "their_line", "fits_as_well", "why")
_SIDE = ("first_day", "last_day", "type", "code", "place", "admin1", "country", "lat", "lon", "radius_km", "parties", "publishers")
FOUND = {"match": "both", "possible": "perhaps both"}


class Sheet:
    """Columns and rows of a comparison. `theirs`: their values may be in it."""

    def __init__(self, comparison: Comparison, *, theirs: bool) -> None:
        self._comparison, self._theirs = comparison, theirs
        self._measures = _list_measures(comparison)
        sides = [f"{whose}_{name}" for name in _SIDE for whose in (("our", "their") if theirs else ("our",))]
        apart = ("days_apart", "km_apart") if theirs else ()
        self.columns = (*_HEAD, *sides, *apart, *(column for measure in self._measures for column in self._figure_columns(measure)))

    def iter_rows(self) -> Iterator[dict[str, Value]]:
        """Each happening by its columns, those in both records first; what is empty is left out."""
        for one in self._comparison.matched:
            yield self._only_columns(self._matched_row(one))
        for alone in self._comparison.ours_only:
            yield self._only_columns(_alone_row(alone, "our"))
        for alone in self._comparison.theirs_only:
            yield self._only_columns(_alone_row(alone, "their"))

    def _figure_columns(self, measure: str) -> Iterator[str]:
        for whose in ("our", "their") if self._theirs else ("our",):
            yield from (f"{whose}_{measure}_{bound}" for bound in ("low", "best", "high"))
        if self._theirs:
            yield f"{measure}_apart"

    def _matched_row(self, one: Matched) -> dict[str, Value]:
        fields = {field.name: field for field in one.fields}
        row: dict[str, Value] = {"found": FOUND[one.match.verdict], "probability": one.match.probability, "fits_as_well": "; ".join(one.rivals)}
        if self._theirs:
            km = measure_km(one.ours[0], one.theirs[0])
            row |= {"because": "; ".join(one.match.because), "days_apart": fields["day"].apart, "km_apart": None if km is None else round(km, 1)}
            row |= {f"{measure}_apart": fields[measure].apart for measure in self._measures if measure in fields}
        return row | _tell_side(one.ours, "our") | _tell_side(one.theirs, "their")

    def _only_columns(self, row: Mapping[str, Value]) -> dict[str, Value]:
        return {name: row[name] for name in self.columns if row.get(name) not in (None, "")}


def _list_measures(comparison: Comparison) -> list[str]:
    sides = [side for one in comparison.matched for side in (*one.ours, *one.theirs)]
    sides += [one.side for one in (*comparison.ours_only, *comparison.theirs_only)]
    return sorted({measure for side in sides for measure in side.figures}, key=lambda measure: (measure != KILLED, measure))


def _alone_row(alone: Alone, whose: str) -> dict[str, Value]:
    other = "theirs" if whose == "our" else "ours"
    found = f"outside {other}" if alone.outside else "ours only" if whose == "our" else "theirs only"
    near = f"it fits {alone.near} too, which is matched elsewhere" if alone.near else None
    return {"found": found, "why": alone.outside or near} | _tell_side((alone.side,), whose)


def _tell_side(sides: Sequence[Side], whose: str) -> dict[str, Value]:
    first, span = sides[0], find_span(sides)
    told: dict[str, Any] = {name: getattr(first, name) for name in ("type", "code", "place", "admin1", "country", "lat", "lon", "radius_km", "publishers")}
    told |= {"id": "; ".join(side.id for side in sides), "parties": "; ".join(first.parties), "line": first.line}
    told |= {"first_day": span[0] if span else None, "last_day": span[1] if span else None}
    for measure, held in collect_figures(sides).items():
        told |= {f"{measure}_low": held.low, f"{measure}_best": held.best, f"{measure}_high": held.high}
    return {f"{whose}_{name}": value for name, value in told.items()}
