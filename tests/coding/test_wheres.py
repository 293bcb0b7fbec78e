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
    told = tell_where(scene, scene.doc[0], offers, least=0.25, told=())
    assert sorted(m.name for m in told if m.role == "event_place") == sorted(names)
    assert {m.name for m in told} == set(likely)


def test_without_a_likely_name_there_is_no_place(scene_of: SceneOf) -> None:
    scene = scene_of("Rockets fell on Homs.")
    assert tell_where(scene, scene.doc[0], [], least=0.25, told=()) == []
    assert tell_where(scene, scene.doc[0], [(scene.sites[0], 0.2)], least=0.25, told=()) == []


def test_the_next_likeliest_names_stand_in_the_background_each_once(scene_of: SceneOf) -> None:
    scene = scene_of("Rockets fell on Homs, not on Hama. Hama was quiet, and so was Idlib.")
    homs, hama, again, idlib = scene.sites
    told = tell_where(scene, scene.doc[0], [(homs, 0.8), (hama, 0.2), (again, 0.1), (idlib, 0.001)], least=0.25, told=())
    assert [(m.name, m.role, m.p) for m in told] == [("Homs", "event_place", 0.8), ("Hama", "background", 0.2)]


def test_three_runners_up_at_most_and_none_of_the_places_own_name(scene_of: SceneOf) -> None:
    scene = scene_of("Rockets fell on Homs. Homs, Hama, Idlib, Raqqa and Aleppo were quiet on Friday.")
    offers = [(site, 0.8 - 0.1 * n) for n, site in enumerate(scene.sites)]
    assert len(offers) == 6
    beside = [m.name for m in tell_where(scene, scene.doc[0], offers, least=0.25, told=()) if m.role == "background"]
    assert beside == ["Hama", "Idlib", "Raqqa"]


def test_a_name_that_begins_with_a_direction_is_one_name(scene_of: SceneOf) -> None:
    names = [site.name for site in scene_of("Drones hit a market in North Darfur and soldiers left South Sudan.").sites]
    assert "North Darfur" in names and "South Sudan" in names
    assert not {"North", "South", "Darfur", "Sudan"} & {*names}


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Soldiers left Idlib. The camp of Homs was stormed in May. About 300 boys were held there.", "held", "Homs"),
        ("Soldiers left Idlib. Rebels stormed Tal Salam in Homs. About 300 boys were held there.", "held", "Tal Salam"),  # the finer one
        ("Soldiers left Idlib. About 300 boys were held in Hama.", "held", "Hama"),
        ("Soldiers left Idlib and its fields. There were arrests in Hama.", "were", "Hama"),  # nobody was "there"
    ],
)
def test_there_is_the_place_named_last(scene_of: SceneOf, text: str, word: str, place: str) -> None:
    scene = scene_of(text)
    teller = next(t for t in scene.doc if t.text == word and t.i > 5)
    likely = [(site, 0.5 if site.name == "Hama" else 0.3) for site in sorted(scene.sites, key=lambda s: s.name)]
    assert [m.name for m in tell_where(scene, teller, likely, least=0.25, told=()) if m.role == "event_place"] == [place]
