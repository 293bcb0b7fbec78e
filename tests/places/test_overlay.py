from __future__ import annotations

import re
from pathlib import Path

import pytest

from waqai.core import GazetteerError
from waqai.places import Gazetteer
from waqai.places.overlay import SHIPPED, load_overlay
from waqai.places.unpack import unpack

GOOD = "id: x, kind: facility, facility: prison, names: [X prison], at: 3, source: 'https://example.org/x'"


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("places: [{kind: facility, names: [X], at: 3, source: 'https://e.org'}]", "lacks"),  # no id
        (f"places: [{{{GOOD}, guards: 12}}]", "do not know"),  # a field that no record may hold
        (f"places: [{{{GOOD.replace('facility, facility', 'fort, facility')}}}]", "fort"),  # a kind that we do not have
        (f"places: [{{{GOOD.replace('https://example.org/x', 'heard it')}}}]", "public address"),
        (f"places: [{{{GOOD.replace('at: 3', 'point: [120, 40]')}}}]", "point"),  # latitude over 90
        ("places: [{id: x, kind: facility, names: [X], source: 'https://e.org'}]", "needs `at`"),
        ("names: [{geonames: many, names: [X]}]", "number"),
        ("names: [{geonames: 3}]", "or `demonyms`"),
        ("points: {SY: [91, 2]}", "point"),
        ("towns: []", "may hold"),
        ("places: [", "no YAML"),
    ],
)
def test_an_entry_that_breaks_the_form_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(GazetteerError, match=re.escape(message)):
        load_overlay(_write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"places: [{{{GOOD.replace('at: 3', 'at: 99')}}}]", "geonames:99"),
        (f"places: [{{{GOOD}, admin1: Atlantis}}]", "Atlantis"),
        ("names: [{geonames: 99, names: [X]}]", "geonames:99"),
        ("countries: {XX: {names: [X]}}", "XX"),
        ("points: {XX: [1, 2]}", "XX"),
        ("points: {'geonames:99': [1, 2]}", "geonames:99"),
    ],
)
def test_an_entry_that_points_nowhere_is_refused_when_unpacked(tmp_path: Path, toy_data: Path, text: str, message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        unpack(toy_data, (_write(tmp_path, text),), folder=tmp_path / "cache")


def test_the_shipped_overlay_has_eighty_facilities_each_with_its_source() -> None:
    facilities = [p for p in load_overlay(SHIPPED[1]).places if p.kind == "facility"]
    assert len(facilities) >= 80
    assert all(p.source.startswith("http") for p in facilities)
    assert len({p.id for p in facilities}) == len(facilities)


def test_no_record_of_a_facility_tells_of_guards_layout_or_schedule() -> None:
    text = "\n".join(line for line in SHIPPED[1].read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    assert not re.search(r"\b(guards?|layout|schedule|shift|gate|wall|tower|weak\w*|capacity)\b", re.sub(r'source: "[^"]*"', "", text), re.I)


def test_a_point_moves_a_country_and_a_row(tmp_path: Path, toy_data: Path) -> None:
    own = _write(tmp_path, "points: {SY: [35.5, 38.5], 'geonames:2': [36.6, 40.5]}")
    gazetteer = Gazetteer(unpack(toy_data, (own,), folder=tmp_path / "cache"))
    assert [(p.lat, p.lon) for p in map(gazetteer.get, ("geonames:1", "geonames:2"))] == [(35.5, 38.5), (36.6, 40.5)]


def test_the_people_of_an_area_are_no_name_of_it(tmp_path: Path, toy_data: Path) -> None:
    own = _write(tmp_path, "names: [{geonames: 2, names: [Jazira], demonyms: [Hasakan]}]")
    gazetteer = Gazetteer(unpack(toy_data, (own,), folder=tmp_path / "cache"))
    assert [(p.id, p.match) for name in ("Jazira", "Hasakan") for p in gazetteer.named(name)] == [("geonames:2", "alternate"), ("geonames:2", "demonym")]


def test_the_shipped_regions_have_a_source_and_a_point_each() -> None:
    regions = load_overlay(SHIPPED[2])
    assert len(regions.places) >= 150 and len(regions.points) >= 200
    assert all(place.kind == "region" and place.point is not None and place.source.startswith("http") for place in regions.places)
    assert len({place.id for place in regions.places}) == len(regions.places)
