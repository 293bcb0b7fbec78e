"""An incident as lists, maps and timelines show it: one row of a release's `incidents.csv` with its values in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale

from waqai.bounds import Cleared, ClearedIncident
from waqai.core import Incident, Span, When, Where
from waqai.sites.rows import Row, check_id, page_of
from waqai.wording import describe_bounds, describe_number

FEW = "<3"
"""How the public profile writes one or two persons."""
_NO_WORDS = Span(0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Low, best and high of one measure; None where it is not told, or open."""

    measure: str
    low: float | None
    best: float | None
    high: float | None

    @property
    def text(self) -> str:
        """
        >>> Sum(measure="killed", low=3, best=4, high=5).text, Sum(measure="escaped", low=1, best=None, high=2).text
        ('4 (3–5)', '<3')
        """
        return figure_text(self.low, self.best, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One incident of the release."""

    id: str
    type: str
    family: str
    status: str
    grade: str
    because: str
    speakers: int
    reports: int
    earliest: date | None
    latest: date | None
    time_precision: str
    place: str
    admin2: str
    admin1: str
    country: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str
    sums: tuple[Sum, ...]
    sums_of: str
    rule: str

    @property
    def page(self) -> str:
        return page_of(self.id)

    @property
    def what(self) -> str:
        return plain(self.type) + (f" ({plain(self.status)})" if self.status != "occurred" else "")

    @property
    def when(self) -> str:
        return days_text(self.earliest, self.latest)

    @property
    def where(self) -> str:
        return place_text(self.place, self.admin1, self.country, precision=self.precision)

    @property
    def order(self) -> tuple[int, int, str]:
        """Newest first, those without a day last, then by id."""
        return -(self.latest.toordinal() if self.latest else 0), -(self.earliest.toordinal() if self.earliest else 0), self.id


def load_listed(rows: Iterable[Row]) -> tuple[Listed, ...]:
    """Every incident, newest first. Raises NoRelease for an id that could lead out of the folder."""
    return tuple(sorted(map(listed_of, rows), key=lambda one: one.order))


def listed_of(row: Row) -> Listed:
    """The incident of a row."""
    named = {name: row.get(name, "") for name in ("type", "family", "status", "grade", "time_precision", "place", "admin2", "admin1", "country", "precision")}
    placed = {name: number(row.get(name, "")) for name in ("lat", "lon", "radius_km")}
    counted = {name: int(row.get(name) or 0) for name in ("speakers", "reports")}
    days = {name: day(row.get(name, "")) for name in ("earliest", "latest")}
    told = {"because": row.get("grade_because", ""), "sums_of": row.get("figures_of", ""), "rule": row.get("figures_rule", "")}
    return Listed(id=check_id(row["id"]), sums=_sums(row), **named, **placed, **counted, **days, **told)  # type: ignore[arg-type]


def _sums(row: Row) -> tuple[Sum, ...]:
    measures = [name.removesuffix("_low") for name in row if name.endswith("_low")]
    made = (Sum(measure=one, **{name: number(row.get(f"{one}_{name}", "")) for name in ("low", "best", "high")}) for one in measures)
    return tuple(one for one in made if (one.low, one.best, one.high) != (None, None, None))


def figure_text(low: float | None, best: float | None, high: float | None) -> str:
    """A figure as a person would write it; "–" where nothing is told."""
    if low is None:
        return "–" if best is None else describe_number(best)
    return FEW if (low, best, high) == (1, None, 2) else describe_bounds(low, high, best)


def number(text: str) -> float | None:
    return float(text) if text else None


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def plain(name: str) -> str:
    """A name of the codebook as words."""
    return name.replace("_", " ")


def days_text(earliest: date | None, latest: date | None) -> str:
    """
    >>> days_text(date(2023, 6, 18), date(2023, 6, 18)), days_text(date(2023, 6, 1), date(2023, 6, 30)), days_text(date(2023, 1, 1), date(2023, 12, 31))
    ('2023-06-18', '2023-06', '2023')
    >>> days_text(date(2023, 6, 18), date(2023, 6, 20)), days_text(None, None)
    ('2023-06-18 … 2023-06-20', 'day not told')
    """
    if earliest is None or latest is None:
        return "day not told"
    if earliest == latest:
        return earliest.isoformat()
    if earliest.day == 1 and (latest + timedelta(days=1)).day == 1 and earliest.year == latest.year:
        if earliest.month == latest.month:
            return earliest.isoformat()[:7]
        if (earliest.month, latest.month) == (1, 12):
            return str(earliest.year)
    return f"{earliest.isoformat()} … {latest.isoformat()}"


def place_text(place: str, admin1: str, country: str, *, precision: str) -> str:
    """
    >>> place_text("Ain Issa", "Raqqa", "SY", precision="P2_near"), place_text("", "", "SY", precision="P5_country"), place_text("", "", "", precision="")
    ('Ain Issa, Raqqa, Syria (near)', 'Syria', 'place not told')
    >>> place_text("Jazira", "", "SY", precision="P5_region")
    'Jazira, Syria (area)'
    """
    parts = list(dict.fromkeys(part for part in (place, admin1, country_name(country)) if part))
    about = {"P2": " (near)", "P5": " (area)"}.get(precision[:2], "") if place and place != country_name(country) else ""
    return (", ".join(parts) + about) or "place not told"


def country_name(code: str) -> str:
    """The English name, by Unicode CLDR; the code itself where it has none."""
    return str(_territories().get(code.upper(), code)) if code else ""


@cache
def _territories() -> Mapping[str, str]:
    return dict(Locale("en").territories)


def as_cleared(one: Listed) -> Cleared:
    """The incident as pictures take it. A row of a release was cleared when the release was made: nothing is let through here that is not in the file."""
    when = where = None
    if one.earliest is not None and one.latest is not None:
        when = When(earliest=one.earliest, latest=one.latest, basis="", phrase=_NO_WORDS, p=1.0, rule="")
    if one.place or one.country:
        point = {"lat": one.lat, "lon": one.lon, "radius_km": one.radius_km, "precision": one.precision}
        named = {"name": one.place, "admin1": one.admin1 or None, "admin2": one.admin2 or None, "country": one.country or None}
        where = Where(place_id=None, phrase=_NO_WORDS, p=1.0, rule="", **named, **point)  # type: ignore[arg-type]
    told = {"id": one.id, "type": one.type, "grade": one.grade, "grade_because": one.because, "status": one.status, "when": when, "where": where}
    return Cleared(incident=ClearedIncident(Incident(accounts=(), figures=(), **told)), family=one.family)  # type: ignore[arg-type]
