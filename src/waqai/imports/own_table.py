"""Rows of any table in the columns of our own `waqai export --format csv`, or in columns that a person named for them.

Needed are an id, a type and a first day. Types are the codebook's, its other words for them, or words that a person explained (`types`). A figure of a
measure stands in `killed_low`, `killed_best` and `killed_high`, or in one column `killed`; whoever takes part in a column named like his role.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from waqai.codebook.countries import find_by_alpha3, find_country
from waqai.core import AttrValue
from waqai.imports.cells import Cells
from waqai.imports.rows import ForeignRow, RowFigure, RowParty, RowPlace
from waqai.imports.terms import NO_TYPE, RADIUS_KM, Terms, make_party

REQUIRED = ("id", "type", "earliest")


def parse_own(cells: Cells, line: int, terms: Terms) -> ForeignRow:
    """The row. Raises BadCell."""
    type, status, attrs = _type(cells, terms)
    earliest = cells.need_day("earliest", terms.days)
    latest = cells.day("latest", terms.days) or earliest
    if latest < earliest:
        raise cells.bad("latest", f"it is before the first day, {earliest}")
    sources = cells.listed("source")
    return ForeignRow(
        dataset="csv",
        id=cells.need("id"),
        line=line,
        type=type,
        status=status,
        attrs=attrs,
        earliest=earliest,
        latest=latest,
        place=_place(cells, terms),
        parties=tuple(_parties(cells, terms)),
        figures=tuple(_figures(cells, terms)),
        publishers=sources,
        speaker=sources[0] if len(sources) == 1 else None,
        speaker_columns=cells.named("source") if len(sources) == 1 else (),
        published=cells.day("published", terms.days),
        notes=cells.text("notes"),
        notes_columns=cells.named("notes"),
        type_columns=cells.named("type"),
        when_columns=cells.named("earliest", "latest"),
        cells=cells.filled(),
    )


def _type(cells: Cells, terms: Terms) -> tuple[str, str, Mapping[str, AttrValue]]:
    word = cells.need("type")
    meant = terms.types.get(word.casefold(), word)
    alias = None if meant in terms.codebook.types else terms.codebook.resolve_alias(meant)
    type = alias.type if alias is not None else meant
    if type is None or type not in terms.codebook.types:
        said = f"; {alias.note}" if alias is not None and alias.note else f'; say what it is with --type "{word}=TYPE" (`waqai codebook` lists the types)'
        raise cells.bad("type", f"{NO_TYPE}{said}")
    status = cells.text("status") or (alias.status if alias is not None else None) or "occurred"
    if status not in terms.codebook.statuses:
        raise cells.bad("status", f"it is none of {', '.join(terms.codebook.statuses)}")
    return type, status, alias.attrs if alias is not None else {}


def _place(cells: Cells, terms: Terms) -> RowPlace:
    precision = cells.text("precision")
    if precision is not None and precision not in terms.codebook.place_precisions:
        raise cells.bad("precision", f"it is none of {', '.join(terms.codebook.place_precisions)}")
    lat, lon = cells.point("lat", "lon")
    radius = cells.number("radius_km", low=0, high=20_040)
    if radius is None and lat is not None and precision is not None:
        radius = RADIUS_KM[precision]
    return RowPlace(
        name=cells.text("place"),
        admin2=cells.text("admin2"),
        admin1=cells.text("admin1"),
        country=_country(cells, terms),
        lat=lat,
        lon=lon,
        radius_km=radius,
        precision=precision,
        columns=cells.named("place", "admin2", "admin1", "country", "lat", "lon", "radius_km", "precision"),
    )


def _country(cells: Cells, terms: Terms) -> str | None:
    """By two letters, three, or its English name."""
    said = cells.text("country")
    if said is None or (len(said) == 2 and said.isalpha()):
        return terms.country if said is None else said.upper()
    found = find_by_alpha3(said) if len(said) == 3 else find_country(said, terms.register)
    if found is None:
        raise cells.bad("country", "it is no country that we know; write two letters (ISO 3166-1) or its English name")
    return found


def _parties(cells: Cells, terms: Terms) -> Iterator[RowParty]:
    for role in terms.codebook.roles:
        for name in cells.listed(role):
            yield make_party(role, name, cells.headers.header(role), terms)


def _figures(cells: Cells, terms: Terms) -> Iterator[RowFigure]:
    groups = dict(part.split(": ", 1) for part in cells.listed("figures_of") if ": " in part)
    for measure in terms.codebook.measures:
        names = (measure, f"{measure}_low", f"{measure}_best", f"{measure}_high")
        exact, low, best, high = (cells.whole(name) for name in names)
        if exact is not None:
            low, best, high = exact, exact, exact
        least = low if low is not None else best
        if least is None:
            continue
        if (high is not None and high < least) or (best is not None and not least <= best <= (best if high is None else high)):
            raise cells.bad(f"{measure}_best" if best is not None else f"{measure}_high", f"it does not lie between low, {least}, and high, {high}")
        yield RowFigure(measure=measure, of_whom=groups.get(measure), low=least, high=high, best=best, columns=cells.named(*names[:1], *names[2:], names[1]))
