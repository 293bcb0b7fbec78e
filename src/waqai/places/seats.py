"""A bare name that a province shares with its seat means the seat: "Hasakah" is the town, "Hasakah Governorate" the province."""

from __future__ import annotations

from waqai.places.kinds import Level
from waqai.places.place import Place, distance_km

SEAT_WEIGHT = 4.0  # log10 of 10,000: a namesake of its province that is smaller is not what the bare name means


def prefer_seat(scored: list[tuple[float, Place]], level: Level | None) -> Place:
    """The best candidate; for a bare name that a province or district shares with a town inside it, the town."""
    best_score, best = scored[0]
    if level is not None or best.kind not in ("admin1", "admin2"):
        return best
    for score, place in scored[1:8]:
        inside = best.id in (place.admin1_id, place.admin2_id) or _lies_within(place, best)
        if (
            place.kind == "town"
            and inside
            and (place.weight >= SEAT_WEIGHT or best.kind == "admin2")
            and place.match != "skeleton"
            and score > best_score - 5.0
        ):
            return place
    return best


def _lies_within(town: Place, area: Place) -> bool:
    """Whether a town lies in the reach of an area of its country that it is not filed under (capitals that are provinces of their own)."""
    if town.country != area.country or None in (town.lat, town.lon, area.lat, area.lon):
        return False
    return distance_km((town.lat or 0.0, town.lon or 0.0), (area.lat or 0.0, area.lon or 0.0)) <= max(60.0, area.radius_km or 0.0)
