"""Built layers over the shipped rows, under the overlays."""

from __future__ import annotations

from pathlib import Path

import pytest

from dumps.dump_files import DISTRICT, HAMLET, HASAKAH, LAKE, MARKET, PRISON, RAS_AL_AYN, TWIN, geoname, write_dump, write_table
from places.mentions import account, mention, report
from waqai.dumps import build_layers
from waqai.places import Gazetteer, Resolver
from waqai.places.unpack import unpack

TEXT = "Gunmen fired on a patrol in East Qamar, in Syria's Hasakah Governorate, on Sunday. The hamlet lies near the city of Ras al-Ain."


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("built")
    return build_layers(write_dump(folder / "dump"), countries=["SY", "TR"], folder=folder).paths


@pytest.fixture(scope="module")
def both(layers: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The shipped gazetteer with the made-up layers."""
    return Gazetteer.open(layers=layers, folder=tmp_path_factory.mktemp("both"))


@pytest.mark.parametrize("name", ["East Qamar", "Tall Qamar Sharqi", "Tal Qamar Sharqi", "تل قمر شرقي", "Girê Qemer", "Tell Qamar Sharki"])
def test_a_hamlet_of_the_build_alone_is_found_by_every_kind_of_name(both: Gazetteer, gazetteer: Gazetteer, name: str) -> None:
    assert both.find(name, ("SY",))[0].id == f"geonames:{HAMLET}"
    assert f"geonames:{HAMLET}" not in [place.id for place in gazetteer.find(name, ("SY",))]


def test_a_new_place_lies_in_its_areas_new_and_shipped(both: Gazetteer) -> None:
    place = both.get(f"geonames:{HAMLET}")
    assert (place.name, place.admin1, place.admin2, place.country, place.source) == ("Tall Qamar Sharqī", "Al-Hasakah", "Qamar", "SY", "built")
    assert both.get(f"geonames:{DISTRICT}").kind == "admin2"


def test_a_shipped_town_keeps_name_and_areas_and_takes_point_people_and_names(both: Gazetteer, gazetteer: Gazetteer) -> None:
    before, after = gazetteer.get(f"geonames:{RAS_AL_AYN}"), both.get(f"geonames:{RAS_AL_AYN}")
    assert (after.name, after.admin1, after.admin2) == (before.name, before.admin1, before.admin2)
    assert (after.lat, after.lon, after.population, after.source) == (36.8512, 40.0699, 51_000, "extended")
    assert both.find("Serekaniye Xwes", ("SY",))[0].id == after.id == both.find("رأس العين", ("SY",))[0].id
    assert [p.id for p in both.find("Ras al-Ayn", ("SY",))].count(after.id) == 1


def test_a_shipped_province_keeps_its_point_and_extent(both: Gazetteer, gazetteer: Gazetteer) -> None:
    before, after = gazetteer.get(f"geonames:{HASAKAH}"), both.get(f"geonames:{HASAKAH}")
    assert (after.name, after.lat, after.radius_km, after.population) == (before.name, before.lat, before.radius_km, before.population)


def test_a_place_of_the_overlay_stands_for_its_twin_in_the_build(both: Gazetteer) -> None:
    found = both.find("Abu Rasin", ("SY",))
    assert [place.id for place in found] == ["waqai:abu-rasin"]
    assert both.find("Zarkan al Jadidah", ("SY",))[0].id == "waqai:abu-rasin"  # the twin's name passed over
    assert (found[0].source or "").startswith("https://") and f"geonames:{TWIN}" not in [p.id for p in both.find("Abū Rāsayn", ("SY",))]


def test_sites_and_landscapes_are_taken_but_not_under_mere_words(both: Gazetteer) -> None:
    prison = both.find("Qamar prison", ("SY",))[0]
    assert (prison.id, prison.kind, prison.facility) == (f"geonames:{PRISON}", "facility", "prison")
    assert both.find("سجن قمر", ("SY",))[0].id == both.find("Sijn Qamar")[0].id == prison.id
    assert both.get(f"geonames:{LAKE}").kind == "region"
    assert f"geonames:{MARKET}" not in [place.id for place in both.find("Market", ("SY",))] and both.kinds_of("Market") == frozenset()


def test_a_hamlet_that_only_the_build_knows_resolves_in_a_report(both: Gazetteer, gazetteer: Gazetteer) -> None:
    told = account("1", (mention(TEXT, "East Qamar"), mention(TEXT, "Hasakah Governorate", role="containing_area", kind="governorate")), TEXT, type="clash")
    (placed,) = Resolver(both).resolve_accounts(report(TEXT), (told,))
    assert placed.where is not None and (placed.where.place_id, placed.where.precision) == (f"geonames:{HAMLET}", "P1_point")
    assert (placed.where.lat, placed.where.admin2, placed.where.gazetteer, placed.where.is_no_match) == (36.72, "Qamar", both.stamp, False)
    (without,) = Resolver(gazetteer).resolve_accounts(report(TEXT), (told,))
    assert without.where is not None and without.where.is_no_match and without.where.gazetteer == gazetteer.stamp != both.stamp


def test_the_stamp_names_the_newest_data_and_all_that_went_in(both: Gazetteer, toy_data: Path, layers: tuple[Path, ...], tmp_path: Path) -> None:
    assert both.stamp == f"{both.meta['shipped_date'][:7]} {both.meta['hash'][:8]}"  # the shipped data is newer than the dump
    toy = Gazetteer(unpack(toy_data, (), layers, folder=tmp_path))
    assert toy.stamp == f"2026-03 {toy.meta['hash'][:8]}"


def test_the_same_inputs_make_the_same_file(tmp_path: Path, toy_data: Path, layers: tuple[Path, ...]) -> None:
    one, two = (unpack(toy_data, (), layers, folder=tmp_path / name) for name in ("one", "two"))
    assert one.name == two.name and one.read_bytes() == two.read_bytes()


def test_a_newer_build_makes_another_file(tmp_path: Path, toy_data: Path) -> None:
    table = write_table(tmp_path, "SY", [geoname(HAMLET, "Tall Qamar", "P.PPL")])
    first = Gazetteer(unpack(toy_data, (), build_layers([table], folder=tmp_path / "out").paths, folder=tmp_path / "cache"))
    table = write_table(tmp_path, "SY", [geoname(HAMLET, "Tall Qamar", "P.PPL", changed="2026-04-01")])
    second = Gazetteer(unpack(toy_data, (), build_layers([table], folder=tmp_path / "out").paths, folder=tmp_path / "cache"))
    assert first.path != second.path and second.stamp.startswith("2026-04")


def test_governorates_that_are_shipped_as_first_order_stay_so(tmp_path: Path) -> None:
    sulaymaniyah = 98465
    lines = [
        geoname(99_999_001, "Qamar Region", "A.ADM1", country="IQ", admin1="99"),
        geoname(sulaymaniyah, "Sulaymaniyah", "A.ADM2", country="IQ", admin1="99", admin2="05"),
        geoname(99_999_002, "Gundi Qamar", "P.PPL", country="IQ", admin1="99", admin2="05"),
    ]
    layers = build_layers([write_table(tmp_path, "IQ", lines)], folder=tmp_path / "out").paths
    gazetteer = Gazetteer.open(layers=layers, folder=tmp_path / "cache")
    assert gazetteer.get(f"geonames:{sulaymaniyah}").kind == "admin1"
    place = gazetteer.get("geonames:99999002")
    assert (place.admin1_id, place.admin2_id) == (f"geonames:{sulaymaniyah}", None)
