"""GeoNames' dump files, recognised and built into layers; killed and taken up again."""

from __future__ import annotations

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from dumps.dump_files import (
    ADMIN1,
    ADMIN2,
    COUNTRIES,
    DISTRICT,
    HAMLET,
    HASAKAH,
    HIERARCHY,
    LOST,
    SYRIA,
    TURKEY,
    alternate_lines,
    geoname,
    write_dump,
    write_table,
)
from waqai.core import GazetteerError
from waqai.dumps import build_layers, building
from waqai.dumps.files import recognise_file
from waqai.dumps.lines import PARSERS, split_line
from waqai.dumps.work import Work
from waqai.places.layers import LayerPlace, iter_layer, load_head

COLUMNS_12 = "SY\t1\tx\t\t\t\t\t\t\t36.1\t40.2\t4"


def built(path: Path) -> dict[int, LayerPlace]:
    return {place.id: place for place in iter_layer(path)}


@pytest.mark.parametrize("zipped", [True, False])
def test_files_as_downloaded_become_a_layer_for_each_country(tmp_path: Path, zipped: bool) -> None:
    made = build_layers(write_dump(tmp_path / "dump", zipped=zipped), countries=["TR", "sy"], folder=tmp_path / "out")
    assert [path.name for path in made.paths] == ["SY.gz", "TR.gz"] and made.notices == ()
    head = load_head(made.paths[0])
    assert (head.country, head.dump_date, head.downloaded, head.places) == ("SY", "2026-03-14", "2026-03-15" if zipped else None, 9)
    assert [file.name for file in head.files] == [
        "countryInfo.txt",
        "SY.txt",
        "admin1CodesASCII.txt",
        "admin2Codes.txt",
        "hierarchy.txt",
        "alternateNamesV2.txt",
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["SY.gz", "TR.gz"]  # nothing unfinished stays


def test_a_place_has_its_areas_its_extent_and_all_its_names(tmp_path: Path) -> None:
    places = built(build_layers(write_dump(tmp_path / "dump"), countries=["SY"], folder=tmp_path).paths[0])
    hamlet = places[HAMLET]
    assert (hamlet.kind, hamlet.admin1, hamlet.admin2, hamlet.lat, hamlet.lon) == ("town", HASAKAH, DISTRICT, 36.72, 40.22)
    assert hamlet.names == ("Tall Qamar Sharqī", "تل قمر شرقي", "East Qamar", "Girê Qemer")  # no web pages
    assert (places[HASAKAH].kind, places[HASAKAH].names[0], places[DISTRICT].admin1) == ("admin1", "Al-Hasakah", HASAKAH)
    assert (places[HASAKAH].radius_km, places[DISTRICT].radius_km) == (57, 8)


def test_a_place_without_codes_takes_the_areas_above_it_in_the_hierarchy(tmp_path: Path) -> None:
    place = built(build_layers(write_dump(tmp_path / "dump"), countries=["SY"], folder=tmp_path).paths[0])[LOST]
    assert (place.admin1, place.admin2) == (HASAKAH, DISTRICT)


def test_the_whole_world_s_file_gives_only_the_countries_asked_for(tmp_path: Path) -> None:
    world = write_table(tmp_path, "allCountries", [*TURKEY, *SYRIA], zipped=True)
    made = build_layers([world], countries=["SY"], folder=tmp_path / "out")
    assert [layer.places for layer in made.layers] == [9]
    assert built(made.paths[0])[HAMLET].names == ("Tall Qamar Sharqī",)
    assert any("alternateNamesV2" in notice.record for notice in made.notices)


def test_without_countries_those_are_built_that_the_files_are_named_for(tmp_path: Path) -> None:
    assert [layer.country for layer in build_layers(write_dump(tmp_path / "dump"), folder=tmp_path / "out").layers] == ["SY", "TR"]


def test_a_file_of_another_country_is_left_out_and_said(tmp_path: Path) -> None:
    made = build_layers(write_dump(tmp_path / "dump"), countries=["SY"], folder=tmp_path / "out")
    assert [(notice.record, notice.reason) for notice in made.notices] == [("TR.zip", "not read: TR is not among the countries asked for")]


def test_the_same_files_give_the_same_bytes_in_any_order_and_place(tmp_path: Path) -> None:
    first = build_layers(write_dump(tmp_path / "a"), countries=["SY", "TR"], folder=tmp_path / "one")
    second = build_layers(reversed(write_dump(tmp_path / "b")), countries=["TR", "SY"], folder=tmp_path / "two")  # type: ignore[arg-type]
    assert [path.read_bytes() for path in first.paths] == [path.read_bytes() for path in second.paths]


@pytest.mark.parametrize(
    ("name", "lines", "kind"),
    [
        ("SY", SYRIA, "geoname"),
        ("anything", alternate_lines(), "alternate"),
        ("old", ["1\t2\tar\tقمر\t\t\t\t", "3\t4\t\tQamar\t1\t\t\t"], "alternate"),  # the older file has eight columns
        ("hierarchy", HIERARCHY, "hierarchy"),
        ("admin1CodesASCII", ADMIN1, "admin1"),
        ("admin2Codes", ADMIN2, "admin2"),
        ("countryInfo", COUNTRIES, "country"),
    ],
)
def test_a_file_is_known_by_what_is_in_it(tmp_path: Path, name: str, lines: list[str], kind: str) -> None:
    assert recognise_file(write_table(tmp_path, name, lines)).kind == kind
    assert recognise_file(write_table(tmp_path, name, lines, zipped=True)).kind == kind


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html>\n<title>404</title>\n", "line 1 begins a web page"),
        (b"a,b,c\n1,2,3\n", "has 1 column between tabs"),
        (f"{COLUMNS_12}\n".encode(), "postal codes"),
        (b"# only a comment\n", "is empty"),
        (b"\x1f\x8b\x08\x00rest", "is no text"),
        (b"", "is empty"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_it_looks_like_and_what_is_wanted(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "SY.txt").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"SY\.txt.*geonames\.org/export/dump") as caught:
        build_layers([tmp_path / "SY.txt"], folder=tmp_path / "out")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("countries", "said"),
    [
        (["all"], "'ALL' is no country's code.*whole world"),
        ([f"{a}{b}" for a in "ABCDE" for b in "ABCDEFGHIJ"], "50 countries are too many"),
        (["IQ"], r"no file of places for IQ: add IQ.zip"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_before_anything_is_read(tmp_path: Path, countries: list[str], said: str) -> None:
    with pytest.raises(GazetteerError, match=said):
        build_layers(write_dump(tmp_path / "dump"), countries=countries, folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_country_that_the_world_s_file_lacks_is_refused(tmp_path: Path) -> None:
    world = write_table(tmp_path, "allCountries", SYRIA)
    with pytest.raises(GazetteerError, match="no place of QQ"):
        build_layers([world], countries=["SY", "QQ"], folder=tmp_path / "out")
    with pytest.raises(GazetteerError, match="lists no country QQ"):
        build_layers([world, write_table(tmp_path, "countryInfo", COUNTRIES)], countries=["QQ"], folder=tmp_path / "other")


@pytest.mark.parametrize(("make", "said"), [(lambda f: f / "none.zip", "not there"), (lambda f: f, "folder")])
def test_a_path_that_is_no_file_is_refused(tmp_path: Path, make: object, said: str) -> None:
    with pytest.raises(GazetteerError, match=said):
        build_layers([make(tmp_path)], folder=tmp_path / "out")  # type: ignore[operator]


def test_a_zip_that_broke_off_is_refused_and_one_that_is_damaged_inside_too(tmp_path: Path) -> None:
    whole = write_table(tmp_path, "SY", SYRIA * 50, zipped=True).read_bytes()
    (tmp_path / "SY.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GazetteerError, match=r"SY\.zip.*download it again"):
        build_layers([tmp_path / "SY.zip"], folder=tmp_path / "out")
    with zipfile.ZipFile(write_table(tmp_path, "SY", SYRIA * 50, zipped=True)) as archive:
        at = archive.getinfo("SY.txt").header_offset + 200
    (tmp_path / "SY.zip").write_bytes(whole[:at] + bytes(20) + whole[at + 20 :])
    with pytest.raises(GazetteerError, match=r"SY\.zip.*download it again"):
        build_layers([tmp_path / "SY.zip"], folder=tmp_path / "out")


def test_malformed_lines_are_counted_and_the_first_is_named(tmp_path: Path) -> None:
    bad = [geoname(1, "Half", "P.PPL")[:30], geoname(2, "Far", "P.PPL", point=(99.0, 40.0)), geoname(3, "", "P.PPL")]
    table = write_table(tmp_path, "SY", [*SYRIA[:3], *bad, *SYRIA[3:]])
    with table.open("ab") as stream:
        stream.write(geoname(4, "Caf\x00", "P.PPL").encode().replace(b"\x00", b"\xe9") + b"\n")
    made = build_layers([table], countries=["SY"], folder=tmp_path / "out")
    assert made.layers[0].places == 9
    assert made.notices[0].record == "SY.txt"
    assert made.notices[0].reason == "4 malformed lines left out, the first is line 4: 9 columns between tabs instead of 19"


def test_a_file_of_mostly_malformed_lines_is_refused(tmp_path: Path) -> None:
    table = write_table(tmp_path, "SY", [*SYRIA * 10, *["1\tbroken"] * 200])
    with pytest.raises(GazetteerError, match=r"200 of the first 320 lines.*line 121: 2 columns"):
        build_layers([table], folder=tmp_path / "out")


@pytest.mark.parametrize("kind", sorted(PARSERS))
def test_a_line_of_too_few_columns_is_none(kind: str) -> None:
    with pytest.raises(ValueError, match="1 columns"):
        split_line(b"alone", kind)


class Killed(Exception):
    pass


def test_a_build_that_is_killed_at_any_step_goes_on_from_there_and_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "BATCH_LINES", 3)
    files = write_dump(tmp_path / "dump")
    told: list[tuple[str, int]] = []
    whole = build_layers(files, countries=["SY", "TR"], folder=tmp_path / "whole", tell=lambda what, done, of: told.append((what, done)))
    assert len(told) > 15 and [done for _, done in told] == sorted(done for _, done in told)
    for kill_at in range(1, len(told) + 1):
        folder, reached = tmp_path / f"killed{kill_at}", []

        def kill(what: str, done: int, of: int, reached: list[int] = reached, kill_at: int = kill_at) -> None:
            reached.append(done)
            if len(reached) == kill_at:
                raise Killed

        with pytest.raises(Killed):
            build_layers(files, countries=["SY", "TR"], folder=folder, tell=kill)
        again: list[int] = []
        made = build_layers(files, countries=["SY", "TR"], folder=folder, tell=lambda what, done, of, again=again: again.append(done))  # type: ignore[misc]
        assert [path.read_bytes() for path in made.paths] == [path.read_bytes() for path in whole.paths]
        assert len(again) <= len(told) - max(0, kill_at - 2 * len(files))  # what was read is not read again


def test_lines_that_were_read_before_the_kill_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "BATCH_LINES", 2)
    table, seen = write_table(tmp_path, "SY", SYRIA, zipped=True), []
    parse = building.lines.geoname
    monkeypatch.setattr(building.lines, "geoname", lambda columns: seen.append(columns[0]) or parse(columns))

    def kill(what: str, done: int, of: int) -> None:
        if done > of // 2:
            raise Killed

    with pytest.raises(Killed):
        build_layers([table], folder=tmp_path / "out", tell=kill)
    before = len(seen)
    build_layers([table], folder=tmp_path / "out")
    assert 0 < before < len(seen) == len(set(seen))


def test_a_build_whose_process_is_killed_goes_on(tmp_path: Path) -> None:
    many = [geoname(1_000 + n, f"Qamar {n}", "P.PPL", others=f"تل {n}") for n in range(30_000)]
    table = write_table(tmp_path, "SY", many, zipped=True)
    script = "import sys; from pathlib import Path; from waqai.dumps import build_layers, building; building.BATCH_LINES = 50; "
    script += "build_layers([Path(sys.argv[1])], folder=Path(sys.argv[2]))"
    child = subprocess.Popen([sys.executable, "-c", script, str(table), str(tmp_path / "out")], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    unfinished = tmp_path / "out" / building.UNFINISHED
    while child.poll() is None and not (unfinished.exists() and Path(f"{unfinished}-wal").exists() and Path(f"{unfinished}-wal").stat().st_size > 200_000):
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert unfinished.exists() and not (tmp_path / "out" / "SY.gz").exists()
    told: list[int] = []
    made = build_layers([table], folder=tmp_path / "out", tell=lambda what, done, of: told.append(done))
    assert told[0] > 0 and made.layers[0].places == 30_000  # it began in the middle
    assert made.paths[0].read_bytes() == build_layers([table], folder=tmp_path / "other").paths[0].read_bytes()


def test_an_unfinished_build_of_other_files_is_thrown_away_and_said(tmp_path: Path) -> None:
    def kill(what: str, done: int, of: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        build_layers(write_dump(tmp_path / "dump"), folder=tmp_path / "out", tell=kill)
    made = build_layers([write_table(tmp_path, "SY", SYRIA[:4])], folder=tmp_path / "out")
    assert made.layers[0].places == 4 and "thrown away" in made.notices[0].reason


def test_two_builds_in_one_folder_do_not_mix(tmp_path: Path) -> None:
    work = Work(tmp_path / building.UNFINISHED, identity="another")
    work.finish("step")
    with pytest.raises(GazetteerError, match="another build"):
        build_layers([write_table(tmp_path, "SY", SYRIA)], folder=tmp_path)
    work.close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match="--out"):
        build_layers([write_table(tmp_path, "SY", SYRIA)], folder=tmp_path / "file" / "out")


def test_what_the_user_keeps_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "film.part").write_text("half a download")
    (tmp_path / ".waqai-SY-x1.part").write_text("of a build that was killed")
    build_layers([write_table(tmp_path / "dump", "SY", SYRIA)], folder=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["SY.gz", "dump", "film.part"]


def test_a_database_that_is_no_build_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    database = tmp_path / building.UNFINISHED
    with sqlite3.connect(database) as own:
        own.execute("CREATE TABLE letters(text)")
    own.close()
    before = database.read_bytes()
    with pytest.raises(GazetteerError, match="no unfinished build of waqai; move it away"):
        build_layers([write_table(tmp_path / "dump", "SY", SYRIA)], folder=tmp_path)
    assert database.read_bytes() == before and not (tmp_path / "SY.gz").exists()


@pytest.mark.parametrize(
    "content",
    [b"notes", gzip.compress(b"Dear all,\n"), gzip.compress(b'{"format": "other"}\n'), gzip.compress(b"[" * 100_000)],
    ids=["notes", "packed notes", "another format", "deep nesting"],
)
def test_a_file_with_a_layer_s_name_that_is_none_is_refused_before_the_work(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "SY.gz").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"SY\.gz' is there already .* move or delete it"):
        build_layers([write_table(tmp_path / "dump", "SY", SYRIA)], folder=tmp_path)
    assert (tmp_path / "SY.gz").read_bytes() == content and not (tmp_path / building.UNFINISHED).exists()


def test_a_layer_of_another_version_is_built_anew(tmp_path: Path) -> None:
    (tmp_path / "SY.gz").write_bytes(gzip.compress(b'{"format": "waqai built gazetteer 0"}\n'))
    assert build_layers([write_table(tmp_path / "dump", "SY", SYRIA)], folder=tmp_path).layers[0].places == 9


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (geoname(2**63, "Far", "P.PPL"), "the id is '9223372036854775808', too large a number"),
        (geoname(1, "Full", "P.PPL", population=2**63), "the population is '9223372036854775808', too large"),
        (geoname(1, "Fuller", "P.PPL", population="9" * 5_000), "the population is '999999999999999999999999', too large"),
    ],
)
def test_a_number_larger_than_any_column_is_a_malformed_line(tmp_path: Path, line: str, said: str) -> None:
    made = build_layers([write_table(tmp_path, "SY", [*SYRIA, line])], countries=["SY"], folder=tmp_path / "out")
    assert made.layers[0].places == 9 and said in made.notices[0].reason


def test_the_largest_number_that_fits_is_kept(tmp_path: Path) -> None:
    made = build_layers([write_table(tmp_path, "SY", [geoname(2**63 - 1, "Full", "P.PPL", population=2**63 - 1)])], folder=tmp_path / "out")
    assert built(made.paths[0])[2**63 - 1].population == 2**63 - 1


def test_an_encrypted_zip_is_refused_with_what_helps(tmp_path: Path) -> None:
    path = write_table(tmp_path, "SY", SYRIA, zipped=True)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")  # the table's entry in the table of contents; its flags are 8 bytes on
    content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"SY\.zip' is encrypted: unpack it"):
        build_layers([path], folder=tmp_path / "out")


@pytest.mark.parametrize(("at", "by"), [(0, b"XX"), (8, b"\x40\x00")])
def test_a_zip_with_a_broken_table_of_contents_is_refused_with_what_helps(tmp_path: Path, at: int, by: bytes) -> None:
    path = write_table(tmp_path, "SY", SYRIA, zipped=True)
    content = path.read_bytes()
    at += content.rfind(b"PK\x01\x02")
    path.write_bytes(content[:at] + by + content[at + len(by) :])
    with pytest.raises(GazetteerError, match=r"SY\.zip.*download it again"):
        build_layers([path], folder=tmp_path / "out")
