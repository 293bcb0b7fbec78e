"""Tables as CSV, read back by the csv module."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exported import COLUMNS, EMPTY, ROW, Rows, write
from waqai.export.csv_file import write_csv
from waqai.export.guard import unguard
from waqai.export.shapes import Row

READ: dict[str, Any] = {"text": unguard, "number": float, "integer": int, "day": date.fromisoformat, "truth": {"true": True, "false": False}.__getitem__}
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1) | st.sampled_from(["=1+1", "-3", "@a", "\tx", "\rx", "+", "'=1", 'a "b", c\nd'])
rows = st.tuples(
    texts,
    st.none() | texts,
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.integers(-(2**53), 2**53),
    st.none() | st.dates(),
    st.none() | st.booleans(),
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
)


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows, max_size=4))
def test_what_a_shape_gave_can_be_read_back(told: list[Row]) -> None:
    head, *cells = _read(write(write_csv, Rows(*told)).content)
    assert head == [column.name for column in COLUMNS]
    back = [tuple(None if cell == "" else READ[column.kind](cell) for cell, column in zip(row, COLUMNS, strict=True)) for row in cells]
    assert back == told


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows, min_size=1, max_size=4))
def test_no_cell_of_words_begins_as_a_formula_does(told: list[Row]) -> None:
    for row in _read(write(write_csv, Rows(*told)).content)[1:]:
        assert not [cell for cell, column in zip(row, COLUMNS, strict=True) if column.kind == "text" and cell[:1] in tuple("=+-@\t\r")]


def test_a_negative_number_is_no_formula() -> None:
    assert _read(write(write_csv, Rows(ROW)).content)[1] == ["i-1", "Twelve fled", "12", "-3", "2021-03-05", "true", "36.5", "40.5"]


def test_an_unknown_value_is_an_empty_cell() -> None:
    assert _read(write(write_csv, Rows(EMPTY)).content)[1] == ["i-2", *[""] * 7]


def test_the_mark_is_there_only_where_it_is_asked_for() -> None:
    assert write(write_csv, Rows(ROW), bom=True).content == b"\xef\xbb\xbf" + write(write_csv, Rows(ROW)).content


def test_hashtags_stand_in_the_second_row() -> None:
    assert _read(write(write_csv, Rows(ROW), hxl=True).content)[1] == ["#event+id", "#description", "#affected", "", "#date", "", "#geo+lat", "#geo+lon"]


def test_half_a_pair_of_a_text_stops_no_file() -> None:
    assert _read(write(write_csv, Rows(("i\ud800", *EMPTY[1:]))).content)[1][0] == "i\ufffd"
