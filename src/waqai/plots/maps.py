"""A map of incidents: their marks on the shapes of countries and provinces, circles for how uncertain a place is, one mark with a number where several meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from waqai.bounds import Cleared, ClearedIncident
from waqai.plots.colours import BORDER, FAINT, INK, INNER, LAND, SEA, colour_of
from waqai.plots.fonts import width_of
from waqai.plots.picture import Area, Disc, Label, Picture, Point, Shape, Stroke
from waqai.plots.shapes import Box, Outline, Ring, clip, load_countries, load_provinces

WIDTH, HEIGHT = 720, 440
KM_PER_DEGREE = 111.2
LEAST_KM = 300.0
"""A map shows so much from its southern to its northern edge at least."""
PROVINCES_KM = 1500.0
"""Maps that show more than this have no provinces."""
CLUSTER = 26
"""Marks nearer to each other than about so many pixels are one."""
_STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where degrees lie on the picture: equirectangular, true to scale along its middle latitude."""

    box: Box
    scale: float
    """Pixels for a degree of latitude."""

    def at(self, lon: float, lat: float) -> Point:
        middle = (self.box.south + self.box.north) / 2
        return (lon - self.box.west) * self.scale * cos(radians(middle)), (self.box.north - lat) * self.scale

    def pixels(self, km: float) -> float:
        return km / KM_PER_DEGREE * self.scale


@dataclass(frozen=True, slots=True)
class Mark:
    """Incidents that are one mark."""

    at: Point
    members: tuple[Cleared, ...]

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
    shapes: list[Shape] = [*_land(frame), *(shape for mark in marks for shape in _draw(mark, frame, subject=subject)), *_scale_bar(frame)]
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


def _land(frame: Frame) -> Iterator[Shape]:
    yield Area(points=((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)), fill=SEA)
    seen = [country for country in load_countries() if country.box.overlaps(frame.box)]
    for country in seen:
        yield from (Area(points=points, fill=LAND, line=BORDER, width=1) for points in _outlines(country, frame))
    if (frame.box.north - frame.box.south) * KM_PER_DEGREE < PROVINCES_KM:
        for province in load_provinces():
            if province.box.overlaps(frame.box):
                yield from (Area(points=points, fill=None, line=INNER, width=0.7) for points in _outlines(province, frame))
        for country in seen:  # again, above the provinces' lines
            yield from (Area(points=points, fill=None, line=BORDER, width=1.2) for points in _outlines(country, frame))
    yield from filter(None, (_name_of(country, frame) for country in seen))


def _outlines(outline: Outline, frame: Frame) -> Iterator[tuple[Point, ...]]:
    """The rings as far as they are seen, a point for every half pixel at most."""
    margin = 4 / frame.scale  # so that the edge of the picture is no border
    wide = Box(west=frame.box.west - margin, south=frame.box.south - margin, east=frame.box.east + margin, north=frame.box.north + margin)
    for ring in outline.rings:
        points = _thin([frame.at(*degrees) for degrees in clip(ring, wide)])
        if len(points) > 2:
            yield points


def _thin(points: Sequence[Point]) -> tuple[Point, ...]:
    kept: list[Point] = []
    for point in points:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 1.0:
            kept.append(point)
    return tuple(kept)


def _name_of(country: Outline, frame: Frame) -> Label | None:
    """The country's name in the middle of the largest part that is seen, where there is room for it."""
    rings = [ring for ring in (clip(ring, frame.box) for ring in country.rings) if len(ring) > 2]
    if not rings:
        return None
    largest = max(rings, key=_surface)
    xs, ys = zip(*(frame.at(*degrees) for degrees in largest), strict=True)
    words = country.name.upper()
    if max(xs) - min(xs) < width_of(words, size=11) * 1.4 or max(ys) - min(ys) < 34:
        return None
    x, y = _middle_of([frame.at(*degrees) for degrees in largest])
    return Label(x=x, y=y, words=words, size=11, anchor="middle", colour="#85898e", halo=True)


def _surface(ring: Ring) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True))) / 2


def _middle_of(points: Sequence[Point]) -> Point:
    """The centre of gravity of an outline."""
    pairs = list(zip(points, (*points[1:], points[0]), strict=True))
    cross = [x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs]
    whole = sum(cross) * 3 or 1.0
    x = sum((x0 + x1) * c for ((x0, _), (x1, _)), c in zip(pairs, cross, strict=True)) / whole
    return x, sum((y0 + y1) * c for ((_, y0), (_, y1)), c in zip(pairs, cross, strict=True)) / whole


def _gather(records: Sequence[Cleared], frame: Frame) -> list[Mark]:
    """One mark for those whose points fall into one square of a grid, at the middle of its members."""
    squares: dict[tuple[int, int], list[Cleared]] = {}
    for one in records:
        x, y = frame.at(*_point_of(one))
        squares.setdefault((int(x // CLUSTER), int(y // CLUSTER)), []).append(one)
    marks = []
    for _, members in sorted(squares.items()):
        points = [frame.at(*_point_of(one)) for one in members]
        marks.append(Mark((sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)), tuple(members)))
    return marks


def _draw(mark: Mark, frame: Frame, *, subject: str | None) -> Iterator[Shape]:
    x, y = mark.at
    colour = colour_of(mark.family)
    first = mark.members[0].incident
    if len(mark.members) > 1:
        radius = 8 + 1.6 * sqrt(len(mark.members))
        yield Disc(x=x, y=y, radius=radius, fill=colour, line="#ffffff", width=1.5, opacity=0.9)
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
