"""What a map lies on: the sea, countries and provinces of a piece of the world, drawn into a frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

from waqai.plots.colours import BORDER, INNER, LAND, SEA
from waqai.plots.fonts import width_of
from waqai.plots.picture import Area, Label, Picture, Point, Shape
from waqai.plots.shapes import Box, Outline, Ring, clip, load_countries, load_provinces

WIDTH, HEIGHT = 720, 440
KM_PER_DEGREE = 111.2
WORLD_DEGREES = 60.0
"""A map that shows more than this is coarser, so that its file stays small."""
PROVINCES_KM = 1500.0
"""Maps that show more than this have no provinces."""


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


def frame_around(lat: float, lon: float, *, high: float) -> Frame:
    """The frame with this middle that shows `high` degrees from south to north."""
    half = WIDTH * high / HEIGHT / cos(radians(lat)) / 2
    return Frame(Box(west=lon - half, south=lat - high / 2, east=lon + half, north=lat + high / 2), HEIGHT / high)


def make_ground(frame: Frame, *, title: str) -> Picture:
    """The frame without any mark, for many pictures to lay theirs upon. Raises MissingPart."""
    names = sorted({country.name for country in load_countries() if country.box.overlaps(frame.box)})
    return Picture(width=WIDTH, height=HEIGHT, title=title, alt=f"Map of {', '.join(names) or 'the sea'}.", shapes=tuple(draw_land(frame)))


def draw_land(frame: Frame) -> Iterator[Shape]:
    """Sea, countries with their names, and provinces where the frame is close. Raises MissingPart."""
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
    """The rings as far as they are seen, a point for every half pixel at most; for fewer of them where half the world is seen."""
    step = 1.0 if frame.box.north - frame.box.south < WORLD_DEGREES else 1.8
    margin = 4 / frame.scale  # so that the edge of the picture is no border
    wide = Box(west=frame.box.west - margin, south=frame.box.south - margin, east=frame.box.east + margin, north=frame.box.north + margin)
    for ring in outline.rings:
        points = _thin([frame.at(*degrees) for degrees in clip(ring, wide)], step=step)
        if len(points) > 2:
            yield points


def _thin(points: Sequence[Point], *, step: float) -> tuple[Point, ...]:
    kept: list[Point] = []
    for point in points:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= step:
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
