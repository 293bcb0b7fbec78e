"""The pictures of a site: all incidents on a map and a timeline, and small maps of one place each, which share their ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from waqai.plots import Frame, frame_around, make_ground, make_map, make_timeline, to_svg
from waqai.plots.ground import HEIGHT, WIDTH
from waqai.sites.listing import Listed, as_cleared

MAP, TIMELINE = "pictures/map.svg", "pictures/timeline.svg"
NEAR, FAR = (8.0, 4.0), (40.0, 20.0)
"""Degrees from south to north of a small map, and by how many its middles differ: with few grounds each place is in the middle half of one."""
NEAR_KM = 180.0
"""Places that are surer than this are shown on a near ground."""
LEAST_PIXELS = 7.0
CLOSER = 0.65


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture that was written: `path` in the site, and what is to be seen on it."""

    path: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on a ground: where its mark stands in pixels, and how far off it may be."""

    ground: str
    alt: str
    x: float
    y: float
    radius: float

    @property
    def view(self) -> str:
        """The part of the ground that is shown: two thirds of it around the mark where its circle fits, so that names can be read; else all."""
        if self.radius * 2.4 > HEIGHT * CLOSER:
            return f"0 0 {WIDTH} {HEIGHT}"
        wide, high = WIDTH * CLOSER, HEIGHT * CLOSER
        left, top = min(max(self.x - wide / 2, 0), WIDTH - wide), min(max(self.y - high / 2, 0), HEIGHT - high)
        return f"{left:.0f} {top:.0f} {wide:.0f} {high:.0f}"


def draw_all(listed: Sequence[Listed], folder: Path, *, title: str) -> tuple[Drawn | None, Drawn | None]:
    """The map and the timeline of all incidents, written into the folder; None where no incident has a point, or a day. Raises MissingPart."""
    records = [as_cleared(one) for one in listed]
    made = (make_map(records, title=f"{title}: map"), make_timeline(records, title=f"{title}: timeline"))
    drawn: list[Drawn | None] = []
    for path, picture in zip((MAP, TIMELINE), made, strict=True):
        if picture is not None:
            (folder / path).write_text(to_svg(picture, name=path.split("/")[1].split(".")[0]), encoding="utf-8")
        drawn.append(Drawn(path=path, alt=picture.alt, width=picture.width, height=picture.height) if picture is not None else None)
    return drawn[0], drawn[1]


@dataclass(slots=True)
class Grounds:
    """Small maps of places. A ground is drawn when the first place needs it, and stands for all that lie near its middle."""

    folder: Path
    _drawn: dict[str, tuple[Frame, str]] = field(default_factory=dict)

    def spot(self, one: Listed) -> Spot | None:
        """Where the incident lies on its ground, which is written if it is not there; None for one without a point. Raises MissingPart."""
        if one.lat is None or one.lon is None:
            return None
        high, step = NEAR if (one.radius_km or 0.0) < NEAR_KM else FAR
        middle = max(min(round(one.lat / step) * step, 90.0 - high / 2), high / 2 - 90.0), round(one.lon / step) * step
        path = f"pictures/ground{high:g}_{_named(middle[0], 'ns')}{_named(middle[1], 'ew')}.svg"
        if path not in self._drawn:
            self._drawn[path] = self._draw(path, frame_around(*middle, high=high))
        frame, seen = self._drawn[path]
        x, y = frame.at(one.lon, one.lat)
        radius = frame.pixels(one.radius_km) if one.radius_km else 0.0
        alt = f"{seen} Marked: {one.where}" + (f", up to {one.radius_km:g} km off." if one.radius_km else ".")
        return Spot(ground=path, alt=alt, x=round(x, 1), y=round(y, 1), radius=round(radius, 1) if radius > LEAST_PIXELS else 0.0)

    def _draw(self, path: str, frame: Frame) -> tuple[Frame, str]:
        picture = make_ground(frame, title="Map")
        (self.folder / path).write_text(to_svg(picture), encoding="utf-8")
        return frame, picture.alt


def _named(degrees: float, signs: str) -> str:
    """
    >>> _named(36.0, "ns"), _named(-8.0, "ew")
    ('n36', 'w8')
    """
    return f"{signs[degrees < 0]}{abs(degrees):g}"
