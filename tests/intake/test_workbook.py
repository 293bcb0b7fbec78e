"""Excel tables come out row by row, as text, dates as days; nothing is computed, and hostile ones end within limits."""

import time
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from documents import make_docx, make_xlsx, member, rezip
from waqai.core import Notice, UnreadableReport
from waqai.intake.child import Extractor
from waqai.intake.guard import Limits
from waqai.intake.rows import STAGE_ASSUMED, Row
from waqai.intake.workbook import open_workbook


@pytest.fixture(scope="module")
def sheets() -> Iterator[Extractor]:
    with Extractor("sheets") as shared:
        yield shared


def rows_of(raw: bytes, sheets: Extractor) -> list[Any]:
    return [(item.number, item.cells) if isinstance(item, Row) else item for item in open_workbook(raw, sheets, name="t.xlsx").rows]


def sheet_xml(body: str) -> bytes:
    return (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetData>{body}</sheetData></worksheet>'.encode()
    )


def text_row(number: int, *cells: str) -> str:
    return f'<row r="{number}">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


def test_cells_are_as_a_person_would_type_them(sheets: Extractor) -> None:
    raw = make_xlsx(
        ["Text", "Date", "n", "m", "yes"],
        ["Köln\nlines", date(2023, 6, 18), 5, 2.5, True],
        [None, datetime.fromisoformat("2023-06-18T14:30"), 5.0, -1, False],
        [],
        ["Last"],
    )
    assert rows_of(raw, sheets) == [
        (2, ("Köln\nlines", "2023-06-18", "5", "2.5", "TRUE")),
        (3, ("", "2023-06-18 14:30:00", "5", "-1", "FALSE")),
        (5, ("Last",)),
    ]


def test_a_formula_is_its_text_and_that_is_said_once(sheets: Extractor) -> None:
    found = rows_of(make_xlsx(["Text"], ["Men fled."], ["=1+1"], ['=HYPERLINK("http://127.0.0.1:9/x")']), sheets)
    assert found[0] == (2, ("Men fled.",))
    assert isinstance(found[1], Notice)
    assert (found[1].stage, found[1].reason.startswith("row 3: it holds a formula, which is read as its text and never computed")) == (STAGE_ASSUMED, True)
    assert found[2:] == [(3, ("=1+1",)), (4, ('=HYPERLINK("http://127.0.0.1:9/x")',))]


def test_the_first_sheet_that_is_shown_and_holds_a_row_is_read_and_others_are_named(sheets: Extractor) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Empty"
    hidden, first, second = (book.create_sheet(name) for name in ("Hidden", "Data", "Codes"))
    hidden.sheet_state = "hidden"
    for sheet, words in ((hidden, "secret"), (first, "Men fled."), (second, "code")):
        sheet.append(["Text"])
        sheet.append([words])
    out = BytesIO()
    book.save(out)
    note, row = rows_of(out.getvalue(), sheets)
    assert note.reason == "sheet 'Data' is read; others are not: 'Codes'; save each as a file of its own"
    assert row == (2, ("Men fled.",))


def test_the_number_of_rows_is_what_the_file_declares(sheets: Extractor) -> None:
    assert open_workbook(make_xlsx(["Text"], ["a"], ["b"]), sheets, name="t").row_count == 2


def test_more_rows_than_one_answer_holds_come_out_all(sheets: Extractor) -> None:
    found = rows_of(make_xlsx(["Text"], *([f"Report {n}."] for n in range(1234))), sheets)
    assert found == [(n + 2, (f"Report {n}.",)) for n in range(1234)]


def test_strings_that_cells_share_are_read_as_excel_writes_them(sheets: Extractor) -> None:
    raw = make_xlsx(["x"])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    changed = {
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>Text</t></si><si><r><t>Men </t></r><r><t>fled.</t></r></si></sst>'.encode(),
        "xl/worksheets/sheet1.xml": sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'),
        "[Content_Types].xml": member(raw, "[Content_Types].xml").replace(b"</Types>", kind.encode()),
    }
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    assert rows_of(out.getvalue(), sheets) == [(2, ("Men fled.",))]


def test_escaped_characters_are_what_they_stand_for(sheets: Extractor) -> None:
    raw = rezip(make_xlsx(["x"]), sheet1_xml=sheet_xml(text_row(1, "Text") + text_row(2, "one_x000D_\ntwo")))
    assert rows_of(raw, sheets) == [(2, ("one\r\ntwo",))]


def test_a_million_empty_rows_cost_little_and_hide_nothing(sheets: Extractor) -> None:
    rows = "".join(f'<row r="{n}"/>' for n in range(2, 1_000_000))
    raw = rezip(make_xlsx(["x"]), sheet1_xml=sheet_xml(text_row(1, "Text") + rows + text_row(1_000_001, "Men fled.")))
    started = time.monotonic()
    assert rows_of(raw, sheets) == [(1_000_001, ("Men fled.",))]
    assert time.monotonic() - started < 120


def test_row_numbers_that_leave_out_a_billion_rows_make_up_none(sheets: Extractor) -> None:
    raw = rezip(make_xlsx(["x"]), sheet1_xml=sheet_xml(text_row(1, "Text") + text_row(2, "Men fled.") + text_row(2_000_000_000, "x")))
    row, notice = rows_of(raw, sheets)
    assert row == (2, ("Men fled.",))
    assert notice.reason == "the table cannot be read further: the table has more than 1048576 rows: split it"


def test_a_table_of_too_many_columns_is_refused(sheets: Extractor) -> None:
    wide = '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
    with pytest.raises(UnreadableReport, match="16384 columns; at most 1000"):
        open_workbook(rezip(make_xlsx(["x"]), sheet1_xml=sheet_xml(wide)), sheets, name="t")


def test_a_table_built_to_exhaust_its_reader_is_refused(sheets: Extractor) -> None:
    huge = rezip(make_xlsx(["x"]), sheet1_xml=sheet_xml(text_row(1, "Text") + text_row(2, "y" * 100_000_000)))
    with pytest.raises(UnreadableReport, match=r"'xl/worksheets/sheet1.xml', unpacks to \d+ times its size"):
        open_workbook(huge, sheets, name="t")


def test_a_member_that_declares_less_than_it_holds_gives_no_more_than_that(sheets: Extractor) -> None:
    out = BytesIO()
    with ZipFile(BytesIO(make_xlsx(["x"]))) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = sheet_xml(text_row(1, "Text") + " " * 50_000_000) if name.endswith("sheet1.xml") else old.read(name)
            new.writestr(name, content)
        info = new.getinfo("xl/worksheets/sheet1.xml")
        info.file_size = 2_000  # what the directory says
    with pytest.raises(UnreadableReport, match="damaged"):
        open_workbook(out.getvalue(), sheets, name="t")


def test_a_table_that_takes_too_much_memory_is_refused_and_the_next_is_read() -> None:
    raw = rezip(make_xlsx(["x"]), sheet1_xml=sheet_xml(text_row(1, "Text") + text_row(2, " ".join(map(str, range(8_000_000))))))
    with Extractor("sheets", limits=Limits(memory_mb=220)) as sheets:
        with pytest.raises(UnreadableReport, match="more than 220 MB of memory"):
            open_workbook(raw, sheets, name="t")
        assert rows_of(make_xlsx(["Text"], ["Men fled."]), sheets) == [(2, ("Men fled.",))]


def test_no_file_gets_in_by_an_entity(sheets: Extractor, tmp_path: Any) -> None:
    (tmp_path / "secret.txt").write_text("a secret")
    declared = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    raw = rezip(make_xlsx(["x"]), sheet1_xml=declared.encode() + sheet_xml(text_row(1, "Text") + text_row(2, "Men fled.&e;")))
    with pytest.raises(UnreadableReport, match="damaged"):
        rows_of(raw, sheets)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"encrypted, or an old one of before 2007: .* save it as \.xlsx"),
        (b"Text,Date\n", r"named \.xlsx, but its content is something else"),
        (make_docx("x"), r"zip without xl/workbook.xml: it is no Excel table"),
        (make_xlsx(["x"])[:800], "damaged"),
        (make_xlsx(), "no sheet of the table holds a row"),
        (make_xlsx(["", " "]), "no sheet of the table holds a row"),
    ],
)
def test_what_is_no_excel_table_is_refused_with_what_it_is(sheets: Extractor, raw: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport, match=message):
        open_workbook(raw, sheets, name="t")
