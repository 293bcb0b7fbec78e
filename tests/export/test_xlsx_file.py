"""Tables as a workbook, opened by openpyxl."""

from __future__ import annotations

import io
import time
from datetime import date
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exported import COLUMNS, EMPTY, ROW, Rows, write
from waqai.core import NotWritten
from waqai.export import xlsx_file
from waqai.export.guard import guard, make_xml
from waqai.export.xlsx_file import CUT, MOST_CHARACTERS, write_xlsx


def _open(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def _values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_each_table_is_a_sheet_and_the_last_says_what_is_to_be_known() -> None:
    book = _open(write(write_xlsx, Rows(ROW, EMPTY), Rows(ROW, name="more")).content)
    assert book.sheetnames == ["rows", "more", "about"]
    head, first, second = _values(book["rows"])
    assert head == tuple(column.name for column in COLUMNS)
    assert (*first[:4], first[4].date(), *first[5:]) == ROW
    assert second == ("i-2", *[None] * 7)
    about = dict(_values(book["about"]))
    assert about["profile"] == "public" and about["rows of rows"] == "2" and "GeoNames" in about["places"]


def test_a_day_has_the_format_of_a_day_and_an_old_one_is_text() -> None:
    sheet = _open(write(write_xlsx, Rows(ROW, (*ROW[:4], date(1899, 3, 1), *ROW[5:]))).content)["rows"]
    assert (sheet["E2"].is_date, sheet["E2"].number_format, sheet["E3"].value) == (True, "yyyy\\-mm\\-dd", "1899-03-01")


@settings(max_examples=50)
@given(st.text(min_size=1) | st.sampled_from(["=1+1", "+1", "-1", "@x", "\tx", "\rx", "<&>", " a ", "\r\n"]))
def test_words_come_back_as_they_were_but_for_what_xml_forbids(words: str) -> None:
    cell = _open(write(write_xlsx, Rows((words, *EMPTY[1:]))).content)["rows"]["A2"]
    assert (cell.value or "") == guard(make_xml(words))
    assert cell.data_type == ("s" if cell.value is not None else "n")  # never a formula


def test_hashtags_stand_in_the_second_row() -> None:
    assert _values(_open(write(write_xlsx, Rows(ROW), hxl=True).content)["rows"])[1][:4] == ("#event+id", "#description", "#affected", None)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    value = _open(write(write_xlsx, Rows(("x" * (MOST_CHARACTERS + 1), *EMPTY[1:]))).content)["rows"]["A2"].value
    assert len(value) == MOST_CHARACTERS and value.endswith(CUT)


def test_more_rows_than_a_spreadsheet_opens_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 40)
    write(write_xlsx, Rows(*[ROW] * 39))
    with pytest.raises(NotWritten, match="narrow the filters"):
        write(write_xlsx, Rows(*[ROW] * 40))


def test_the_same_rows_give_the_same_bytes_at_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    before = write(write_xlsx, Rows(ROW)).content
    there = time.localtime(1_900_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: there)
    monkeypatch.setattr(time, "time", lambda: 1_900_000_000.0)
    assert write(write_xlsx, Rows(ROW)).content == before
    assert {one.date_time for one in ZipFile(io.BytesIO(before)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
