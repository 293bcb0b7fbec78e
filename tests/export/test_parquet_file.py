"""A table as Parquet, opened by DuckDB, pandas and pyarrow."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from exported import EMPTY, ROW, Rows, write
from waqai.export import parquet_file
from waqai.export.parquet_file import write_parquet


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "rows.parquet"
    path.write_bytes(write(write_parquet, Rows(ROW, EMPTY)).content)
    return path


def test_duckdb_reads_every_kind_of_value(path: Path) -> None:
    found = duckdb.sql(f"SELECT * FROM '{path}'").fetchall()
    assert found == [("i-1", "Twelve fled", 12.0, -3, date(2021, 3, 5), True, 36.5, 40.5), EMPTY]
    assert duckdb.sql(f"SELECT sum(many) FROM '{path}' WHERE day < DATE '2022-01-01'").fetchall() == [(12.0,)]


def test_pandas_reads_it(path: Path) -> None:
    frame = pd.read_parquet(path)
    assert list(frame["id"]) == ["i-1", "i-2"] and frame["many"].tolist()[0] == 12.0 and pd.isna(frame["many"].tolist()[1])


def test_the_metadata_says_what_is_to_be_known_and_what_each_column_holds(path: Path) -> None:
    schema = pq.read_schema(path)
    assert b"GeoNames" in pq.read_metadata(path).metadata[b"waqai"] and b'"rows of rows": "2"' in pq.read_metadata(path).metadata[b"waqai"]
    assert schema.field("many").metadata == {b"title": b"a number", b"hxl": b"#affected", **_parquet_only(schema.field("many").metadata)}


def _parquet_only(metadata: dict[bytes, bytes]) -> dict[bytes, bytes]:
    return {name: value for name, value in metadata.items() if name.startswith(b"PARQUET")}


def test_rows_are_written_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "BATCH", 2)
    table = pq.ParquetFile(io.BytesIO(write(write_parquet, Rows(ROW), records=5).content))
    assert (table.num_row_groups, table.metadata.num_rows) == (3, 5)


def test_a_table_without_rows_has_its_columns() -> None:
    assert pq.read_table(io.BytesIO(write(write_parquet, Rows()).content)).num_columns == 8


def test_half_a_pair_of_a_text_stops_no_file() -> None:
    found = pq.read_table(io.BytesIO(write(write_parquet, Rows(("i\ud800", *EMPTY[1:]))).content))
    assert found.column("id").to_pylist() == ["i\ufffd"]
