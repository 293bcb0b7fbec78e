"""Rows in ACLED's columns (codebook of 2024, and our own export in them) as what they say happened.

type            by the sub-event type, through the crosswalk backwards
day             precision 1 the day, 2 seven days around it, 3 thirty-one: ACLED dates by the middle what it knows to the week or month
sides           actor1 and those beside it act; actor2 and those beside it are target or victim. "Protesters" and "Rioters" say no more than the type
fatalities      at least so many: ACLED gives the lowest number reported. 0 says that nobody reported any, and is no figure
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from waqai.codebook.countries import find_by_number
from waqai.imports.cells import Cells
from waqai.imports.rows import ForeignRow, RowFigure, RowParty, RowPlace
from waqai.imports.terms import RADIUS_KM, Terms, country_of, find_place_code, find_type, first_role, make_party, second_role, widen

REQUIRED = ("event_id_cnty", "event_date", "time_precision", "sub_event_type", "country", "location", "geo_precision")
_DAYS = {1: 1, 2: 7, 3: 31}
_CROWD = re.compile(r"(?:protesters|rioters)(?:\s*\([^()]*\))?", re.IGNORECASE)
_EXCESSIVE, _INTERVENTION = "excessive force against protesters", "protest with intervention"
_SIZE = re.compile(r"crowd size=([^;]+)", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d,]*")


def parse_acled(cells: Cells, line: int, terms: Terms) -> ForeignRow:
    """The row. Raises BadCell."""
    code = cells.need("sub_event_type")
    home = find_type(cells, "acled", "sub_event_type", code, terms=terms)
    assert home.type is not None
    earliest, latest = _days(cells, terms)
    sources = cells.listed("source")
    return ForeignRow(
        dataset="acled",
        id=cells.need("event_id_cnty"),
        line=line,
        type=home.type,
        status="occurred",
        attrs=home.attrs,
        earliest=earliest,
        latest=latest,
        place=_place(cells, terms),
        parties=tuple(_parties(cells, code, home.type, terms)),
        figures=tuple(_figures(cells, terms)),
        publishers=sources,
        speaker=sources[0] if len(sources) == 1 else None,
        speaker_columns=cells.named("source") if len(sources) == 1 else (),
        published=_changed(cells),
        language="en",
        notes=cells.text("notes"),
        notes_columns=cells.named("notes"),
        type_columns=cells.named("sub_event_type"),
        when_columns=cells.named("event_date", "time_precision"),
        cells=cells.filled(),
    )


def _days(cells: Cells, terms: Terms) -> tuple[date, date]:
    day = cells.need_day("event_date", terms.days)
    exact = int(cells.code("time_precision", {1: "1", 2: "2", 3: "3"}))
    return widen(day, day, days=_DAYS[exact])


def _place(cells: Cells, terms: Terms) -> RowPlace:
    precision = cells.code("geo_precision", find_place_code(terms.codebook, "acled"))
    name, admin1, admin2 = cells.text("location"), cells.text("admin1"), cells.text("admin2")
    if precision == "P2_near" and name is not None and name == admin2:
        precision = "P3_admin2"
    number = cells.whole("iso")
    country = (find_by_number(number) if number is not None else None) or country_of(cells, "country", terms)
    lat, lon = cells.point("latitude", "longitude")
    return RowPlace(
        name=name,
        admin2=admin2,
        admin1=admin1,
        country=country,
        lat=lat,
        lon=lon,
        radius_km=None if lat is None else RADIUS_KM[precision],
        precision=precision,
        columns=cells.named("location", "admin2", "admin1", "country", "latitude", "longitude", "geo_precision"),
    )


def _parties(cells: Cells, code: str, type: str, terms: Terms) -> Iterator[RowParty]:
    """Who acts, then whom it is directed at; where a crowd is met with force, the crowd stands first in ACLED and is whom it is directed at."""
    is_turned = code.casefold() == _INTERVENTION
    for side, acts in (("1", not is_turned), ("2", is_turned)):
        for column in (f"actor{side}", f"assoc_actor_{side}"):
            names = (cells.text(column) or "",) if column.startswith("actor") else cells.listed(column)
            for name in names:
                if name and not _CROWD.fullmatch(name):
                    role = first_role(type, terms.codebook) if acts else second_role(type, name, terms.codebook)
                    yield make_party(role, name, cells.headers.header(column), terms)


def _figures(cells: Cells, terms: Terms) -> Iterator[RowFigure]:
    dead = cells.whole("fatalities")
    if dead:
        yield RowFigure(measure="killed", low=dead, high=None, best=dead, columns=cells.named("fatalities"))
    for found in _SIZE.finditer(cells.text("tags") or ""):
        size = _size(found[1].strip(), terms)
        if size is not None:
            low, high, best = size
            yield RowFigure(measure="participants", low=low, high=high, best=best, words=found[1].strip(), columns=cells.named("tags"))


def _size(words: str, terms: Terms) -> tuple[int, int | None, int | None] | None:
    """Low, high and best of a crowd's size in words; None for words without a number ("no report")."""
    numbers = [int(found[0].replace(",", "")) for found in _DIGITS.finditer(words)]
    if len(numbers) == 2:
        return min(numbers), max(numbers), None
    if not numbers:
        vague = terms.codebook.find_vague(words)
        return None if vague is None else (vague.low, vague.high, None)
    near = next((one for word, one in terms.codebook.approx.items() if re.search(rf"\b{word}\b", words, re.IGNORECASE)), None)
    number = numbers[0]
    if near is None:
        return number, number, number
    return round(number * (1 - near.below)), None if near.above is None else round(number * (1 + near.above)), number


def _changed(cells: Cells) -> date | None:
    """The day of ACLED's timestamp, which counts seconds, in UTC."""
    seconds = cells.number("timestamp", low=0, high=32_503_680_000)
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC).date()
