"""Tables as a GeoPackage, opened by GDAL (pyogrio)."""

from __future__ import annotations

import sqlite3
import struct
from datetime import date
from pathlib import Path
from typing import Any

import pyogrio
import pyogrio.raw
import pytest

from exported import EMPTY, ROW, Rows, write
from waqai.export.gpkg_file import write_gpkg


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file.gpkg"
    path.write_bytes(write(write_gpkg, Rows(ROW, EMPTY, name="incidents"), Rows(ROW, name="more")).content)
    return path


def _read(path: Path, layer: str) -> tuple[dict[str, list[Any]], Any]:
    meta, _, geometry, fields = pyogrio.raw.read(path, layer=layer)
    return dict(zip(meta["fields"], [field.tolist() for field in fields], strict=True)), geometry


def test_the_first_table_is_a_layer_of_points_and_the_others_lie_beside_it(path: Path) -> None:
    assert [tuple(layer) for layer in pyogrio.list_layers(path)] == [("incidents", "Point"), ("more", None), ("about", None)]
    info = pyogrio.read_info(path, layer="incidents")
    assert info["crs"] == "EPSG:4326" and info["features"] == 2 and tuple(info["total_bounds"]) == (40.5, 36.5, 40.5, 36.5)


def test_gdal_reads_points_and_values(path: Path) -> None:
    fields, geometry = _read(path, "incidents")
    assert struct.unpack("<BIdd", geometry[0]) == (1, 1, 40.5, 36.5) and geometry[1] is None
    assert fields["id"] == ["i-1", "i-2"] and fields["words"] == ["Twelve fled", None] and fields["many"][0] == 12.0
    assert fields["day"][0] == date(2021, 3, 5) and fields["whole"][0] == -3
    assert _read(path, "more")[0]["words"] == ["Twelve fled"]


def test_gdal_reads_what_is_to_be_known(path: Path) -> None:
    fields, _ = _read(path, "about")
    assert dict(zip(fields["name"], fields["value"], strict=True))["rows of incidents"] == "2"


def test_it_says_that_it_is_a_geopackage_and_is_whole(path: Path) -> None:
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert set(database.execute("SELECT last_change FROM gpkg_contents")) == {("2024-01-01T00:00:00.000Z",)}


def test_the_same_rows_give_the_same_bytes() -> None:
    assert write(write_gpkg, Rows(ROW, EMPTY)).content == write(write_gpkg, Rows(ROW, EMPTY)).content
