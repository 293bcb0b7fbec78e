"""What the site's scripts read: the incidents as arrays in files of their own, newest first, so that a page is there before all of them are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waqai.plots import colour_of
from waqai.sites.listing import Listed, country_name, place_text, plain

CHUNK = 2_000
"""Incidents in a file: some 250 KB."""
SUMS_IN_LISTS = 3
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Values with how many incidents have each, the most frequent first; the position of a value stands for it in the arrays."""

    types: Mapping[str, int]
    countries: Mapping[str, int]
    grades: Mapping[str, int]
    statuses: Mapping[str, int]
    families: Mapping[str, str]
    """The family of each type."""


def count_facets(listed: Sequence[Listed]) -> Facets:
    """What lists can be narrowed by: nothing else is counted, places and facilities least of all."""
    grades = Counter(one.grade for one in listed)
    return Facets(
        types=_by_number(one.type for one in listed),
        countries=_by_number(one.country for one in listed),
        grades={name: grades[name] for name in (*GRADES, *sorted(grades.keys() - {*GRADES})) if grades[name]},
        statuses=_by_number(one.status for one in listed),
        families={one.type: one.family for one in sorted(listed, key=lambda one: one.type)},
    )


def _by_number(values: Iterator[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def write_data(listed: Sequence[Listed], words: Mapping[str, str], folder: Path, *, facets: Facets) -> None:
    """`facets.js`, and the rows and the words of each chunk, into the folder."""
    chunks = [listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK)]
    _write(folder, "facets", _described(facets, total=len(listed), chunks=len(chunks)))
    places = {name: {value: at for at, value in enumerate(getattr(facets, name))} for name in ("types", "countries", "grades", "statuses")}
    for n, chunk in enumerate(chunks):
        _write(folder, f"rows-{n}", [_row(one, places) for one in chunk])
        _write(folder, f"words-{n}", [words[one.id] for one in chunk])


def _described(facets: Facets, *, total: int, chunks: int) -> dict[str, Any]:
    families = sorted({*facets.families.values()})
    return {
        "total": total,
        "chunks": chunks,
        "families": [[plain(name), colour_of(name)] for name in families],
        "types": [[name, plain(name), families.index(facets.families[name]), n] for name, n in facets.types.items()],
        "countries": [[code, country_name(code) or "not told", n] for code, n in facets.countries.items()],
        "grades": [[name, name, n] for name, n in facets.grades.items()],
        "statuses": [[name, plain(name), n] for name, n in facets.statuses.items()],
    }


def _row(one: Listed, places: Mapping[str, Mapping[str, int]]) -> list[Any]:
    """id, type, status, grade, country, first day, last day, place, latitude, longitude, radius, figures, reports."""
    coded = [places["types"][one.type], places["statuses"][one.status], places["grades"][one.grade], places["countries"][one.country]]
    days = [one.earliest.isoformat() if one.earliest else "", one.latest.isoformat() if one.latest else ""]
    place = place_text(one.place, one.admin1, one.country, precision=one.precision)
    return [one.id, *coded, *days, place, one.lat, one.lon, one.radius_km, sums_text(one), one.reports]


def sums_text(one: Listed) -> str:
    """The first figures in a few words, whoever they count."""
    return "; ".join(f"{found.text} {plain(found.measure)}" for found in one.sums[:SUMS_IN_LISTS])


def _write(folder: Path, name: str, value: object) -> None:
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    (folder / f"{name}.js").write_text(f'waqai.put("{name}",{told});\n', encoding="utf-8")
