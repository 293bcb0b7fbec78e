from __future__ import annotations

import re
from pathlib import Path

import pytest

from waqai.core import GazetteerError
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
