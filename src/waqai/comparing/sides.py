"""A happening as either record has it, in one form: a cleared incident of ours, or a row of another's dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from waqai.bounds import WITHHELD, Cleared
from waqai.codebook import ActorRegister, Codebook
from waqai.core import Day
from waqai.export import Making
from waqai.export.incident_table import find_largest
from waqai.export.tolls import find_toll
from waqai.export.words import publishers_of, reports_of
from waqai.folding.words import fold_words
from waqai.imports import ForeignRow, RowFigure

KILLED = "killed"
_EXACT_KM = 2.0
"""How far from its point a place may lie of which no radius is told."""
_AREA = re.compile(r"\b(?:governorate|province|state|region|district|oblast|department|muhafazah|wilayat?|al)\b")

_KIND = re.compile(r"\b(?:town|village|city|district|neighbou?rhood|camp|subdistrict|the)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How many: `high` None is open, `best` None left open."""

    low: float
    high: float | None
    best: float | None = None

    @property
    def number(self) -> float:
        """The one number that stands for it: the best, else the low."""
        return self.low if self.best is None else self.best

    @property
    def upper(self) -> float:
        """The high; of an open one the number that stands for it, as "at least 20" beside 374 is worth a look."""
        return self.number if self.high is None else self.high

    def gap(self, other: Range) -> float:
        """How many lie between the two; 0 where they overlap.

        >>> Range(low=3, high=5).gap(Range(low=9, high=None)), Range(low=3, high=5).gap(Range(low=5, high=9))
        (4, 0)
        """
        return max(0, self.low - other.upper, other.low - self.upper)

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low:,g} or more"
        return f"{self.low:,g}" if self.low == self.high else f"{self.low:,g}–{self.high:,g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One happening in one of two records. Days are local, both ends included; `code` is its type in the dataset's own scheme, where it has one.

    `parties` are who takes part, as told; `keys` the same as ids of the register or folded names, to be compared. `line` is that of a row in its file.
    """

    id: str
    type: str | None
    family: str | None
    code: str | None = None
    first: Day | None = None
    last: Day | None = None
    place: str | None = None
    admin2: str | None = None
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    parties: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    figures: Mapping[str, Range] = field(default_factory=dict)
    publishers: str | None = None
    line: int | None = None

    @property
    def days(self) -> int | None:
        """How many days it may have taken place on; None: it has none."""
        return None if self.first is None or self.last is None else (self.last - self.first).days + 1


def side_of_row(row: ForeignRow, *, codebook: Codebook, register: ActorRegister, code_column: str | None = None, stand_in: str | None = None) -> Side:
    """A row of theirs; its code is what stands in that column, and one with the type `stand_in` has no type.

    Of several groups under one measure the whole counts, else the largest group: parts may overlap.
    """
    place = row.place
    point = place.lat is not None and place.lon is not None
    return Side(
        id=row.id,
        type=None if row.type == stand_in else row.type,
        family=None if row.type == stand_in else codebook.get_type(row.type).family,
        code=row.cells.get(code_column or ""),
        first=row.earliest,
        last=row.latest,
        place=place.name,
        admin2=place.admin2,
        admin1=place.admin1,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        radius_km=(_EXACT_KM if place.radius_km is None else place.radius_km) if point else None,
        parties=tuple(dict.fromkeys(party.name for party in row.parties)),
        keys=_keys((register.find_actor(party.name), party.name) for party in row.parties),
        figures=_figures_of_row(row.figures),
        publishers="; ".join(row.publishers) or None,
        line=row.line,
    )


def _figures_of_row(figures: Sequence[RowFigure]) -> dict[str, Range]:
    found: dict[str, RowFigure] = {}
    for one in figures:
        held = found.get(one.measure)
        if held is None or (one.of_whom is None, one.low) > (held.of_whom is None, held.low):
            found[one.measure] = one
    return {measure: Range(low=one.low, high=one.high, best=one.best) for measure, one in found.items()}


def side_of_record(cleared: Cleared, *, making: Making, code: str | None) -> Side:
    """An incident of ours, as its profile lets it be seen; `code`: what its type is in the dataset's scheme. The making's rule combines competing figures."""
    incident = cleared.incident
    when, where = incident.when, incident.where
    point = where is not None and where.lat is not None and where.lon is not None
    told = [one for account in cleared.accounts if account.type == incident.type and account.review != "rejected" for one in account.involved]
    named = [one for one in told if one.modality is None and one.name.strip() and WITHHELD not in one.name]
    return Side(
        id=incident.id,
        type=incident.type,
        family=cleared.family,
        code=code,
        first=when.earliest if when else None,
        last=when.latest if when else None,
        place=(where.name or None) if where else None,
        admin2=where.admin2 if where else None,
        admin1=where.admin1 if where else None,
        country=where.country if where else None,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        radius_km=(_EXACT_KM if where.radius_km is None else where.radius_km) if where is not None and point else None,
        parties=tuple(dict.fromkeys(_party_name(one.actor_id, one.name, making.register) for one in named)),
        keys=_keys((one.actor_id or making.register.find_actor(one.name), one.name) for one in named),
        figures=_figures_of_record(cleared, making),
        publishers=publishers_of(reports_of(cleared.accounts)),
    )


def _party_name(actor: str | None, name: str, register: ActorRegister) -> str:
    return register.actors[actor].name if actor in register.actors else name


def _figures_of_record(cleared: Cleared, making: Making) -> dict[str, Range]:
    figures = cleared.incident.figures
    found = {measure: made for measure, (_, made) in find_largest(figures, making.combiner).items()}
    toll = find_toll(figures, making.combiner)
    if toll is not None:
        found[KILLED] = toll.whole
    return {measure: Range(low=made.low, high=made.high, best=made.best) for measure, made in found.items() if made.low is not None}


def _keys(named: Iterable[tuple[str | None, str]]) -> tuple[str, ...]:
    return tuple(sorted({actor or fold_words(name) for actor, name in named} - {""}))


def fold_area(name: str | None) -> str | None:
    """A province's name without the words that one record writes and the other leaves out.

    >>> fold_area("Al-Hasakah Governorate"), fold_area("hasakah"), fold_area(None)
    ('hasakah', 'hasakah', None)
    """
    return None if name is None else " ".join(_AREA.sub(" ", fold_words(name)).split()) or None


def fold_place(name: str | None) -> str | None:
    """A place's name without the words that say what it is.

    >>> fold_place("Jisr ash Shughur town"), fold_place("Rural Damascus"), fold_place("")
    ('jisr ash shughur', 'rural damascus', None)
    """
    folded = fold_words(name or "")
    return " ".join(_KIND.sub(" ", folded).split()) or folded or None
