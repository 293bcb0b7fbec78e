"""What else a name could mean, kept for the person who checks a place."""

from __future__ import annotations

import math
from collections.abc import Sequence

from waqai.core import PlaceCandidate
from waqai.places.place import Place

MOST = 3


def keep_candidates(taken: Place | None, p: float, ranked: Sequence[tuple[float, Place]]) -> tuple[PlaceCandidate, ...]:
    """At most three: the place taken, with its probability, then the best others, each as probable against it as its score says, never more than it
    (a province and its seat do not compete for their name, so they may sum to more than one). Without a place taken:
    those that were ruled out, with 0.
    """
    score = next((s for s, place in ranked if place is taken), ranked[0][0] if ranked else 0.0)
    others = [_candidate(place, p * math.exp(min(0.0, s - score)) if taken else 0.0) for s, place in ranked if place is not taken]
    return ((_candidate(taken, p),) if taken else ()) + tuple(others[: MOST - 1 if taken else MOST])


def _candidate(place: Place, p: float) -> PlaceCandidate:
    admin1 = place.admin1 if place.kind != "admin1" else None
    return PlaceCandidate(place_id=place.id, name=place.name, country=place.country, admin1=admin1, p=round(p, 3))
