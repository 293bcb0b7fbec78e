from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from dossier_scene import SITE, fill
from engines import ENGINES
from factories import make_where
from waqai.bounds import INTERNAL
from waqai.codebook import load_actors
from waqai.core import Incident
from waqai.dossier import Maker, to_markdown
from waqai.dossier.around import distance_km
from waqai.store import Store


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, new_address: Callable[[str], str]) -> str:
    """On each engine: here a store is asked what nothing else asks it."""
    return new_address(request.param)


def written(maker: Maker) -> str:
    return re.sub(r"\[\^\d+\]", "", to_markdown(maker.of_incident("i-escape"), place_picture=lambda name, picture: None))


def test_diplomacy_elsewhere_is_told_with_its_distance_in_days_and_kilometres(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    told = written(maker_of(store))
    assert "- 3 days before, 1,680 km away: A meeting of Ministers of nine states is reported in Bahra, Makkah, Saudi Arabia, on 2 March 2021." in told
    assert "because of" not in told and "led to" not in told


def test_what_lies_further_back_than_the_days_asked_for_is_left_out(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    assert "3 days before" not in written(maker_of(store, days=2)) and "44 days before, less than 10 km away" in written(maker_of(store, days=60))


def test_earlier_incidents_are_those_of_the_town_never_of_a_site(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    told = written(maker_of(store))
    assert "The store holds 1 earlier incident in Tel Salam:" in told and "**4** soldiers were killed in Tel Salam" in told
    assert "earlier incident in Qalat" not in told and "earlier incidents in Qalat" not in told


def test_a_place_that_is_a_site_counts_only_with_its_area(store: Store, maker_of: Callable[..., Maker]) -> None:
    from waqai.bounds import Cleared
    from waqai.dossier.around import find_around

    fill(store)
    maker = maker_of(store)
    (record,) = store.load_records(["i-escape"], forbids=lambda terms: False)
    cleared = maker.bounds.clear(record)
    assert isinstance(cleared, Cleared) and maker.bounds.profile is INTERNAL
    site = replace(cleared.incident, where=make_where(SITE, place_id="waqai:qalat", admin1="Al-Hasakah"))
    around = find_around(replace(cleared, incident=site), store, maker.bounds, days=14, actors=load_actors())  # type: ignore[arg-type]
    assert around.town is None and around.area is not None and around.area.name == "Al-Hasakah" and around.area.count == 1


def test_distances_are_those_of_the_sphere() -> None:
    def at(lat: float, lon: float) -> Incident:
        where = make_where(lat=lat, lon=lon)
        given = {"id": "i", "type": "escape", "grade": "weak", "grade_because": "", "status": "occurred", "when": None, "accounts": (), "figures": ()}
        return Incident(where=where, **given)  # type: ignore[arg-type]

    degree = distance_km(at(0, 0), at(1, 0))  # type: ignore[arg-type]
    assert degree is not None and abs(degree - 111.19) < 0.01
    far = distance_km(at(51.5074, -0.1278), at(48.8566, 2.3522))  # type: ignore[arg-type]
    assert far is not None and abs(far - 343.6) < 0.5  # London to Paris
