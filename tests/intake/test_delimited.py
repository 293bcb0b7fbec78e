"""Delimited text comes out row by row; encoding and delimiter are told by what is there, and a broken row is told by its line."""

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.core import EmptyReport, Notice, UnreadableReport
from waqai.intake.delimited import choose_delimiter, open_delimited
from waqai.intake.guard import Limits
from waqai.intake.rows import STAGE_ASSUMED, Row, Table


def read(content: bytes | str, *, kind: str = "csv", limits: Limits | None = None) -> tuple[Table, list[Row | Notice]]:
    raw = content.encode() if isinstance(content, str) else content
    table = open_delimited(io.BytesIO(raw), name="t.csv", kind=kind, limits=limits or Limits())
    return table, list(table.rows)


def rows_of(content: bytes | str, **options: object) -> list[tuple[int, tuple[str, ...]]]:
    _, items = read(content, **options)  # type: ignore[arg-type]
    assert all(isinstance(item, Row) for item in items), items
    return [(item.number, item.cells) for item in items if isinstance(item, Row)]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), delimiter=st.sampled_from(",;\t|"), end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_library_writes_comes_back_cell_for_cell(rows: list[list[str]], delimiter: str, end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["Title", "Notes", "Event date"], *rows])
    table, items = read(out.getvalue())
    assert table.headers == ("Title", "Notes", "Event date")
    assert [list(item.cells) for item in items if isinstance(item, Row)] == [row for row in rows if any(cell.strip() for cell in row)]


def test_line_ends_in_quotes_stay_and_rows_are_counted_by_their_first_line() -> None:
    assert rows_of('a,b\r\n"one\r\n\r\ntwo",x\r\n\r\n"say ""no""",y') == [(2, ("one\r\n\r\ntwo", "x")), (6, ('say "no"', "y"))]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_mark_is_no_part_of_the_first_header(mark: bytes) -> None:
    table, _ = read(mark + "Text,Köln\nx,ü\n".encode())
    assert table.headers == ("Text", "Köln")


def test_the_unicode_text_of_excel_is_read() -> None:
    assert rows_of(b"\xff\xfe" + "Text\tDate\r\nKöln\t2023-06-18\r\n".encode("utf-16-le"), kind="csv") == [(2, ("Köln", "2023-06-18"))]


PROSE = "Gunmen, on Monday; fled, they said, after dark"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("count", [1, 2, 40])
def test_the_delimiter_is_told_in_tables_of_prose(delimiter: str, count: int) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["Date", "Notes", "Source"], *([["2023-06-18", f"{PROSE} {n}", "A, B; C"] for n in range(count)])])
    table, items = read(out.getvalue())
    assert table.headers == ("Date", "Notes", "Source")
    assert len(items) == count


def test_one_column_needs_no_delimiter_and_a_suffix_settles_what_rows_do_not() -> None:
    assert rows_of("Text\nMen fled.\n") == [(2, ("Men fled.",))]
    assert choose_delimiter([], otherwise="\t") == "\t"


def test_a_line_that_declares_the_delimiter_is_no_header() -> None:
    table, items = read("sep=|\nText|a,b,c\nx|1,2,3\n")
    assert (table.headers, [item.cells for item in items if isinstance(item, Row)]) == (("Text", "a,b,c"), [("x", "1,2,3")])


def test_windows_1252_is_told_once_when_it_begins() -> None:
    head = "Title,Text\nplain,no letters here\n"
    table, items = read(head.encode() + "é,Die Häftlinge flohen\nö,über die Mauer\n".encode("cp1252"))
    assert isinstance(items[1], Notice)
    assert (items[1].stage, items[1].record) == (STAGE_ASSUMED, "t.csv")
    assert "read as Windows-1252" in items[1].reason
    assert [item.cells for item in items if isinstance(item, Row)] == [("plain", "no letters here"), ("é", "Die Häftlinge flohen"), ("ö", "über die Mauer")]
    assert len(items) == 4
    assert table.headers == ("Title", "Text")


def test_one_broken_line_of_a_utf8_file_sets_one_row_aside() -> None:
    _, items = read("Title,Text\na,Köln\n".encode() + b'b,"K\xf6ln\nand more"\n' + "c,Zürich\n".encode())
    assert [item.number if isinstance(item, Row) else item.record for item in items] == [2, "t.csv:3", 5]
    assert "line 3: not UTF-8: byte 0xf6 at offset 4" in items[1].reason  # type: ignore[union-attr]


def test_a_file_that_began_in_utf8_is_not_read_as_another_from_a_broken_line_on() -> None:
    _, items = read("Title,Text\na,Köln\n".encode() + b"b,K\xf6ln\n" + b"c,plain\n" * 9)
    assert [type(item).__name__ for item in items] == ["Row", "Notice", *["Row"] * 9]
    assert "line 3: not UTF-8" in items[1].reason  # type: ignore[union-attr]


def test_a_code_page_that_nobody_can_guess_is_refused_or_set_aside() -> None:
    with pytest.raises(UnreadableReport, match="line 1: not UTF-8"):
        read("النص,التاريخ\nفر السجناء,1\n".encode("cp1256"))
    _, items = read(b"Text,Date\n" + "فر السجناء,1\n".encode("cp1256") * 3)
    assert [isinstance(item, Notice) and "not UTF-8" in item.reason for item in items] == [True] * 3


def test_a_quote_that_is_never_closed_is_told_and_swallows_nothing_silently() -> None:
    _, items = read('a,b\n1,2\n3,"open\n4,5\n6,7\n')
    assert isinstance(items[-1], Notice)
    assert items[-1].reason == "line 3: a quote opens in this row and is never closed, so that nothing after it can be told apart; close it"
    assert len(items) == 2


def test_a_line_over_the_limit_is_set_aside_and_the_next_is_read() -> None:
    _, items = read(f"a,b\n1,{'x' * 500}\n2,3\n", limits=Limits(max_bytes=100))
    assert isinstance(items[0], Notice)
    assert "line 2: it has more than 100 bytes" in items[0].reason
    assert items[1] == Row(3, ("2", "3"))


def test_a_row_over_the_limit_in_many_lines_ends_the_table_with_a_notice() -> None:
    _, items = read('a,b\n1,2\n3,"' + "x\n" * 500 + '"\n4,5\n', limits=Limits(max_bytes=100))
    assert [type(item).__name__ for item in items] == ["Row", "Notice"]
    assert "line 3: it has more than 100 bytes, which is more than one report may have; is a quote not closed?" in items[1].reason  # type: ignore[union-attr]


def test_a_hundred_megabytes_in_a_field_are_not_held(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.write(b"Text,Date\nx,")
        for _ in range(100):
            file.write(b"y" * 1_000_000)
        file.write(b"\nz,1\n")
    with path.open("rb") as file:
        tracemalloc.start()
        first, second = open_delimited(file, name="t.csv", kind="csv", limits=Limits(max_bytes=1_000_000)).rows
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert isinstance(first, Notice)
    assert "line 2: it has more than 1000000 bytes" in first.reason
    assert second == Row(3, ("z", "1"))
    assert peak < 5_000_000


def test_a_field_longer_than_the_librarys_own_limit_is_read() -> None:
    ((_, cells),) = rows_of(f"a,b\n1,{'x' * 200_000}\n")
    assert len(cells[1]) == 200_000


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", EmptyReport, "the table is empty"),
        (b"\n \n,,\n", EmptyReport, "the table is empty"),
        (b"PK\x03\x04zipped", UnreadableReport, "a ZIP archive or an office document"),
        (b"%PDF-1.7", UnreadableReport, "a PDF"),
        (b"a," * 2000 + b"b\n", UnreadableReport, "2001 columns; at most 1000"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read(content)


def test_old_line_ends_are_told() -> None:
    with pytest.raises(UnreadableReport, match="line 1: its cells cannot be told apart"):
        read(b"a,b\r1,2\r3,4\r")
