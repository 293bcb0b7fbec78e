"""A table as GeoJSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exported import COLUMNS, EMPTY, ROW, Rows, write
from waqai.export.geojson_file import write_geojson


def _features(*rows: Any, records: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(write_geojson, Rows(*rows), records=records).content)
    return found


def test_a_row_is_a_point_with_longitude_first_and_its_cells_as_properties() -> None:
    (feature,) = _features(ROW)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [40.5, 36.5]}
    assert feature["id"] == "i-1" and feature["properties"]["day"] == "2021-03-05" and feature["properties"]["so"] is True


def test_a_row_without_a_point_is_still_there() -> None:
    assert [one["geometry"] for one in _features(EMPTY)["features"]] == [None]


@pytest.mark.parametrize(("records", "many"), [(0, 0), (1, 2), (3, 6)])
def test_any_number_of_rows_is_a_collection(records: int, many: int) -> None:
    found = _features(ROW, EMPTY, records=records)
    assert found["type"] == "FeatureCollection" and len(found["features"]) == many
    assert ["places", "Place data: GeoNames (https://www.geonames.org), CC BY 4.0. Names of countries: Unicode CLDR."] in found["about"]


def test_a_table_without_places_is_refused() -> None:
    with pytest.raises(ValueError, match="no columns lat and lon"):
        write(write_geojson, Rows(columns=COLUMNS[:6]))
