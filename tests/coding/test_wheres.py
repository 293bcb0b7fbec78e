"""The place of a happening from its likeliest place names."""

from __future__ import annotations

import pytest

from coding.conftest import SceneOf
from waqai.coding.wheres import tell_where


@pytest.mark.parametrize(
    ("text", "likely", "names"),
    [
        ("Rockets fell on Homs and Hama on Friday.", {"Homs": 0.8, "Hama": 0.6}, ["Homs", "Hama"]),
        ("Police searched homes in Idlib, Homs and Hama.", {"Hama": 0.7, "Homs": 0.6, "Idlib": 0.5}, ["Hama", "Homs", "Idlib"]),
        ("Rockets fell on Homs and Hama on Friday.", {"Homs": 0.8, "Hama": 0.3}, ["Homs"]),  # not likely enough beside the first
        ("Rockets fell on Homs. Hama was quiet.", {"Homs": 0.8, "Hama": 0.7}, ["Homs"]),  # not named together
        ("Rockets fell on Homs, Hama, on Friday.", {"Homs": 0.8, "Hama": 0.7}, ["Homs"]),  # a comma alone may mean that one holds the other
        ("Protests in Homs and in Hama went on.", {"Homs": 0.8, "Hama": 0.7}, ["Homs"]),  # told apart
        ("A raid on Homs and Lebanon.", {"Homs": 0.8, "Lebanon": 0.7}, ["Homs"]),  # a town and a country
    ],
)
def test_places_named_together_are_the_event_place_together(scene_of: SceneOf, text: str, likely: dict[str, float], names: list[str]) -> None:
    scene = scene_of(text)
    offers = sorted(((p, likely[p.name]) for p in scene.sites if p.name in likely), key=lambda offer: -offer[1])
    told = tell_where(scene, offers, told=())
    assert sorted(m.name for m in told) == sorted(names)
    assert all(m.role == "event_place" for m in told)


def test_without_a_likely_name_there_is_no_place(scene_of: SceneOf) -> None:
    assert tell_where(scene_of("Rockets fell on Homs."), [], told=()) == []


def test_a_name_that_begins_with_a_direction_is_one_name(scene_of: SceneOf) -> None:
    names = [site.name for site in scene_of("Drones hit a market in North Darfur and soldiers left South Sudan.").sites]
    assert "North Darfur" in names and "South Sudan" in names
    assert not {"North", "South", "Darfur", "Sudan"} & {*names}
