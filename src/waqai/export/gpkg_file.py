"""Tables as a GeoPackage (OGC 12-128r18, version 1.3): incidents as a layer of points, the other tables beside it, and one that says what is to be known.

A GeoPackage is an SQLite database with some tables of its own, so it is written with the standard library; GDAL reads it in our tests.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from waqai.bounds import Cleared
from waqai.export.guard import make_whole
from waqai.export.shapes import Column, Kind, Row, Shape, find_point
from waqai.export.writing import Writing

WGS84 = 4326
_TYPES: dict[Kind, str] = {"text": "TEXT", "number": "DOUBLE", "integer": "INTEGER", "day": "DATE", "truth": "BOOLEAN"}
_ABOUT = (Column(name="name", kind="text", title="what is told"), Column(name="value", kind="text", title="what is told of it"))
_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],'
    'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
 definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
 last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
 CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
 z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
 CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
 CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""
_SYSTEMS = (
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", WGS84, "EPSG", WGS84, _WKT, "longitude and latitude in degrees"),
)


class _Layer:
    """One table as it grows; with `point`, a layer of points."""

    def __init__(self, database: sqlite3.Connection, name: str, columns: Sequence[Column], point: tuple[int, int] | None) -> None:
        self.name, self._point, self._database = name, point, database
        self._box: tuple[float, float, float, float] | None = None
        fields = ["geom POINT"] if point else []
        fields += [f'"{column.name}" {_TYPES[column.kind]}' for column in columns]
        database.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {", ".join(fields)})')
        self._insert = f'INSERT INTO "{name}" VALUES ({", ".join("?" * (len(fields) + 1))})'

    def write(self, rows: Iterable[Row]) -> None:
        """More rows."""
        self._database.executemany(self._insert, (self._values(row) for row in rows))

    def note(self, changed: str) -> None:
        """Enter the layer in the lists of the package."""
        kind = "features" if self._point else "attributes"
        box = self._box or (None,) * 4
        row = (self.name, kind, self.name, "", changed, *box, WGS84 if self._point else None)
        self._database.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if self._point:
            self._database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (self.name, WGS84))

    def _values(self, row: Row) -> list[Any]:
        values: list[Any] = [one.isoformat() if isinstance(one, date) else make_whole(one) if isinstance(one, str) else one for one in row]
        return [None, self._geometry(row[self._point[0]], row[self._point[1]]), *values] if self._point else [None, *values]

    def _geometry(self, lat: Any, lon: Any) -> bytes | None:
        """A point in the form of a GeoPackage: its header, then the point as well-known binary."""
        if lat is None or lon is None:
            return None
        west, south, east, north = self._box or (lon, lat, lon, lat)
        self._box = (min(west, lon), min(south, lat), max(east, lon), max(north, lat))
        return b"GP\x00\x01" + struct.pack("<iBIdd", WGS84, 1, 1, lon, lat)


def write_gpkg(shapes: Sequence[Shape], records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
    """The first table as a layer of points where it has places, the others without geometry."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.gpkg"
        database = sqlite3.connect(path, isolation_level=None)
        try:
            _fill(database, shapes, records, writing)
        finally:
            database.close()
        with path.open("rb") as written:
            shutil.copyfileobj(written, file)


def _fill(database: sqlite3.Connection, shapes: Sequence[Shape], records: Iterable[Cleared], writing: Writing) -> None:
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    database.execute("BEGIN")
    database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
    layers = list(_iter_layers(database, shapes))
    for record in records:
        for shape, layer in zip(shapes, layers, strict=True):
            layer.write(writing.tally.rows_of(shape, record))
    about = writing.about()
    told = _Layer(database, "about", _ABOUT, None)
    told.write(about.lines())
    dated = about.dated
    for layer in (*layers, told):
        layer.note(dated.strftime("%Y-%m-%dT%H:%M:%S.000Z") if dated else "1970-01-01T00:00:00.000Z")
    database.execute("COMMIT")


def _iter_layers(database: sqlite3.Connection, shapes: Sequence[Shape]) -> Iterator[_Layer]:
    for number, shape in enumerate(shapes):
        yield _Layer(database, shape.name, shape.columns, find_point(shape) if number == 0 else None)
