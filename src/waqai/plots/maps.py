"""A map of incidents: their marks on the shapes of countries and provinces, circles for how uncertain a place is, one mark with a number where several meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, dist, log10, radians

from waqai.bounds import Cleared, ClearedIncident
from waqai.plots.colours import FAINT, INK, colour_of
from waqai.plots.ground import HEIGHT, KM_PER_DEGREE, WIDTH, Frame, draw_land
from waqai.plots.picture import Area, Disc, Label, Picture, Point, Shape, Stroke
from waqai.plots.shapes import Box

LEAST_KM = 300.0
"""A map shows so much from its southern to its northern edge at least."""
CLUSTER = 26
"""Marks nearer to each other than about so many pixels are one."""
OVERLAP = 0.75
"""Of the sum of their radii: what two marks' middles are apart at least."""
_STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Mark:
    """Incidents that are one mark."""

    at: Point
    members: tuple[Cleared, ...]

    @property
    def radius(self) -> float:
        """In pixels: ten times as many incidents are five more, so that no mark hides a continent."""
        return 8 + 5 * log10(len(self.members))

    @property
    def family(self) -> str:
        """The most frequent; of several the first by name."""
        told = Counter(one.family for one in self.members)
        return min(told, key=lambda family: (-told[family], family))


def has_point(incident: ClearedIncident) -> bool:
    """Whether it can be put on a map."""
    return incident.where is not None and incident.where.lat is not None and incident.where.lon is not None


def make_map(records: Sequence[Cleared], *, title: str, subject: str | None = None) -> Picture | None:
    """The map of those of the records that have a point; None where none has. `subject`: the id of the one that the map is about. Raises MissingPart."""
    placed = [one for one in records if has_point(one.incident)]
    if not placed:
        return None
    frame = _make_frame([_point_of(one) for one in placed])
    chosen = [one for one in placed if one.incident.id == subject]
    marks = _gather([one for one in placed if one.incident.id != subject], frame) + [Mark(frame.at(*_point_of(one)), (one,)) for one in chosen]
    shapes: list[Shape] = [*draw_land(frame), *(shape for mark in marks for shape in _draw(mark, frame, subject=subject)), *_scale_bar(frame)]
    shapes.append(Area(points=((-9, HEIGHT), (WIDTH + 9, HEIGHT), (WIDTH + 9, HEIGHT + 400), (-9, HEIGHT + 400)), fill="#ffffff"))
    families = dict.fromkeys(sorted({one.family for one in placed}))
    shapes += _legend(list(families))
    return Picture(width=WIDTH, height=HEIGHT + _legend_height(len(families)), title=title, alt=_alt(placed, records), shapes=tuple(shapes))


def _point_of(record: Cleared) -> tuple[float, float]:
    where = record.incident.where
    assert where is not None and where.lon is not None and where.lat is not None
    return where.lon, where.lat


def _make_frame(points: Sequence[tuple[float, float]]) -> Frame:
    """All points with room around them, in the form of the picture."""
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    middle = (south + north) / 2
    across = max((east - west) * 1.25, 0.0) * cos(radians(middle))
    high = min(max((north - south) * 1.25, LEAST_KM / KM_PER_DEGREE, across * HEIGHT / WIDTH), 170.0)
    scale = HEIGHT / high
    half = WIDTH / scale / cos(radians(middle)) / 2
    lon = (west + east) / 2
    return Frame(Box(west=lon - half, south=middle - high / 2, east=lon + half, north=middle + high / 2), scale)


def _gather(records: Sequence[Cleared], frame: Frame) -> list[Mark]:
    """One mark for those whose points fall into one square of a grid, at the middle of its members."""
    squares: dict[tuple[int, int], list[Cleared]] = {}
    for one in records:
        x, y = frame.at(*_point_of(one))
        squares.setdefault((int(x // CLUSTER), int(y // CLUSTER)), []).append(one)
    return _apart([_mark_of(members, frame) for _, members in sorted(squares.items())], frame)


def _mark_of(members: Sequence[Cleared], frame: Frame) -> Mark:
    points = [frame.at(*_point_of(one)) for one in members]
    return Mark((sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)), tuple(members))


def _apart(marks: Sequence[Mark], frame: Frame) -> list[Mark]:
    """Marks that would hide each other's numbers are one, the largest first."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: -len(one.members)):
        near = next((n for n, other in enumerate(kept) if dist(mark.at, other.at) < OVERLAP * (mark.radius + other.radius)), None)
        if near is None:
            kept.append(mark)
        else:
            kept[near] = _mark_of([*kept[near].members, *mark.members], frame)
    return kept


def _draw(mark: Mark, frame: Frame, *, subject: str | None) -> Iterator[Shape]:
    x, y = mark.at
    colour = colour_of(mark.family)
    first = mark.members[0].incident
    if len(mark.members) > 1:
        yield Disc(x=x, y=y, radius=mark.radius, fill=colour, line="#ffffff", width=1.5, opacity=0.9)
        yield Label(x=x, y=y + 4, words=f"{len(mark.members):,}", anchor="middle", colour="#ffffff", bold=True)
        return
    where = first.where
    if where is not None and where.radius_km is not None and frame.pixels(where.radius_km) > 7:
        yield Disc(x=x, y=y, radius=min(frame.pixels(where.radius_km), WIDTH), fill=colour, line=colour, width=1, opacity=0.15)
    chosen = first.id == subject
    yield Disc(x=x, y=y, radius=7 if chosen else 5, fill=colour, line=INK if chosen else "#ffffff", width=2 if chosen else 1.5)
    if chosen and where is not None:
        end = x > WIDTH * 0.7
        yield Label(x=x - 12 if end else x + 12, y=y + 4, words=where.name, size=13, anchor="end" if end else "start", bold=True, halo=True)


def _scale_bar(frame: Frame) -> Iterator[Shape]:
    km = max((step for step in _STEPS if frame.pixels(step) < 170), default=_STEPS[0])
    left, y = 16.0, HEIGHT - 16.0
    right = left + frame.pixels(km)
    yield Stroke(points=((left, y - 5), (left, y), (right, y), (right, y - 5)), line=INK, width=1.5)
    yield Label(x=(left + right) / 2, y=y - 5, words=f"{km:,} km", size=10, anchor="middle", halo=True)


_IN_ROW = 3


def _legend_height(families: int) -> int:
    return 14 + 20 * -(-families // _IN_ROW) + 18


def _legend(families: Sequence[str]) -> list[Shape]:
    """What the colours stand for, below the map, and whose lines it shows."""
    shapes: list[Shape] = []
    for n, family in enumerate(families):
        x, y = 16 + (n % _IN_ROW) * WIDTH / _IN_ROW, HEIGHT + 22 + 20 * (n // _IN_ROW)
        shapes.append(Disc(x=x, y=y - 4, radius=5, fill=colour_of(family), line="#ffffff", width=1))
        shapes.append(Label(x=x + 11, y=y, words=family.replace("_", " ")))
    y = HEIGHT + _legend_height(len(families)) - 8
    shapes.append(
        Label(x=16, y=y, words="Circles: how far off a place may be. Borders: Natural Earth; no statement about whose land it is.", size=9, colour=FAINT)
    )
    return shapes


def _alt(placed: Sequence[Cleared], records: Sequence[Cleared]) -> str:
    countries = Counter(one.incident.where.country for one in placed if one.incident.where is not None and one.incident.where.country)
    most = ", ".join(f"{country} {n}" for country, n in sorted(countries.items(), key=lambda pair: (-pair[1], pair[0]))[:5])
    without = len(records) - len(placed)
    told = f"Map with {len(placed):,} of {len(records):,} incident{'s' if len(records) != 1 else ''}" + (f" (by country: {most})" if most else "")
    return told + (f"; {without:,} without a point." if without else ".")
