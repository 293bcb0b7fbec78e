"""Rows in the columns of UCDP's Georeferenced Event Dataset (GED; our own export in them too) as what they say happened.

type            of the kind of violence: 1 and 2 are fighting, 3 is an attack on civilians
days            first to last, widened where `date_prec` says that less is known
deaths          low, best and high; those of a side and of civilians beside them. An empty `high` is open. Where the three contradict each other, as in
                some hundred rows of Syria, the range is the one that holds all of them
who says it     `source_original` where it names one, else the one office that printed it; where there are several, the dataset speaks for itself
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from waqai.imports.cells import Cells
from waqai.imports.rows import ForeignRow, RowFigure, RowParty, RowPlace
from waqai.imports.terms import CIVILIANS, NO_TYPE, RADIUS_KM, Terms, country_of, find_place_code, find_type, make_party, second_role, widen

REQUIRED = ("id", "type_of_violence", "where_prec", "latitude", "longitude", "date_prec", "date_start", "date_end", "best")
_LEAST_DAYS = {1: 1, 2: 2, 3: 7, 4: 28, 5: 32}
"""The least days of a span of each precision: a month may be a February."""
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOBODY = frozenset({"-1", "unknown", "n/a"})


def parse_ucdp(cells: Cells, line: int, terms: Terms) -> ForeignRow:
    """The row. Raises BadCell."""
    kind = cells.text("type_of_violence")
    if kind is None:
        raise cells.bad("type_of_violence", f"{NO_TYPE}: the kind of violence is not told")
    home = find_type(cells, "ucdp", "type_of_violence", kind.removesuffix(".0"), terms=terms)
    assert home.type is not None
    earliest, latest = _days(cells, terms)
    speaker, told = _speaker(cells)
    return ForeignRow(
        dataset="ucdp",
        id=cells.need("id").removesuffix(".0"),
        line=line,
        type=home.type,
        status="occurred",
        attrs=home.attrs,
        earliest=earliest,
        latest=latest,
        place=_place(cells, terms),
        parties=tuple(_parties(cells, home.type, terms)),
        figures=tuple(_figures(cells)),
        publishers=cells.listed("source_office"),
        speaker=speaker,
        speaker_columns=told,
        published=_published(cells, earliest),
        language="en",
        notes=cells.text("source_headline"),
        notes_columns=cells.named("source_headline"),
        type_columns=cells.named("type_of_violence"),
        when_columns=cells.named("date_start", "date_end", "date_prec"),
        cells=cells.filled(),
    )


def _days(cells: Cells, terms: Terms) -> tuple[date, date]:
    first, last = cells.need_day("date_start", terms.days), cells.need_day("date_end", terms.days)
    if last < first:
        raise cells.bad("date_end", f"it is before date_start, {first}")
    exact = int(cells.code("date_prec", {code: str(code) for code in _LEAST_DAYS}))
    return widen(first, last, days=_LEAST_DAYS[exact])


def _place(cells: Cells, terms: Terms) -> RowPlace:
    precision = cells.code("where_prec", find_place_code(terms.codebook, "ucdp"))
    lat, lon = cells.point("latitude", "longitude")
    return RowPlace(
        name=cells.text("where_coordinates"),
        admin2=cells.text("adm_2"),
        admin1=cells.text("adm_1"),
        country=country_of(cells, "country", terms),
        lat=lat,
        lon=lon,
        radius_km=None if lat is None else RADIUS_KM[precision],
        precision=precision,
        columns=cells.named("where_coordinates", "adm_2", "adm_1", "country", "latitude", "longitude", "where_prec"),
    )


def _parties(cells: Cells, type: str, terms: Terms) -> Iterator[RowParty]:
    first, second = cells.text("side_a"), cells.text("side_b")
    if first:
        yield make_party("initiator", first, cells.headers.header("side_a"), terms)
    if second:
        yield make_party(second_role(type, second, terms.codebook), second, cells.headers.header("side_b"), terms)


def _figures(cells: Cells) -> Iterator[RowFigure]:
    best, low, high = (cells.whole(name) for name in ("best", "low", "high"))
    told = [number for number in (best, low, high) if number is not None]
    if any(told):
        is_open = high is None and cells.headers.find("high") is not None
        yield RowFigure(measure="killed", low=min(told), high=None if is_open else max(told), best=best, columns=cells.named("best", "low", "high"))
    groups = (("deaths_a", cells.text("side_a")), ("deaths_b", cells.text("side_b")), ("deaths_civilians", CIVILIANS))
    for column, of_whom in groups:
        dead = cells.whole(column)
        if dead and of_whom:
            yield RowFigure(measure="killed", of_whom=of_whom, low=dead, high=dead, best=dead, columns=cells.named(column))


def _speaker(cells: Cells) -> tuple[str | None, tuple[str, ...]]:
    """Whom the row names as saying so, and where; None where that is several or nobody."""
    for column in ("source_original", "source_office"):
        named = [one for one in cells.listed(column) if one.casefold() not in _NOBODY]
        if len(dict.fromkeys(named)) == 1:
            return named[0], cells.named(column)
        if named:
            break
    return None, ()


def _published(cells: Cells, earliest: date) -> date | None:
    """The last of the days on which its sources came out; None where that is before the event, which is a slip."""
    found = []
    for written in _ISO_DAY.findall(cells.text("source_date") or ""):
        try:
            found.append(date.fromisoformat(written))
        except ValueError:  # a day that no month has, of one source among several
            continue
    last = max(found, default=None)
    return last if last is not None and last >= earliest else None
