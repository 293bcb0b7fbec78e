from __future__ import annotations

from pathlib import Path

import pytest

from waqai.sites.listing import listed_of
from waqai.sites.pictures import Grounds


def at(lat: float, lon: float, radius_km: float = 5) -> dict[str, str]:
    return {"id": "i-1", "place": "Here", "country": "SY", "lat": f"{lat}", "lon": f"{lon}", "radius_km": f"{radius_km}", "precision": "P1_point"}


@pytest.fixture
def grounds(tmp_path: Path) -> Grounds:
    (tmp_path / "pictures").mkdir()
    return Grounds(tmp_path)


def test_places_near_each_other_share_a_ground_and_lie_apart_on_it(grounds: Grounds, tmp_path: Path) -> None:
    one, other = grounds.spot(listed_of(at(36.5, 40.5))), grounds.spot(listed_of(at(36.9, 39.9)))
    assert one is not None and other is not None and one.ground == other.ground and len(list(tmp_path.rglob("*.svg"))) == 1
    assert one.x > other.x and one.y > other.y  # farther east, farther south


@pytest.mark.parametrize(("lat", "lon"), [(36.5, 40.5), (-33.9, 151.2), (69.9, -179.9), (0.0, 0.0), (78.2, 15.6), (-54.8, -68.3)])
@pytest.mark.parametrize("radius_km", [5, 600])
def test_every_place_is_well_inside_its_ground(grounds: Grounds, lat: float, lon: float, radius_km: float) -> None:
    spot = grounds.spot(listed_of(at(lat, lon, radius_km)))
    assert spot is not None and 60 < spot.x < 660 and 40 < spot.y < 400
    left, top, wide, high = map(float, spot.view.split())
    assert left + 10 < spot.x < left + wide - 10 and top + 10 < spot.y < top + high - 10 and 0 <= left <= 720 - wide and 0 <= top <= 440 - high + 1


def test_a_wide_doubt_is_seen_as_a_circle_that_fits(grounds: Grounds) -> None:
    spot = grounds.spot(listed_of(at(34.5, 66.0, 600)))
    assert spot is not None and 50 < spot.radius < 220 and "up to 600 km off" in spot.alt


def test_without_a_point_there_is_no_picture(grounds: Grounds, tmp_path: Path) -> None:
    assert grounds.spot(listed_of({"id": "i-1", "place": "Here"})) is None and not list(tmp_path.rglob("*.svg"))
