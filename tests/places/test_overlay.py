from __future__ import annotations

import re
from pathlib import Path

import pytest

from waqai.core import GazetteerError
from waqai.places import Gazetteer, distance_km
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


def test_the_shipped_overlay_has_four_hundred_facilities_each_with_its_source() -> None:
    places = load_overlay(SHIPPED[1]).places
    assert sum(p.kind == "facility" for p in places) >= 400
    assert all(re.match(r"https?://[\w.-]+/", p.source) for p in places)
    assert len({p.id for p in places}) == len(places)


def test_a_name_is_given_once_to_a_place_of_the_overlay() -> None:
    twice = [(p.id, name) for p in load_overlay(SHIPPED[1]).places for name in p.names if p.names.count(name) > 1]
    assert not twice


def test_a_facility_lies_in_the_country_of_its_town_and_within_reach_of_it(gazetteer: Gazetteer) -> None:
    for place in load_overlay(SHIPPED[1]).places:
        row = gazetteer.get(place.id)
        assert place.kind == "region" or row.country is not None, place.id
        assert place.kind == "region" or (row.lat is not None and row.lon is not None), place.id
        if place.at is not None:
            town = gazetteer.get(f"geonames:{place.at}")
            assert row.countries == town.countries, place.id
            assert not place.countries or set(place.countries) == set(town.countries), place.id
            assert not place.point or distance_km((town.lat or 0.0, town.lon or 0.0), place.point) <= 30, place.id


def test_no_name_of_the_overlay_stands_before_a_town_of_a_hundred_thousand_that_bears_it(gazetteer: Gazetteer) -> None:
    overlay = load_overlay(SHIPPED[1])
    own = {p.id: p.names for p in overlay.places} | {f"geonames:{row}": names for row, names in overlay.names}
    for place_id, names in own.items():
        for name in names:
            found = gazetteer.find(name)
            large = [p.id for p in found if p.kind == "town" and p.population >= 100_000 and p.match in ("name", "alternate")]
            assert found and (found[0].id != place_id or not set(large) - {place_id}), (place_id, name)


@pytest.mark.parametrize(
    ("name", "countries", "place"),
    [
        ("Derik prison", (), "malikiyah-prison"),  # the Kurdish name of the town
        ("سجن إدلب المركزي", (), "idlib-central-prison"),
        ("Washokani camp", (), "washokani-camp"),
        ("Areesha camp", (), "areesha-camp"),
        ("Hmeimim", (), "hmeimim-air-base"),
        ("Conoco gas field", (), "conoco-gas-field"),
        ("Tasfirat prison in Tikrit", (), "tikrit-tasfirat-prison"),
        ("al-Khalis prison", (), "khalis-prison"),
        ("Ibrahim Khalil border crossing", (), "habur-crossing"),
        ("Rajai Shahr prison", (), "gohardasht-prison"),  # two names, one prison
        ("Fashafouyeh prison", (), "greater-tehran-penitentiary"),
        ("زندان قزل حصار", (), "ghezel-hesar-prison"),
        ("Imrali", (), "imrali"),
        ("Adiala jail", (), "adiala-jail"),
        ("Nabha jail", (), "nabha-jail"),
        ("North Cotabato District Jail", (), "north-cotabato-jail"),
        ("Tanjung Gusta", (), "tanjung-gusta-prison"),
        ("Insein prison", (), "insein-prison"),  # not the town of Insein
        ("Torkham", (), "torkham-crossing"),
        ("Seiyun prison", (), "seiyun-prison"),
        ("Jau prison", (), "jau-prison"),
        ("Ain Zara prison", (), "ain-zara-prison"),
        ("Mornaguia prison", (), "mornaguia-prison"),
        ("Ktzi'ot Prison", (), "ketziot-prison"),
        ("Koutoukalé", (), "koutoukale-prison"),
        ("Koton-Karfe prison", (), "koton-karfe-prison"),
        ("Abolongo Correctional Centre", (), "abolongo-prison"),
        ("prison centrale de Kangbayi", (), "kangbayi-prison"),
        ("Godka Jilacow", (), "godka-jilicow"),
        ("El Huda prison", (), "al-huda-prison"),
        ("Qilinto prison", (), "kilinto-prison"),
        ("Singila prison", (), "moroto-prison"),
        ("Cereso No. 3", (), "cereso-3-ciudad-juarez"),
        ("Uribana prison", (), "uribana-prison"),
        ("Cotopaxi prison", (), "latacunga-prison"),
        ("Compaj", (), "compaj-prison"),
        ("La Modelo prison", ("CO",), "la-modelo-prison-bogota"),
        ("La Modelo prison", ("NI",), "tipitapa-prison"),  # the same name, told apart by the country
        ("El Rodeo prison", ("VE",), "el-rodeo-prison-venezuela"),
        ("Croix-des-Bouquets Civil Prison", (), "croix-des-bouquets-prison"),
        ("IK-19 in Surovikino", (), "ik-19-surovikino"),
        ("Vahdat prison", (), "vahdat-prison"),
        ("Tora Bora", (), "tora-bora"),
        ("Girkê Legê", ("SY",), "muabbada"),
        ("Kocho", ("IQ",), "kocho"),
    ],
)
def test_a_name_that_reports_use_finds_its_row(gazetteer: Gazetteer, name: str, countries: tuple[str, ...], place: str) -> None:
    assert gazetteer.find(name, countries)[0].id == f"waqai:{place}"


@pytest.mark.parametrize(
    ("name", "country", "town"),
    [
        ("Cerablus", "SY", 169179),
        ("Tel Rifaat", "SY", 163476),
        ("Maarat al-Numan", "SY", 167611),
        ("Tuz Khormato", "IQ", 90026),
        ("Hawija", "IQ", 390188),
        ("Mai Kadra", "ET", 12640446),
        ("Phakant", "MM", 1323815),
        ("Las Anod", "SO", 400769),
        ("Colemêrg", "TR", 318137),
        ("Machh", "PK", 1171757),
    ],
)
def test_a_spelling_that_reports_use_finds_its_town(gazetteer: Gazetteer, name: str, country: str, town: int) -> None:
    assert gazetteer.find(name, [country])[0].id == f"geonames:{town}"


@pytest.mark.parametrize(("name", "country"), [("Bannu", "PK"), ("Hama", "SY"), ("Goma", "CD"), ("Tuluá", "CO"), ("Attica", "US"), ("Jericho", "PS")])
def test_a_town_with_a_prison_of_its_name_stays_the_town(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert not gazetteer.find(name, [country])[0].id.startswith("waqai:")


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
